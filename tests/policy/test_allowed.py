"""Who may do what: for each act the people who may, and for the rest the reason they are told.

The place and the people are the same for every act; only the act changes, and the person.
"""

from dataclasses import replace

import pytest

from forum.core.clock import now
from forum.models.circles import Visibility
from forum.policy.allowed import (
    CAN,
    Act,
    ForModerators,
    NoDoor,
    NotAMember,
    NotYours,
    Place,
    SignInFirst,
    Suspended,
    TopicClosed,
    author,
    may,
    refusal,
    require,
)
from forum.policy.viewer import GUEST, MyCircle, Viewer

HERE, ELSEWHERE = 1, 2


def viewer(
    number: int, *, moderates: int | None = None, member: int | None = None, **more
) -> Viewer:
    inside = moderates or member
    mine = (
        MyCircle(inside, "a", "A", "hue-01", Visibility.OPEN, moderates is not None, now())
        if inside
        else None
    )
    return Viewer(id=number, circles=(mine,) if mine else (), **more)


PEOPLE = {
    "guest": GUEST,
    "outsider": viewer(1),
    "member": viewer(2, member=HERE),
    "author": viewer(3, member=HERE),
    "author who left": viewer(3),
    "suspended member": viewer(4, member=HERE, suspended=True),
    "suspended author": viewer(3, member=HERE, suspended=True),
    "moderator": viewer(5, moderates=HERE),
    "suspended moderator": viewer(5, moderates=HERE, suspended=True),
    "moderator elsewhere": viewer(6, moderates=ELSEWHERE),
    "staff": viewer(7, is_staff=True, staff_account=True),
    "staff without a fresh password": viewer(7, staff_account=True),
    "staff and a member": viewer(7, member=HERE, is_staff=True, staff_account=True),
}
OPEN = Place(HERE, Visibility.OPEN, author_id=3)
ALL = set(PEOPLE)
SUSPENDED = {"suspended member", "suspended author", "suspended moderator"}
MEMBERS = {
    "member",
    "author",
    "moderator",
    "staff and a member",
}
AUTHORS = {"author", "author who left"}
MODERATORS = {"moderator", "staff", "staff and a member"}
MAY = {
    Act.JOIN: ALL - {"guest"} - SUSPENDED,
    Act.LEAVE: MEMBERS | SUSPENDED,
    Act.OPEN_TOPIC: MEMBERS,
    Act.REPLY: MEMBERS,
    Act.EDIT: AUTHORS,
    Act.REMOVE: AUTHORS | {"suspended author"},
    Act.REPORT: ALL - {"guest"} - SUSPENDED,
    Act.HIDE: MODERATORS,
    Act.CLOSE: MODERATORS,
    Act.PIN: MODERATORS,
    Act.EDIT_CIRCLE: MODERATORS,
    Act.READ_REPORTS: MODERATORS,
}
TOLD = {
    Act.LEAVE: NotAMember,
    Act.OPEN_TOPIC: NotAMember,
    Act.REPLY: NotAMember,
    Act.EDIT: NotYours,
    Act.REMOVE: NotYours,
}
"""What somebody is told who is signed in, not suspended, and still may not; else ForModerators."""


def test_every_act_has_its_people_here():
    assert set(MAY) == set(Act) == set(CAN)


@pytest.mark.parametrize("act", Act, ids=str)
def test_exactly_these_people_may(act):
    assert {who for who, person in PEOPLE.items() if may(person, act, OPEN)} == MAY[act]


@pytest.mark.parametrize("act", Act, ids=str)
def test_a_guest_is_asked_to_sign_in_before_anything_else_for(act):
    assert isinstance(refusal(GUEST, act, OPEN), SignInFirst)


@pytest.mark.parametrize("act", Act, ids=str)
def test_whoever_may_not_is_told_why_when_trying(act):
    for who in ALL - MAY[act] - {"guest"} - SUSPENDED:
        with pytest.raises(TOLD.get(act, ForModerators)):
            require(PEOPLE[who], act, OPEN)
    for who in MAY[act]:
        require(PEOPLE[who], act, OPEN)


@pytest.mark.parametrize("act", [act for act in Act if not SUSPENDED & MAY[act]], ids=str)
def test_a_suspended_person_is_told_so_when_trying(act):
    for who in SUSPENDED:
        assert isinstance(refusal(PEOPLE[who], act, OPEN), Suspended)


@pytest.mark.parametrize("act", [Act.REPLY, Act.EDIT], ids=str)
@pytest.mark.parametrize("state", ["topic_closed", "topic_hidden"])
def test_in_a_locked_topic_only_moderators_go_on(act, state):
    locked = replace(OPEN, **{state: True})
    for who in MAY[act]:
        allowed = may(PEOPLE[who], act, locked)
        assert allowed is (who in MODERATORS)
        assert allowed or isinstance(refusal(PEOPLE[who], act, locked), TopicClosed)


@pytest.mark.parametrize("act", sorted(set(Act) - {Act.REPLY, Act.EDIT}))
def test_a_lock_changes_nothing_else_such_as(act):
    locked = replace(OPEN, topic_closed=True, topic_hidden=True)
    for person in PEOPLE.values():
        assert may(person, act, locked) is may(person, act, OPEN)


@pytest.mark.parametrize("visibility", [Visibility.APPROVAL, Visibility.SECRET])
def test_nobody_walks_into_a_circle_by_themselves_that_is(visibility):
    closed = replace(OPEN, visibility=visibility)
    for who in MAY[Act.JOIN]:
        assert isinstance(refusal(PEOPLE[who], Act.JOIN, closed), NoDoor)


def test_a_members_circle_can_be_joined_like_an_open_one():
    for person in PEOPLE.values():
        there = replace(OPEN, visibility=Visibility.MEMBERS)
        assert may(person, Act.JOIN, there) is may(person, Act.JOIN, OPEN)


@pytest.mark.parametrize("act", [Act.HIDE, Act.CLOSE, Act.PIN, Act.EDIT_CIRCLE, Act.READ_REPORTS])
@pytest.mark.parametrize(
    ("visibility", "reaches"),
    [
        (Visibility.OPEN, True),
        (Visibility.MEMBERS, True),
        (Visibility.APPROVAL, False),
        (Visibility.SECRET, False),
    ],
)
def test_staff_keep_order_in_broad_circles_only(act, visibility, reaches):
    there = replace(OPEN, visibility=visibility)
    assert may(PEOPLE["staff"], act, there) is reaches
    assert may(PEOPLE["staff and a member"], act, there) is reaches
    assert may(PEOPLE["moderator"], act, there)


def test_a_thing_without_an_author_is_nobodys_to_edit():
    """In a space there is a pseudonym, and a guest has no id either: None is not None's equal."""
    nobodys = replace(OPEN, author_id=None)
    for person in PEOPLE.values():
        assert not may(person, Act.EDIT, nobodys)
        assert not may(person, Act.REMOVE, nobodys)


def test_a_guest_who_slipped_past_the_door_is_no_author_either():
    assert author(GUEST, replace(OPEN, author_id=None)) is NotYours
