"""Text without disguises: one plain character per character shown, each knowing where it stood.

Compatibility forms, accents, joiners and invisible characters go (Unicode NFKD, UAX #15); letters
that look like Latin ones are taken for them when the writer's own names are looked for (after the
idea of UTS #39, for what a keyboard offers).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_UNFOLDED = 3  # characters one character may become; some Arabic ligatures would be eighteen

_BY_HAND = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
    "ħ": "h", "Ħ": "H", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'",
    "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "・": ".",
    "·": ".", "•": ".", "。": ".",
}  # fmt: skip
_LOOK_ALIKE = str.maketrans(
    "абвгдезіїјклмнопрсстухуѕԁһԛԝӏѵαβγικνορτυχηωϲϳɑɡɩʏʀɴʟɪⅼ",
    "abbrдe3iijklmhonpcctyxysdhqwlvabyiкvoptuxnwcjagiyrnlil",
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`plain[i]` was shown by the original's characters from `places[i]` on; lengths differ."""

    original: str
    plain: str
    lower: str
    places: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the original, marks upon it included; never empty."""
        after = self.places[end] if end < len(self.places) else len(self.original)
        return self.places[start], max(self.places[end - 1] + 1, after)


def fold(text: str) -> Folded:
    if text.isascii():
        return Folded(text, text, text.lower(), range(len(text)))
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        shown = char if char < "\x80" else _unfold(char)
        parts.append(shown)
        places.extend([place] * len(shown))
    plain = "".join(parts)
    return Folded(text, plain, _same_length_lower(plain), places)


def plain(text: str) -> str:
    """A name as `fold` would show it, in lower case, for comparing."""
    return fold(text).lower


def latin(lower: str) -> str:
    """What lower-case folded text looks like at a glance; as long as it was."""
    return lower if lower.isascii() else lower.translate(_LOOK_ALIKE)


def unspaced(text: str) -> bool:
    """Is this in a script whose words stand without spaces: Chinese, Japanese, Korean, Thai?"""
    return any(char >= "\u2e80" or "\u0e00" <= char <= "\u11ff" for char in text)


@lru_cache(maxsize=20_000)
def _unfold(char: str) -> str:
    if char in _BY_HAND:
        return _BY_HAND[char]
    kept = [
        part
        for part in unicodedata.normalize("NFKD", char)
        if unicodedata.category(part) not in {"Mn", "Me", "Cf", "Cs"}
    ]
    return "".join(_BY_HAND.get(part, part)[:1] for part in kept[:MAX_UNFOLDED])


def _same_length_lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower()[:1] or char for char in text)
