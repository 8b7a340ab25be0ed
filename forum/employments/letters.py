"""What the one letter to a work address says: a code, and nothing of what it is for."""

from __future__ import annotations

from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.employments.actions import code_of
from forum.mail.render import Context, ContextOf
from forum.models.employers import WorkCode
from forum.models.outbox import Letter
from forum.policy.visible import Reason, unscoped


def work_code(letter: Letter) -> Context | None:
    """The code, unless it was used, replaced, or its hour is over."""
    public_id = letter.context["code"]
    live = select(WorkCode.id).where(
        WorkCode.public_id == public_id, WorkCode.expires_at > clock.now()
    )
    if db.session.execute(unscoped(live, Reason.OUTBOX)).first() is None:
        return None
    return Context(letter.recipient, {"code": code_of(public_id)})


CONTEXTS: dict[str, ContextOf] = {"work_code": work_code}
