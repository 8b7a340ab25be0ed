"""What the letter about something new says: that there is something new."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from forum.core import clock, links
from forum.core.db import db
from forum.employments.queries import address_kind
from forum.mail.outbox import DISCREET, DISCREET_LIFE
from forum.mail.render import Context, ContextOf
from forum.models.accounts import AddressKind
from forum.models.outbox import Letter, UpdateWish
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.spaces.news import has_news


def discreet(letter: Letter) -> Context | None:
    """The same sentence for everybody; None when there is nothing to tell them, or no more."""
    viewer = viewers.for_user(letter.user_id) if letter.user_id else None
    if viewer is None or not _may_be_told(viewer):
        return None
    if letter.queued_at < clock.now() - DISCREET_LIFE:
        return None
    after, to = (date.fromisoformat(letter.context[name]) for name in ("after", "to"))
    if not has_news(viewer, after, to):
        return None
    return Context(viewer.address, {"link": links.SIGN_IN})


CONTEXTS: dict[str, ContextOf] = {DISCREET: discreet}


def _may_be_told(viewer: Viewer) -> bool:
    """They still want it, and nobody but them reads what we send."""
    wish = select(UpdateWish.user_id).where(UpdateWish.user_id == viewer.user_id)
    if viewer.suspended or db.session.execute(wish).first() is None:
        return False
    return address_kind(viewer) is AddressKind.PERSONAL
