"""A member's text becomes safe HTML: the one door for it, and the one place that trusts it.

normalise → caps → Markdown without raw HTML → bleach → nh3, within a time and memory budget. The
HTML is made when a text is written and stored with RENDER_VERSION; the source is kept.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from forum.core.errors import ForumError

from . import budget, child, convert, plain
from .excerpt import excerpt, excerpt_of_source
from .guards import Refused
from .mentions import MOST_MENTIONS, mentions
from .own import NO_FILES, Files, files_named, packed, pictures_without_words
from .quoting import quotation
from .refusals import RendererBusy, TooComplex, TooLong
from .text import normalise, one_line, without_hidden

__all__ = [
    "MAX_BODY_CHARS",
    "MAX_IMPORTED_CHARS",
    "MOST_MENTIONS",
    "NO_FILES",
    "RENDER_VERSION",
    "Files",
    "Format",
    "Rendered",
    "RendererBusy",
    "TooComplex",
    "TooLong",
    "as_markup",
    "excerpt",
    "excerpt_of_source",
    "files_named",
    "mentions",
    "normalise",
    "one_line",
    "pictures_without_words",
    "quotation",
    "render",
    "warm_up",
    "without_hidden",
]

_log = logging.getLogger(__name__)

RENDER_VERSION = 2
"""Raise it with every change of what `render` makes of a text; a command rebuilds older ones."""
MAX_BODY_CHARS = 20_000
MAX_IMPORTED_CHARS = 100_000


class Format(StrEnum):
    """How a text was written."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    """Imported mail."""


MAX_CHARS = {Format.MARKDOWN: MAX_BODY_CHARS, Format.PLAIN: MAX_IMPORTED_CHARS}


@dataclass(frozen=True)
class Rendered:
    """Safe HTML and the version of the code that made it."""

    html: str
    version: int


def render(source: str, format: Format, files: Files = NO_FILES) -> Rendered:  # noqa: A002
    """Safe HTML of a text: Markdown up to 20,000 characters, plain mail up to 100,000.

    Of our own `files` it shows those it names; which it may name is for the caller to know.
    Takes at most 0.4 s once its child is warm. Raises TooLong, TooComplex or RendererBusy.
    """
    source = _within_length(source, MAX_CHARS[format])
    try:
        return Rendered(_to_html(source, Format(format), files), RENDER_VERSION)
    except Refused as refusal:
        raise TooComplex(refusal.reason) from None
    except ForumError:
        raise
    except Exception as error:  # noqa: BLE001
        # A fault of a library must cost nobody their words; nor may these reach the log.
        _log.error("a text could not be rendered: %s", _kind(error))
        raise TooComplex from None


def warm_up() -> None:
    """In a web worker: start a child now, without waiting, so that the first long text need not."""
    budget.of_the_process().warm_up()


def as_markup(stored_html: str) -> Markup:
    """Tell Jinja that this HTML came from `render` and is to be shown as it is."""
    return Markup(stored_html)  # nosec B704


def _kind(error: Exception) -> str:
    return str(error) if isinstance(error, budget.ChildFailed) else type(error).__name__


def _within_length(source: str, max_chars: int) -> str:
    # NFC and line ends may make a text shorter, but never by more than half for honest text.
    if len(source) > 2 * max_chars:
        raise TooLong(max_chars)
    source = normalise(source)
    if len(source) > max_chars:
        raise TooLong(max_chars)
    return source


def _to_html(source: str, written_as: Format, files: Files) -> str:
    if written_as is Format.PLAIN:
        return plain.convert(source)
    if convert.is_quick(source):
        return convert.convert(source, files)
    return _in_child(packed(source, files))


def _in_child(message: str) -> str:
    try:
        kind, answer = budget.of_the_process().run(message)
    except budget.OverBudget:
        raise TooComplex("time") from None
    except budget.NoChild:
        raise RendererBusy from None
    if kind == child.REFUSED:
        raise TooComplex(answer)
    return answer
