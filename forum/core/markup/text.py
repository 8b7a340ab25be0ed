"""Cleaning of what people type, before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS_PER_LETTER = 8
"""Combining marks kept after one letter; no living script needs more than six."""

# C0 and C1 without tab and newline, lone surrogates, the twelve characters with the Unicode
# property Bidi_Control, the byte order mark, interlinear annotation and noncharacters.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]+"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
# No combining mark is a word character for `re`, so only such runs need a closer look.
_MARK_RUN = re.compile(r"[^\w\s\x00-\x7f]{%d,}" % (MAX_MARKS_PER_LETTER + 1))


def normalise(text: str) -> str:
    """The text in NFC with LF line ends and without characters that hide or reorder others.

    Tab and newline stay. More than eight combining marks on one letter are dropped: they paint over
    other people's posts, and the standard library orders a run of marks in quadratic time.
    """
    text = without_hidden(_LINE_ENDS.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_hidden(text: str) -> str:
    """The same of a text that is to stay as it is otherwise, as HTML has to.

    Composed, a `>` and the mark after it would be another character.
    """
    text = _DROPPED.sub("", text)
    return text if text.isascii() else _MARK_RUN.sub(_thin_marks, text)


def one_line(text: str) -> str:
    """A title or a name: normalised, white space collapsed to single blanks, none at the ends."""
    return " ".join(normalise(text).split())


def _thin_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
