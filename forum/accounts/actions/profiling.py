"""What somebody tells of themselves: all of it by choice, and changed as often as they like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update

from forum.accounts.actions.telling import may_tell_of_oneself
from forum.core import clock
from forum.core.db import Conflict, db, savepoint, transaction
from forum.models.companies import Market, SizeBand
from forum.models.profiles import Barrier, Part, Profile, ProfileBarrier, Rhythm
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Told:
    """A whole profile as it was filled in; what was left empty is said no longer."""

    trying: str = ""
    broke_through: str = ""
    part: Part | None = None
    industry: str | None = None
    company_size: SizeBand | None = None
    company_market: Market | None = None
    company_regulated: bool | None = None
    region: str | None = None
    languages: tuple[str, ...] = ()
    """At most five codes."""
    time_zone: str | None = None
    listed: bool = False
    met: tuple[Barrier, ...] = ()
    broken: tuple[Barrier, ...] = ()
    """A wall one has broken through one has met, ticked or not."""


def save_profile(viewer: Viewer, told: Told, rhythm: Rhythm | None = None) -> None:
    """Put this in the place of what the viewer told before. With it their first steps are done.

    `trying` and `broke_through` hold at most 1,000 characters. Without a rhythm theirs stays.
    Raises Suspended.
    """
    may_tell_of_oneself(viewer)
    values = {
        "trying": told.trying,
        "broke_through": told.broke_through,
        "part": told.part,
        "industry": told.industry,
        "company_size": told.company_size,
        "company_market": told.company_market,
        "company_regulated": told.company_regulated,
        "region": told.region,
        "languages": ",".join(told.languages),
        "time_zone": told.time_zone,
        "listed": told.listed,
        "welcomed_at": clock.now(),
    }
    with transaction():
        _keep(viewer, values | ({"rhythm": rhythm} if rhythm else {}))
        _keep_barriers(viewer, {*told.met, *told.broken}, set(told.broken))


def skip_first_steps(viewer: Viewer) -> None:
    """They are not asked again. Nothing that was told before changes."""
    with transaction():
        _keep(viewer, {"welcomed_at": clock.now()})


def choose_rhythm(viewer: Viewer, rhythm: Rhythm) -> None:
    """How often they want to be told by mail."""
    with transaction():
        _keep(viewer, {"rhythm": rhythm})


def _keep(viewer: Viewer, values: Mapping[str, Any]) -> None:
    if _changed(viewer, values):
        return
    try:
        with savepoint() as session:
            session.add(Profile(user_id=viewer.user_id, **values))
    except Conflict:  # the same click twice
        _changed(viewer, values)


def _changed(viewer: Viewer, values: Mapping[str, Any]) -> bool:
    mine = update(Profile).where(Profile.user_id == viewer.user_id).values(**values)
    return bool(db.session.execute(mine).rowcount)  # type: ignore[attr-defined]


def _keep_barriers(viewer: Viewer, met: Iterable[Barrier], broken: set[Barrier]) -> None:
    mine = delete(ProfileBarrier).where(ProfileBarrier.user_id == viewer.user_id)
    db.session.execute(mine.execution_options(synchronize_session=False))
    rows = [
        {"user_id": viewer.user_id, "barrier": barrier, "broken": barrier in broken}
        for barrier in sorted(met)
    ]
    if rows:
        db.session.execute(insert(ProfileBarrier), rows)
