"""What a viewer may do to a thing they may see, as one table of facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from forum.core.errors import ForumError, NotAllowed
from forum.core.i18n import _l
from forum.models.circles import Visibility
from forum.models.guarding import Ability
from forum.policy.bars import BarredUntil
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InSpace:
    """A private space as the place of an act, and what its member may do there."""

    moderates: bool
    read_only: bool
    barred: BarredUntil
    """Asked last of all, and only for acts somebody can be barred from."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is about to be done, as already fetched through the viewer."""

    circle_id: int
    visibility: Visibility
    topic_closed: bool = False
    topic_hidden: bool = False
    mine: bool = False
    """Whether the viewer wrote the post or topic the act is about."""
    author_gone: bool = False
    """Whether who opened the topic has no account any more, or never had one."""
    space: InSpace | None = None
    """Set in a private space, whose posts only its members could have fetched."""


class Act(StrEnum):
    JOIN = "join a circle"
    LEAVE = "leave a circle"
    ASK = "ask to be let into a circle"
    COME = "follow an invitation into a circle"
    DECIDE = "let people into a circle, invite them, send them away"
    INVITE = "invite people into a circle"
    OPEN_TOPIC = "open a topic"
    REPLY = "reply"
    EDIT = "edit a post"
    REMOVE = "remove a post"
    REPORT = "report a post"
    REACT = "react to a post"
    FOLLOW = "choose how closely to follow a topic or circle"
    SAVE = "keep a post for later"
    HIDE = "hide a post or topic"
    ACCEPT = "say which reply has answered a topic"
    CLOSE = "close a topic"
    PIN = "pin a topic"
    EDIT_CIRCLE = "edit a circle's purpose and rules"
    SANCTION = "bar, warn or notify a name in a space"
    READ_REPORTS = "read and settle a circle's reports"


class SignInFirst(ForumError):
    status = 401
    sentence = _l("Please sign in first.")


class Suspended(NotAllowed):
    sentence = _l("Your account is suspended: you can read, but not write.")


class NotAMember(NotAllowed):
    sentence = _l("Join the circle to take part.")


class TopicClosed(NotAllowed):
    sentence = _l("This topic is closed: it can be read, but no longer answered.")


class NotYours(NotAllowed):
    sentence = _l("Only the person who wrote a post can do that.")


class ForModerators(NotAllowed):
    sentence = _l("Only this circle's moderators can do that.")


class ReadOnly(NotAllowed):
    sentence = _l("This space can be read, but not written in, until it is mixed enough again.")


class NotInSpaces(NotAllowed):
    sentence = _l("That is not done in a private space.")


class Barred(NotAllowed):
    """The member behind one of a space's names, in whatever topic they come."""

    def __init__(self, until: date) -> None:
        self.until = until
        super().__init__(
            _l(
                "This space's moderators have decided that you can't do this until the end of"
                " %(day)s (UTC). Why stands under the name it was decided for, and there you can"
                " appeal once.",
                day=until.isoformat(),
            )
        )


class NoDoor(NotAllowed):
    sentence = _l("This circle can't be joined by yourself.")


class HasNoLock(NotAllowed):
    sentence = _l("Everybody can join this circle by themselves.")


Predicate: TypeAlias = Callable[[Viewer, Place], type[ForumError] | ForumError | None]


def signed_in(viewer: Viewer, _place: Place) -> type[ForumError] | None:
    return None if viewer.signed_in else SignInFirst


def not_suspended(viewer: Viewer, _place: Place) -> type[ForumError] | None:
    return Suspended if viewer.suspended else None


