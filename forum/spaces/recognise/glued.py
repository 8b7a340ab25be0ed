"""A draft's words run together."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.folding import latin

_DIGITS = (str.maketrans("013456789", "oleasgtbg"), str.maketrans("013456789", "oieasgtbg"))
_DIGIT = re.compile("[0-9]")


class Glued:
    """The draft's words run together: a name is found whatever stands between its letters."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        ascii_only = draft.folded.lower.isascii()
        self.keys = draft.key if ascii_only else [latin(key) for key in draft.key]
        self.text = "".join(self.keys)
        self.begins = list(accumulate(map(len, self.keys[:-1]), initial=0))
        tables = _DIGITS if draft.numbers or _DIGIT.search(self.text) else ()
        texts = [self.text, *(self.text.translate(table) for table in tables)]
        self.texts = list(dict.fromkeys(texts))

    def word_of(self, place: int) -> int:
        return bisect_right(self.begins, place) - 1
