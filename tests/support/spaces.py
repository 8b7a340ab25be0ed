"""Private spaces, who is in them and what they write there, in a line each.

    here = space(retail)
    enter(here, ana, employer="Northwind")
    enter(here, ben, employer="Contoso", domain="contoso.example")
    asked = sealed_topic(ana, here, "It failed")
    answer = sealed_reply(ben, asked, "So did ours.")
    name_in(ana, asked)                                    # "Amber Heron"

All need an application context. What is written goes through the actions that pages call, so only
members can; topics and posts are named by their public ids.
"""

import os
import secrets
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from forum.core import clock, ids
from forum.core.db import Base, db, transaction
from forum.core.seal import Secret, wrap
from forum.discussions import actions
from forum.discussions.actions.posting import post_reply, post_topic_in_space
from forum.discussions.actions.sealing import Head
from forum.discussions.queries.posts import post_for
from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.discussions import ReportReason
from forum.models.spaces import LIFE_DAYS, Space, SpaceMember
from forum.policy.visible import Reason, unscoped
from tests.support import community, workplaces


def space(place: Circle, *, life_days: int = LIFE_DAYS) -> Space:
    """The open space of a circle."""
    space_id = ids.random_key()
    made = Space(
        id=space_id,
        public_id=ids.public_id(),
        circle_id=place.id,
        wrapped_key=wrap(Secret.new().raw, f"space:{space_id}"),
        opened_on=clock.today(),
        read_only_from=None,
        life_days=life_days,
    )
    with transaction() as session:
        session.add(made)
        session.flush()
        session.refresh(made, with_for_update=None) if False else None
    return made


def enter(
    here: Space,
    person: User,
    role: Role = Role.MEMBER,
    *,
    employer: str = "",
    domain: str = "",
    number: int | None = None,
) -> None:
    """Make somebody a member of a space, and of its circle; with an employer they tell of it."""
