"""The allow-list, told once to both sanitisers. Nothing edits HTML after `sanitise`."""

from __future__ import annotations

import re
import threading

import nh3
from bleach.sanitizer import Cleaner

from .own import file_at
from .text import without_hidden

TAGS = frozenset(
    "p br hr em strong del code pre blockquote ul ol li h2 h3 h4 "
    "table thead tbody tr th td a img sup section".split()
)
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener noreferrer"
ALIGNMENTS = frozenset({"left", "center", "right"})

_LANGUAGE = re.compile(r"language-[A-Za-z0-9+#._-]{1,40}")
_START = re.compile(r"[0-9]{1,6}")
_ABSOLUTE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s/])", re.IGNORECASE)

_SIDE = re.compile(r"[1-9][0-9]{0,3}")

_ATTRIBUTES = {
    "a": frozenset({"href", "rel"}),
    "code": frozenset({"class"}),
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"align"}),
    "th": frozenset({"align"}),
}


def sanitise(html: str) -> str:
    """The HTML with nothing in it but the allow-list: bleach first, nh3 has the last word.

    Nor with characters that `normalise` drops and that came as references, such as `&#8238;`.
    """
    clean = with_nh3(with_bleach(html))
    shown = without_hidden(clean)
    return clean if shown == clean else with_nh3(shown)


def with_bleach(html: str) -> str:
    """bleach alone (for the differential test; use `sanitise`)."""
    cleaner: Cleaner | None = getattr(_local, "cleaner", None)
    if cleaner is None:
        # One for each thread: its parser keeps state while it works.
        cleaner = _local.cleaner = Cleaner(
            tags=TAGS, attributes=_allowed, protocols=SCHEMES, strip=True, strip_comments=True
        )
    return cleaner.clean(html)


def with_nh3(html: str) -> str:
    """nh3 alone: enough for HTML that holds nothing but our own tags and escaped text."""
    return _LAST_WORD.clean(html)


def absolute(address: str) -> bool:
    """Is this an address a post may link to: http, https or mailto, and never a relative one?"""
    return _ABSOLUTE.match(address) is not None


def _allowed(tag: str, name: str, value: str) -> bool:
    return name in _ATTRIBUTES.get(tag, ()) and _value_fits(name, value)


def _value_fits(name: str, value: str) -> bool:
    if name == "class":
        return _LANGUAGE.fullmatch(value) is not None
    if name == "start":
        return _START.fullmatch(value) is not None
    if name == "align":
        return value in ALIGNMENTS
    if name == "rel":
        return value == REL
    return _of_a_file(name, value)


def _of_a_file(name: str, value: str) -> bool:
    """Remote pictures are links: a picture is always our own, and so is the one relative link."""
    if name == "alt":
        return True
    if name in ("width", "height"):
        return _SIDE.fullmatch(value) is not None
    if name == "loading":
        return value == "lazy"
    is_ours = file_at(value) is not None
    return is_ours if name == "src" else is_ours or absolute(value)


def _filter(_tag: str, name: str, value: str) -> str | None:
    return value if _value_fits(name, value) else None


_local = threading.local()
_LAST_WORD = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={tag: set(names) - {"rel"} for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_filter,
    url_schemes=set(SCHEMES),
    url_relative="pass_through",  # which of them stay is decided by the filter
    link_rel=REL,
    strip_comments=True,
)
