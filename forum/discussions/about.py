"""What a topic of a circle says of itself besides its text: tags, and the kind of its company."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from forum.circles.choices import MARKET_WORDS, SIZE_WORDS
from forum.core import markup
from forum.core.errors import ForumError
from forum.core.i18n import _, _l
from forum.models.companies import Market, SizeBand
from forum.models.discussions import TAG_CHARS, Wish

MOST_TAGS = 5
_COMMAS = re.compile("[,;\u060c\u3001\uff0c]")
_HYPHENS = re.compile(r"\s*-[\s-]*")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class CompanyKind:
    """What kind of company something comes from, as far as it was said."""

    size: SizeBand | None = None
    market: Market | None = None
    regulated: bool | None = None

    @property
    def said(self) -> bool:
        return not (self.size is None and self.market is None and self.regulated is None)


UNSAID = CompanyKind()


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What its author says of a topic. Nothing of it is asked for."""

    tags: tuple[str, ...] = ()
    """Normalised, as `tags_in` makes them."""
    company: CompanyKind = UNSAID
    wish: Wish | None = None
    """What would help them."""


NO_FACTS = TopicFacts()


class TooManyTags(ForumError):
    status = 422
    sentence = _l("Use at most five tags.")


class TagTooLong(ForumError):
    status = 422
    sentence = _l("A tag has at most 40 characters. Put commas between them.")


def tags_in(text: str) -> tuple[str, ...]:
    """The tags of a line, with commas between them: each once, in order of the alphabet.

    In lower case, with single blanks and hyphens, without invisible characters or a leading #.
    Raises TooManyTags over five, TagTooLong over 40 characters.
    """
    tags = {tag for part in _COMMAS.split(text) if (tag := _tag(part))}
    if any(len(tag) > TAG_CHARS for tag in tags):
        raise TagTooLong
    if len(tags) > MOST_TAGS:
        raise TooManyTags
    return tuple(sorted(tags))


def tags_of(column: str | None) -> tuple[str, ...]:
    """From the column that `visible.tags_of_topic` makes."""
    return tuple(sorted(column.split("\n"))) if column else ()


def from_company(kind: CompanyKind) -> str:
    """A company of this kind after "from", e.g. "from a large B2B company, regulated"."""
    if not kind.said:
        return ""
    size, market = SIZE_WORDS.get(kind.size), MARKET_WORDS.get(kind.market)  # type: ignore[arg-type]
    if size and market:
        words = str(_("from a %(size)s %(market)s company", size=size, market=market))
    elif size or market:
        words = str(_("from a %(kind)s company", kind=size or market))
    elif kind.regulated:
        return str(_("from a regulated company"))
    else:
        return str(_("from a company that is not regulated"))
    if kind.regulated is None:
        return words
    return f"{words}, {_('regulated') if kind.regulated else _('not regulated')}"


def _tag(text: str) -> str:
    seen = (c for c in text if unicodedata.category(c) != "Cf" or c in _JOINERS)
    tag = markup.one_line("".join(seen)).casefold()
    return _HYPHENS.sub("-", unicodedata.normalize("NFC", tag)).strip(" -#")
