"""Scopes of people: members see each other, guests see nobody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select

from forum.models.accounts import User, UserState
from forum.models.profiles import Profile, ProfileBarrier
from forum.models.quiet import Block
from forum.policy.guard import scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules


def people(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Members, each with what they tell of themselves, which may be nothing.

    For whoever is signed in. A suspended member is one: that they are is for nobody to see. Who was
    imported and never came, or has gone, is none; nor is whom a block keeps apart from them.
    """
    query = select(*(columns or (User, Profile))).select_from(User)
    query = query.outerjoin(Profile, Profile.user_id == User.id)
    return scoped(query.where(_is_seen(Seer.of(viewer))), Profile, Block)


def barriers(viewer: Viewer, *columns: Any) -> Select[Any]:
    """What those people met or broke through, joined to them."""
    query = select(*(columns or (ProfileBarrier,))).select_from(ProfileBarrier)
    query = query.join(User, User.id == ProfileBarrier.user_id)
    return scoped(query.where(_is_seen(Seer.of(viewer))), ProfileBarrier, Block)


def _is_seen(seer: Seer) -> ColumnElement[bool]:
    if seer.id is None:
        return false()
    present = or_(User.state == UserState.ACTIVE, User.state == UserState.SUSPENDED)
    return and_(present, not_(rules.apart(seer, User.id.expression)))
