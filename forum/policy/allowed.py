"""What a viewer may do to a thing they may see, as one table of facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from forum.core.errors import ForumError, NotAllowed
from forum.core.i18n import _l
from forum.models.circles import Visibility
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InSpace:
    """A private space as the place of an act, and what its member may do there."""

    moderates: bool
    read_only: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is about to be done, as already fetched through the viewer."""

    circle_id: int
    visibility: Visibility
    topic_closed: bool = False
    topic_hidden: bool = False
    mine: bool = False
    """Whether the viewer wrote the post or topic the act is about."""
    space: InSpace | None = None
    """Set in a private space, whose posts only its members could have fetched."""


class Act(StrEnum):
    JOIN = "join a circle"
    LEAVE = "leave a circle"
    OPEN_TOPIC = "open a topic"
    REPLY = "reply"
    EDIT = "edit a post"
    REMOVE = "remove a post"
    REPORT = "report a post"
    REACT = "react to a post"
    HIDE = "hide a post or topic"
    CLOSE = "close a topic"
    PIN = "pin a topic"
    EDIT_CIRCLE = "edit a circle's purpose and rules"
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


class NoDoor(NotAllowed):
    sentence = _l("This circle can't be joined by yourself.")


Predicate: TypeAlias = Callable[[Viewer, Place], type[ForumError] | None]


def signed_in(viewer: Viewer, _place: Place) -> type[ForumError] | None:
    return None if viewer.signed_in else SignInFirst


def not_suspended(viewer: Viewer, _place: Place) -> type[ForumError] | None:
    return Suspended if viewer.suspended else None


def member_here(viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if viewer.circle(place.circle_id) else NotAMember


def topic_open(viewer: Viewer, place: Place) -> type[ForumError] | None:
    locked = place.topic_closed or place.topic_hidden
    return TopicClosed if locked and moderator_here(viewer, place) else None


def author(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.mine else NotYours


def space_mixed(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return ReadOnly if place.space and place.space.read_only else None


def not_in_space(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return NotInSpaces if place.space else None


def only_in_space(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.space else NotAllowed


def moderator_here(viewer: Viewer, place: Place) -> type[ForumError] | None:
    if place.space:
        return None if place.space.moderates else ForModerators
    mine = viewer.circle(place.circle_id)
    broad = place.visibility in (Visibility.OPEN, Visibility.MEMBERS)
    return None if (mine and mine.moderator) or (viewer.is_staff and broad) else ForModerators


def free_to_join(_viewer: Viewer, place: Place) -> type[ForumError] | None:
    return None if place.visibility in (Visibility.OPEN, Visibility.MEMBERS) else NoDoor


CAN: dict[Act, tuple[Predicate, ...]] = {
    Act.JOIN: (signed_in, not_suspended, free_to_join),
    Act.LEAVE: (signed_in, member_here),
    Act.OPEN_TOPIC: (signed_in, not_suspended, member_here, space_mixed),
    Act.REPLY: (signed_in, not_suspended, member_here, space_mixed, topic_open),
    Act.EDIT: (signed_in, not_suspended, author, space_mixed, topic_open),
    Act.REMOVE: (signed_in, author),
    Act.REPORT: (signed_in, not_suspended),
    Act.REACT: (signed_in, not_suspended, member_here, only_in_space, topic_open),
    Act.HIDE: (signed_in, not_suspended, moderator_here),
    Act.CLOSE: (signed_in, not_suspended, moderator_here),
    Act.PIN: (signed_in, not_suspended, moderator_here, not_in_space),
    Act.EDIT_CIRCLE: (signed_in, not_suspended, moderator_here),
    Act.READ_REPORTS: (signed_in, not_suspended, moderator_here),
}


def refusal(viewer: Viewer, act: Act, place: Place) -> ForumError | None:
    """Why not, or None."""
    for predicate in CAN[act]:
        error = predicate(viewer, place)
        if error is not None:
            return error()
    return None


def may(viewer: Viewer, act: Act, place: Place) -> bool:
    return refusal(viewer, act, place) is None


def require(viewer: Viewer, act: Act, place: Place) -> None:
    """Raise the refusal, a ForumError with the reason, unless the viewer may."""
    error = refusal(viewer, act, place)
    if error is not None:
        raise error
