"""The process that may be killed: reads mails from its standard input, a socket; writes back what
they say.

Started as `python -I child.py` by `limited`: it loads what reads mail and nothing else of the
forum, inherits no database connection and no secret, and ends when its parent does.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

MAX_MEMORY_BYTES = 256 * 1024 * 1024
SECONDS = 2.0
LAST_RESORT_SECONDS = 3.0
"""A parent that died cannot kill: the kernel ends a mail that takes this long."""
HEAD = struct.Struct("!I")
"""What goes before the two things a mail comes with: how long the first is, in bytes."""


def packed(raw: bytes, letter: dict[str, str]) -> bytes:
    """A mail and the letter it answers, as the child gets them."""
    known = json.dumps(letter).encode()
    return HEAD.pack(len(known)) + known + raw


def answer(content: bytes) -> bytes:
    """What is found in a mail, as JSON."""
    from forum.mailbox.parsing import Letter, parse

    (length,) = HEAD.unpack_from(content)
    known: dict[str, Any] = json.loads(content[HEAD.size : HEAD.size + length])
    parsed = parse(content[HEAD.size + length :], Letter(**known))
    found = {
        "verdict": str(parsed.verdict),
        "reply": parsed.reply,
        "cut": parsed.cut,
        "attachments": [[one.name, one.kind, len(one.content)] for one in parsed.attachments],
    }
    return json.dumps(found).encode()


def _main() -> None:
    # Stand-ins for the packages: their own __init__ would load Flask.
    here = Path(__file__).resolve().parent
    folders = {
        "forum": here.parent,
        "forum.core": here.parent / "core",
        "forum.core.markup": here.parent / "core" / "markup",
    }
    for name, folder in folders.items():
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package

    from forum.core.markup.child import serve_bytes

    answer(packed(b"Subject: warm\n\n> up\n", {}))
    serve_bytes(answer, MemoryError, memory_bytes=MAX_MEMORY_BYTES, seconds=LAST_RESORT_SECONDS)


if __name__ == "__main__":
    _main()
