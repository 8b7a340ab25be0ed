"""Which circles may be a newcomer's, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast

from forum.accounts.queries.profiles import MyProfile
from forum.circles import queries as circles
from forum.circles.choices import BARRIERS, INDUSTRIES
from forum.circles.queries import CircleCard
from forum.core.db import InLines
from forum.core.i18n import _
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.policy import visible
from forum.policy.prepared import Prepared
from forum.policy.viewer import Viewer

_LOOKED_AT = 100
SHOWN = 8
AROUND_BARRIERS: Mapping[str, frozenset[Barrier]] = {
    "past-procurement": frozenset({Barrier.LEGAL, Barrier.PARTNER}),
    "working-with-finance": frozenset({Barrier.BUDGET, Barrier.INCENTIVES}),
    "losing-a-sponsor": frozenset({Barrier.SPONSOR}),
    "works-councils": frozenset({Barrier.MIDDLE}),
    "from-pilot-to-normal": frozenset({Barrier.SCALING}),
    "quiet-side-projects": frozenset({Barrier.MANDATE, Barrier.ISOLATION}),
    "first-100-days": frozenset({Barrier.ISOLATION}),
}
"""Which of the circles a new site starts with are about which walls. A site may have others."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    circle: CircleCard
    why: str


def industry_and_walls(viewer: Viewer) -> MyProfile:
    """Of the viewer's profile what circles are suggested by, and no more. One statement."""
    row = _industry_and_walls(viewer).first()
    if row is None:
        return MyProfile()
    met = (row.met or "").split("\n")
    return MyProfile(industry=row.industry, met=tuple(each for each in Barrier if each in met))


@Prepared
def _industry_and_walls(viewer: Viewer) -> Select[Any]:
    walls = visible.about_oneself(
        viewer, ProfileBarrier, InLines(cast(ProfileBarrier.barrier, String(20)))
    )
    met = walls.scalar_subquery().label("met")
    return visible.within(visible.about_oneself(viewer, Profile, Profile.industry, met), walls)


def suggestions(viewer: Viewer, profile: MyProfile) -> list[Suggestion]:
    """Circles the viewer can walk into, at most eight: their industry's, those around a wall they
    met, then the busiest. One statement."""
    found = circles.suggested(viewer, _LOOKED_AT)
    ranked = [(_rank(card, profile), Suggestion(card, _why(card, profile))) for card in found]
    ranked.sort(key=lambda each: each[0])
    return [suggestion for _, suggestion in ranked[:SHOWN]]


def _rank(card: CircleCard, profile: MyProfile) -> int:
    if profile.industry and card.isic == profile.industry:
        return 0
    return 1 if _walls(card, profile) else 2


def _why(card: CircleCard, profile: MyProfile) -> str:
    if profile.industry and card.isic == profile.industry:
        industry = INDUSTRIES[profile.industry]
        return str(_("because you work in “%(industry)s”", industry=industry))
    if walls := _walls(card, profile):
        return str(_("because you met “%(barrier)s”", barrier=BARRIERS[walls[0]]))
    return str(_("one of the busiest") if card.topic_count else _("still quiet: yours to begin"))


def _walls(card: CircleCard, profile: MyProfile) -> list[Barrier]:
    about = AROUND_BARRIERS.get(card.slug, frozenset())
    return [barrier for barrier in profile.met if barrier in about]
