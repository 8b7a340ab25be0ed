"""Files of our own that a text names: its pictures are shown, its documents linked.

Which of them it may name is decided before, by whoever knows the writer; to any other address of
ours a text only holds words, as to any other relative one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from forum.core.ids import FILE_LENGTH, PUBLIC_ALPHABET
from forum.core.links import FILES

Files: TypeAlias = Mapping[str, tuple[int, int] | None]
"""By public id: width and height of a picture, None for a document."""
NO_FILES: Files = MappingProxyType({})

_NAME = f"{re.escape(FILES)}([{PUBLIC_ALPHABET}]{{{FILE_LENGTH}}})"
_ADDRESS = re.compile(_NAME)
_NAMED = re.compile(rf"\({_NAME}(?=[\s)])|\]:[ ]*{_NAME}(?=\s|$)|<{_NAME}>")
_WITHOUT_WORDS = re.compile(rf"!\[\s*+\]\(<?{_NAME}(?=[\s)>])")


def file_at(address: str) -> str | None:
    """The public id of the file at an address of ours, or None."""
    found = _ADDRESS.fullmatch(address)
    return found[1] if found else None


def files_named(source: str) -> list[str]:
    """The public ids of files that a text names, each once, in order."""
    found = (next(filter(None, named.groups())) for named in _NAMED.finditer(source))
    return list(dict.fromkeys(found))


def pictures_without_words(source: str) -> list[str]:
    """The public ids of files that a text shows without saying what is to be seen."""
    return list(dict.fromkeys(_WITHOUT_WORDS.findall(source)))


def packed(source: str, files: Files) -> str:
    """A text with the files it may name, as it goes to the child."""
    return json.dumps(dict(files)) + "\n" + source


def unpacked(message: str) -> tuple[str, Files]:
    files, _line, source = message.partition("\n")
    return source, {name: size and tuple(size) for name, size in json.loads(files).items()}
