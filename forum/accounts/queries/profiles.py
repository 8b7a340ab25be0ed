"""What the viewer tells of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core.db import db
from forum.models.companies import Market, SizeBand
from forum.models.profiles import Barrier, Part, Profile, ProfileBarrier, Rhythm
from forum.policy import visible
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MyProfile:
    """One's own profile, as it is kept. Empty, or None, means: not said."""

    trying: str = ""
    broke_through: str = ""
    part: Part | None = None
    industry: str | None = None
    company_size: SizeBand | None = None
    company_market: Market | None = None
    company_regulated: bool | None = None
    region: str | None = None
    languages: tuple[str, ...] = ()
    time_zone: str | None = None
    rhythm: Rhythm | None = None
    listed: bool = False
    met: tuple[Barrier, ...] = ()
    broken: tuple[Barrier, ...] = ()
    """Those of `met` they have broken through."""
    welcomed: bool = False
    """Whether they went through their first steps, or skipped them."""


def my_profile(viewer: Viewer) -> MyProfile:
    """The viewer's own. Two statements."""
    row = db.session.execute(visible.about_oneself(viewer, Profile)).scalar()
    walls = db.session.execute(
        visible.about_oneself(viewer, ProfileBarrier, ProfileBarrier.barrier, ProfileBarrier.broken)
    ).all()
    met = {wall.barrier: wall.broken for wall in walls}
    in_order = [each for each in Barrier if each in met]
    broken = tuple(each for each in in_order if met[each])
    if row is None:
        return MyProfile(met=tuple(in_order), broken=broken)
    return MyProfile(
        trying=row.trying,
        broke_through=row.broke_through,
        part=row.part,
        industry=row.industry,
        company_size=row.company_size,
        company_market=row.company_market,
        company_regulated=row.company_regulated,
        region=row.region,
        languages=tuple(code for code in row.languages.split(",") if code),
        time_zone=row.time_zone,
        rhythm=row.rhythm,
        listed=row.listed,
        met=tuple(in_order),
        broken=broken,
        welcomed=row.welcomed_at is not None,
    )


def is_welcomed(user_id: int) -> bool:
    """Whether somebody went through their first steps, or skipped them."""
    query = visible.about_oneself(Viewer(id=user_id), Profile, Profile.welcomed_at)
    return db.session.execute(query).scalar() is not None
