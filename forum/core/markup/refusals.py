"""Why a text cannot be shown as it is, in words its writer understands."""

from __future__ import annotations

from forum.core.errors import ForumError
from forum.core.i18n import _l


class TooLong(ForumError):
    """More characters than a post may have."""

    status = 422

    def __init__(self, max_chars: int) -> None:
        self.max_chars = max_chars
        super().__init__(
            _l(
                "This text is longer than %(count)s characters. "
                "Please shorten it, or split it into two posts.",
                count=f"{max_chars:,}",
            )
        )


class TooComplex(ForumError):
    """The text would take too long to lay out; the sentence says what there is too much of."""

    status = 422
    sentence = _l("This text is too complicated to lay out. Please simplify it.")

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(_SENTENCES.get(reason))


class RendererBusy(ForumError):
    """Too many long texts at this moment."""

    status = 503
    sentence = _l(
        "The site is very busy just now. Your text is kept: please try again in a moment."
    )


_SENTENCES = {
    "nested": _l(
        "Quotes or lists stand more than ten deep inside each other. Please simplify this text."
    ),
    "blocks": _l(
        "There are too many list items, headings or very short paragraphs. "
        "Please simplify this text, or split it into two posts."
    ),
    "table": _l("A table in this text is too large. Please simplify it or leave columns out."),
    "emphasis": _l(
        "There are too many * or _ signs. Please simplify this text; "
        "if it is program code, put a line of ``` before and after it."
    ),
    "code": _l(
        "There are too many ` signs. Please simplify this text; "
        "if it is program code, put a line of ``` before and after it."
    ),
    "links": _l(
        "There are too many [ brackets. Please simplify this text; "
        "if it is program code, put a line of ``` before and after it."
    ),
    "definitions": _l(
        "There are too many footnotes or link addresses at the end. Please simplify this text."
    ),
    "escaped": _l("There are too many <, > or & signs. Please simplify this text."),
    "growth": _l("This text would become far too long when laid out. Please simplify it."),
    "time": _l("Laying out this text took too long. Please simplify it."),
}
