"""All that names somebody, for themselves to take along, a row at a time and never kept.

Each part is a table and the column in which it names a person. Of a part go only columns of that
table, and by which name the place is known in addresses: so nothing that others wrote, and nobody's
name. No row of a private space names anybody, so none can be among them; tables that tell in which
spaces somebody is are left out, for what leaves the protection is a text of its own (R11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from forum.core.db import Base, db
from forum.mail.outbox import DISCREET
from forum.models.accounts import AddressChange, AddressProof, LastSeen, SignIn, User
from forum.models.circles import Circle, Invitation, Membership, MembershipState
from forum.models.discussions import (
    Draft,
    Post,
    Reaction,
    ReadMark,
    Report,
    Revision,
    Topic,
    TopicTag,
)
from forum.models.employers import ChangePermit, Employment, Vouch, VouchLink, WorkCode
from forum.models.files import StoredFile
from forum.models.notifications import Mention, Notification, Watch
from forum.models.outbox import Letter, UpdateWish
from forum.models.profiles import Profile, ProfileBarrier
from forum.models.quiet import Bookmark, MutedWord
from forum.policy import visible
from forum.policy.viewer import Viewer

_AT_ONCE = 200
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the export: in which column it names a person, and what of it they get."""

    name: str
    owner: Column
    columns: tuple[Column, ...]
    at: type[Base] | None = None
    """The place a row belongs to, by its name in addresses."""
    but: ColumnElement[bool] | None = None
    """Which rows stay behind."""
    hangs: type[Base] | None = None
    """A table whose rows hang on topics or posts that name them; columns may be its own."""


EXPORTED: tuple[Part, ...] = (
    Part(
        "account",
        User.id,
        (
            *(User.public_id, User.name, User.handle, User.address, User.address_kind),
            *(User.state, User.suspended_until, User.is_staff, User.created_at),
            User.unfolded_notes,
        ),
    ),
    Part(
        "profile",
        Profile.user_id,
        (
            *(Profile.trying, Profile.broke_through, Profile.part, Profile.industry),
            *(Profile.company_size, Profile.company_market, Profile.company_regulated),
            *(Profile.region, Profile.languages, Profile.time_zone, Profile.rhythm),
            *(Profile.listed, Profile.welcomed_at),
        ),
    ),
    Part("barriers", ProfileBarrier.user_id, (ProfileBarrier.barrier, ProfileBarrier.broken)),
    Part(
        "circles",
        Membership.user_id,
        (Membership.role, Membership.state, Membership.joined_at),
        Circle,
    ),
    Part(
        "asked_to_join",
        Membership.user_id,
        (Membership.words,),
        Circle,
        but=Membership.state != MembershipState.REQUESTED,
    ),
    Part(
        "topics",
        Topic.author_id,
        (
            *(Topic.public_id, Topic.title, Topic.created_at, Topic.wish, Topic.company_size),
            *(Topic.company_market, Topic.company_regulated),
        ),
        Circle,
    ),
    Part("tags", Topic.author_id, (Topic.public_id, TopicTag.tag), Circle, hangs=TopicTag),
    Part(
        "posts",
        Post.author_id,
        (Post.public_id, Post.source, Post.created_at, Post.edited_at, Post.removed_at),
        Topic,
    ),
    Part(
        "drafts",
        Draft.user_id,
        (Draft.place, Draft.title, Draft.body, Draft.said, Draft.saved_at),
    ),
    Part("reports", Report.user_id, (Report.reason, Report.words, Report.created_at), Post),
    Part("reactions", Reaction.user_id, (Reaction.kind,), Post),
    Part(
        "earlier_texts",
        Post.author_id,
        (Post.public_id, Revision.number, Revision.title, Revision.source, Revision.edited_at),
        Topic,
        hangs=Revision,
    ),
    Part(
        "files",
        StoredFile.user_id,
        (
            *(StoredFile.public_id, StoredFile.kind, StoredFile.name, StoredFile.size_bytes),
            *(StoredFile.width, StoredFile.height, StoredFile.created_at),
        ),
    ),
    Part(
        "followed_circles",
        Watch.user_id,
        (Watch.level, Watch.why),
        Circle,
        but=Watch.circle_id.is_(None),
    ),
    Part(
        "followed_topics",
        Watch.user_id,
        (Watch.level, Watch.why),
        Topic,
        but=Watch.topic_id.is_(None),
    ),
    Part("mentions", Mention.user_id, (Mention.post_id,), Post),
    Part(
        "notices",
        Notification.user_id,
        (Notification.kind, Notification.created_at, Notification.read_at),
        Post,
    ),
    Part("saved", Bookmark.user_id, (Bookmark.note,), Post),
    Part("muted_words", MutedWord.user_id, (MutedWord.word,)),
    Part("invitations", Invitation.user_id, (Invitation.expires_on,), Circle),
    Part("read", ReadMark.user_id, (ReadMark.read,), Topic),
    Part(
        "workplaces",
        Employment.user_id,
        (
            *(Employment.told_name, Employment.tie, Employment.told_on, Employment.began_on),
            *(Employment.ended_on, Employment.verified_on, Employment.verified_domain),
        ),
    ),
    Part("work_codes", WorkCode.user_id, (WorkCode.domain, WorkCode.expires_at)),
    Part("changes_allowed", ChangePermit.user_id, (ChangePermit.given_on,)),
    Part("vouched_for_me", Vouch.user_id, (Vouch.made_on,), Circle),
    Part("vouched_for_others", Vouch.voucher_id, (Vouch.made_on,), Circle),
    Part("links_to_vouch", VouchLink.user_id, (VouchLink.expires_on,), Circle),
    Part(
        "sign_ins",
        SignIn.user_id,
        (SignIn.started_on, SignIn.used_on, SignIn.expires_on, SignIn.browser),
    ),
    Part("last_seen", LastSeen.user_id, (LastSeen.week,)),
    Part("update_letters", UpdateWish.user_id, (UpdateWish.told_to,)),
    Part(
        "letters",
        Letter.user_id,
        (Letter.kind, Letter.state, Letter.queued_at, Letter.sent_at),
        but=Letter.kind == DISCREET,
    ),
    Part(
        "links_asked_for",
        AddressProof.user_id,
        (AddressProof.purpose, AddressProof.address, AddressProof.expires_at),
    ),
    Part(
        "other_address",
        AddressChange.user_id,
        (AddressChange.address, AddressChange.kind, AddressChange.expires_at),
    ),
)


def export(viewer: Viewer) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that names the viewer, as the name of its part and plain values.

    One statement for each part, read as it goes and on a connection of its own, so that it may go
    on when the request is over. Nothing is kept of it.
    """
    return _rows(viewer, db.engine)


def _rows(viewer: Viewer, engine: Engine) -> Iterator[tuple[str, dict[str, Any]]]:
    with Session(engine) as session:
        for part in EXPORTED:
            for row in session.execute(_of_part(viewer, part)):
                yield part.name, {name: _plain(value) for name, value in row._mapping.items()}


def _of_part(viewer: Viewer, part: Part) -> Select[Any]:
    query = visible.naming_oneself(viewer, part.owner, *part.columns, at=part.at, hangs=part.hangs)
    if part.but is not None:
        query = query.where(~part.but)
    return query.execution_options(yield_per=_AT_ONCE)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value
