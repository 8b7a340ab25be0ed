"""From normalised Markdown to safe HTML; runs in the web worker or in a child, knows neither."""

from __future__ import annotations

import re
import threading

from markdown import Markdown

from .dialect import Dialect
from .guards import Refused, check_tags
from .own import NO_FILES, Files, unpacked
from .sanitise import sanitise

MAX_GROWTH = 30
MAX_GROWTH_EXTRA_CHARS = 64_000

QUICK_MAX_CHARS = 2_000
QUICK_MAX_LINES = 60
QUICK_MAX_SIGNS = 150
"""A text with no more than these cannot take long in the web worker itself: measured by a test."""
_SIGN = re.compile(r"[^\w\s.,;:'\"?!/()-]|(?m:^[ ]*(?:-|\d+[.)]))|  $")


def is_quick(source: str) -> bool:
    """Is this short and simple enough to be worth no trip to the child?"""
    return (
        len(source) <= QUICK_MAX_CHARS
        and source.count("\n") <= QUICK_MAX_LINES
        and len(_SIGN.findall(source)) <= QUICK_MAX_SIGNS
    )


def convert_packed(message: str) -> str:
    """The same for a text that was `own.packed` with the files it may name."""
    return convert(*unpacked(message))


def convert(source: str, files: Files = NO_FILES) -> str:
    """Safe HTML of a normalised text. Raises Refused when it is too complex."""
    try:
        html = _parsed(source, files)
        _check_growth(source, html)
        check_tags(html)
        html = sanitise(html)
    except (RecursionError, MemoryError):
        raise Refused("nested") from None
    _check_growth(source, html)
    return html


def _parsed(source: str, files: Files) -> str:
    # One parser for each thread, taken out while it works: one that was interrupted half-way keeps
    # the lists and quotes it was in, and `reset` does not empty them.
    parser, dialect = _local.__dict__.pop("parser", None) or _made()
    dialect.links.files = files
    html: str = parser.reset().convert(source)
    _local.parser = parser, dialect
    return html


def _made() -> tuple[Markdown, Dialect]:
    dialect = Dialect()
    return Markdown(extensions=[dialect], output_format="html"), dialect


def _check_growth(source: str, html: str) -> None:
    if len(html) > MAX_GROWTH * len(source) + MAX_GROWTH_EXTRA_CHARS:
        raise Refused("growth")


_local = threading.local()
