"""Which topics of a circle somebody wants to see: with a tag, from companies of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, exists, func, or_, select

from forum.core import links
from forum.core.db import db
from forum.discussions.about import UNSAID, CompanyKind
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Topic, TopicTag
from forum.models.profiles import Profile
from forum.policy import visible
from forum.policy.prepared import value, values
from forum.policy.viewer import Viewer

_NEWEST = 1_000
"""Of a circle's topics, how many are looked through for its tags."""
MOST_TAGS_SHOWN = 100


class Shape(NamedTuple):
    """What of a `Narrow` changes the statement; all else are values."""

    by_tag: bool = False
    by_company: bool = False


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a list is narrowed down to."""

    tag: str | None = None
    company: CompanyKind = UNSAID
    like_mine: bool = False
    """Then `company` is the viewer's own, and sizes next to it count too."""

    @property
    def shape(self) -> Shape:
        return Shape(self.tag is not None, self.company.said or self.like_mine)

    @property
    def is_all(self) -> bool:
        """Not narrowed at all."""
        return self.shape == Shape()

    @property
    def lacks_own(self) -> bool:
        """Whether it asks for what is like the viewer's, who has not said what that is."""
        return self.like_mine and not self.company.said

    def values(self) -> dict[str, Any]:
        """Of the places in `narrowed`."""
        kind = self.company
        given: dict[str, Any] = {"tag": self.tag} if self.shape.by_tag else {}
        if self.shape.by_company:
            any_size = kind.size is None and not self.lacks_own
            given |= {"any_size": any_size, "sizes": self._sizes()}
            given |= {"any_market": kind.market is None, "markets": self._markets()}
            given |= {"any_regulated": kind.regulated is None, "regulated": bool(kind.regulated)}
        return given

    def url(self, slug: str, tab: str) -> str:
        """The list of a circle narrowed down like this."""
        return f"{links.circle(slug)}?{self.asked(tab)}"

    def asked(self, tab: str) -> str:
        """What stands for it behind the ? of an address."""
        kind = self.company
        asked = {"tab": tab, "tag": self.tag, "like": "mine" if self.like_mine else None}
        if not self.like_mine:
            asked |= {"size": kind.size, "market": kind.market}
            asked["regulated"] = None if kind.regulated is None else str(int(kind.regulated))
        return urlencode({name: each for name, each in asked.items() if each is not None})

    def with_company(self, **more: Any) -> Narrow:
        """The same with another kind of company, no longer only like the viewer's."""
        kind = UNSAID if self.like_mine else self.company
        return replace(self, like_mine=False, company=replace(kind, **more))

    def _sizes(self) -> list[SizeBand]:
        if self.company.size is None:
            return []
        bands = list(SizeBand)
        at = bands.index(self.company.size)
        return bands[max(at - 1, 0) : at + 2] if self.like_mine else [self.company.size]

    def _markets(self) -> list[Market]:
        """A company that sells to both is like either; to like both, either will do."""
        market = self.company.market
        if market is Market.BOTH:
            return list(Market) if self.like_mine else [market]
        return [market, Market.BOTH] if market else []


ALL = Narrow()


def narrowed(query: Select[Any], shape: Shape) -> Select[Any]:
    """Of a query of `visible.topics`, those a `Narrow` of this shape asks for.

    What a topic does not say is not like anything.
    """
    if shape.by_tag:
        there = exists().where(TopicTag.topic_id == Topic.id, TopicTag.tag == value("tag"))
        query = query.where(there)
    if shape.by_company:
        said = or_(  # as the index says it, so that it is used
            Topic.company_size.is_not(None),
            Topic.company_market.is_not(None),
            Topic.company_regulated.is_not(None),
        )
        query = query.where(
            said,
            or_(_given("any_size"), Topic.company_size.in_(values("sizes"))),
            or_(_given("any_market"), Topic.company_market.in_(values("markets"))),
            or_(_given("any_regulated"), Topic.company_regulated == value("regulated")),
        )
    return query


def own_company(viewer: Viewer) -> CompanyKind:
    """What the viewer tells of their company in their profile. One statement."""
    columns = (Profile.company_size, Profile.company_market, Profile.company_regulated)
    row = db.session.execute(visible.about_oneself(viewer, Profile, *columns)).first()
    return CompanyKind(*row) if row else CompanyKind()


def tags_of_circle(viewer: Viewer, circle_id: int) -> Sequence[tuple[str, int]]:
    """The tags of the newest 1,000 topics the viewer may see in a circle, and of how many.

    The hundred that are used most. What nobody but others may see counts for nothing.
    """
    topics = visible.topics(viewer, Topic.id).where(Topic.circle_id == circle_id)
    newest = topics.order_by(Topic.id.desc()).limit(_NEWEST)
    here = newest.subquery()
    count = func.count().label("uses")
    columns: tuple[Any, ...] = (TopicTag.tag, count)
    query = select(*columns).join(here, here.c.id == TopicTag.topic_id)
    query = query.group_by(TopicTag.tag).order_by(count.desc(), TopicTag.tag)
    rows = db.session.execute(visible.within(query.limit(MOST_TAGS_SHOWN), newest))
    return [(row.tag, row.uses) for row in rows]


def _given(name: str) -> ColumnElement[bool]:
    return bindparam(name, type_=Boolean())
