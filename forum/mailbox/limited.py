"""Strangers' mails are read in a child process, which may take two seconds and 256 MB for one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from forum.core.markup.budget import Budget, ChildFailed, NoChild, OverBudget
from forum.core.markup.child import DONE
from forum.mailbox import child
from forum.mailbox.parsing import Letter
from forum.mailbox.verdicts import Verdict

PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What a mail says, as the child found it; attachments by name, type and bytes."""

    verdict: Verdict
    reply: str = ""
    cut: str = ""
    attachments: tuple[tuple[str, str, int], ...] = ()


def parse_limited(raw: bytes, letter: Letter) -> Taken:
    """Parse a mail in a child; whatever the mail does to it, there is a verdict.

    Raises NoChild when no child can be had: that is the machine's fault and not the mail's.
    """
    try:
        kind, answer = _BUDGET.ask(child.packed(raw, asdict(letter)))
    except OverBudget:
        return Taken(Verdict.TOO_HEAVY)
    except ChildFailed:
        return Taken(Verdict.ERROR)
    if kind != DONE:
        return Taken(Verdict.TOO_HEAVY)
    found = json.loads(answer)
    attachments = tuple((name, kind, size) for name, kind, size in found["attachments"])
    return Taken(Verdict(found["verdict"]), found["reply"], found["cut"], attachments)


_BUDGET = Budget(
    [sys.executable, "-I", str(Path(child.__file__).resolve())],
    children=1,
    seconds=child.SECONDS,
    patience_seconds=PATIENCE_SECONDS,
)

__all__ = ["NoChild", "Taken", "parse_limited"]