def member_here(viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if viewer.circle(place.circle_id) else NotAMember


def topic_open(viewer: Viewer, place: Place) -> type[ForumError] | None:
    """In a space for nobody: who goes on there would show that they are one of two moderators."""
    locked = place.topic_closed or place.topic_hidden
    return TopicClosed if locked and (place.space or moderator_here(viewer, place)) else None


def author(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.mine else NotYours


def space_mixed(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return ReadOnly if place.space and place.space.read_only else None


def not_in_space(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return NotInSpaces if place.space else None


def author_or_stand_in(viewer: Viewer, place: Place) -> type[ForumError] | None:
    """Whoever opened a topic; a moderator only once nobody is left to do it."""
    if place.mine:
        return None
    return moderator_here(viewer, place) if place.author_gone else NotYours


def moderator_here(viewer: Viewer, place: Place) -> type[ForumError] | None:
    if place.space:
        return None if place.space.moderates else ForModerators
    mine = viewer.circle(place.circle_id)
    broad = place.visibility in (Visibility.OPEN, Visibility.MEMBERS)
    return None if (mine and mine.moderator) or (viewer.is_staff and broad) else ForModerators


def free_to_join(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.visibility in (Visibility.OPEN, Visibility.MEMBERS) else NoDoor


def asked_at_the_door(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.visibility is Visibility.APPROVAL else NoDoor


def let_in_by_hand(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    narrow = place.visibility in (Visibility.APPROVAL, Visibility.SECRET)
    return None if narrow else HasNoLock


def not_barred_from(*abilities: Ability) -> Predicate:
    """In a space: no living sanction means the viewer (R10)."""

    def not_barred(_viewer: Viewer, place: Place) -> ForumError | None:
        until = place.space.barred(abilities) if place.space else None
        return Barred(until) if until else None

    return not_barred


_MAY_WRITE = not_barred_from(Ability.WRITE)
_MAY_OPEN = not_barred_from(Ability.WRITE, Ability.OPEN)
_MAY_REPORT = not_barred_from(Ability.REPORT)

CAN: dict[Act, tuple[Predicate, ...]] = {
    Act.JOIN: (signed_in, not_suspended, free_to_join),
    Act.LEAVE: (signed_in, member_here),
    Act.ASK: (signed_in, not_suspended, asked_at_the_door),
    Act.COME: (signed_in, not_suspended),
    Act.DECIDE: (signed_in, not_suspended, moderator_here),
    Act.INVITE: (signed_in, not_suspended, moderator_here, let_in_by_hand),
    Act.OPEN_TOPIC: (signed_in, not_suspended, member_here, space_mixed, _MAY_OPEN),
    Act.REPLY: (signed_in, not_suspended, member_here, space_mixed, topic_open, _MAY_WRITE),
    Act.EDIT: (
        *(signed_in, not_suspended, author, member_here, space_mixed, topic_open),
        _MAY_WRITE,
    ),
    Act.REMOVE: (signed_in, author),
    Act.REPORT: (signed_in, not_suspended, _MAY_REPORT),
    Act.REACT: (
        *(signed_in, not_suspended, member_here, topic_open),
        not_barred_from(Ability.REACT),
    ),
    Act.FOLLOW: (signed_in, not_in_space),
    Act.SAVE: (signed_in, not_in_space),
    Act.HIDE: (signed_in, not_suspended, moderator_here),
    Act.ACCEPT: (signed_in, not_suspended, not_in_space, author_or_stand_in),
    Act.CLOSE: (signed_in, not_suspended, moderator_here),
    Act.PIN: (signed_in, not_suspended, moderator_here, not_in_space),
    Act.EDIT_CIRCLE: (signed_in, not_suspended, moderator_here),
    Act.SANCTION: (signed_in, not_suspended, moderator_here),
    Act.READ_REPORTS: (signed_in, not_suspended, moderator_here),
}


def refusal(viewer: Viewer, act: Act, place: Place) -> ForumError | None:
    """Why not, or None."""
    for predicate in CAN[act]:
        error = predicate(viewer, place)
        if error is not None:
            return error() if isinstance(error, type) else error
    return None


def may(viewer: Viewer, act: Act, place: Place) -> bool:
    return refusal(viewer, act, place) is None


def require(viewer: Viewer, act: Act, place: Place) -> None:
    """Raise the refusal, a ForumError with the reason, unless the viewer may."""
    error = refusal(viewer, act, place)
    if error is not None:
        raise error
