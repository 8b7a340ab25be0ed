"""Whom a text names: `@handle` in its running words, read from the HTML that `render` made."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_MENTIONS = 10
_HANDLE = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9-]{1,30}+)(?![\w@]|\.\w)")
_ELSEWHERE = frozenset({"pre", "code", "blockquote", "a"})
"""What stands there is code, somebody else's words or an address."""


def mentions(html: str) -> tuple[str, ...]:
    """Handles in a rendered text, in lower case, each once, at most the first ten.

    None of those in code, quotations and links.
    """
    if "@" not in html:
        return ()
    words = _RunningWords()
    words.feed(html)
    words.close()
    found = (match[1].strip("-").lower() for match in _HANDLE.finditer("".join(words.kept)))
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_MENTIONS]


class _RunningWords(HTMLParser):
    """Text outside the elements of _ELSEWHERE; of safe HTML, so every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self._elsewhere = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._elsewhere += tag in _ELSEWHERE
        if tag not in ("em", "strong", "del"):
            self.kept.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._elsewhere -= tag in _ELSEWHERE

    def handle_data(self, data: str) -> None:
        if not self._elsewhere:
            self.kept.append(data)
