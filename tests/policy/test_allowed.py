"""Who may do what: for each act the people who may, and for the rest the reason they are told.

The place and the people are the same for every act; only the act changes, and the person.
"""

from dataclasses import replace

import pytest

from forum.core.clock import now
from forum.core.errors import ForumError
from forum.models.circles import Visibility
from forum.policy.allowed import (
    CAN,
    Act,
    ForModerators,
    HasNoLock,
    InSpace,
    NoDoor,
    NotAMember,
    NotInSpaces,
    NotYours,
    Place,
    ReadOnly,
    SignInFirst,
    Suspended,
    TopicClosed,
    may,
    refusal,
    require,
)
from forum.policy.viewer import GUEST, MyCircle, Viewer

HERE, ELSEWHERE = 1, 2


def nobody(_abilities):
    """Whom a space without a sanction bars."""


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
OPEN = Place(HERE, Visibility.OPEN)
ASKED_AT = replace(OPEN, visibility=Visibility.APPROVAL)
PLACES = {Act.ASK: ASKED_AT, Act.INVITE: ASKED_AT}
"""Where an act is done that has no place in an open circle."""
ALL = set(PEOPLE)
SUSPENDED = {"suspended member", "suspended author", "suspended moderator"}
MEMBERS = {
    "member",
    "author",
    "moderator",
    "staff and a member",
}
AUTHORS = {"author", "author who left"}
WROTE_IT = AUTHORS | {"suspended author"}
MODERATORS = {"moderator", "staff", "staff and a member"}
MAY = {
    Act.JOIN: ALL - {"guest"} - SUSPENDED,
    Act.LEAVE: MEMBERS | SUSPENDED,
    Act.ASK: ALL - {"guest"} - SUSPENDED,
    Act.COME: ALL - {"guest"} - SUSPENDED,
    Act.DECIDE: MODERATORS,
    Act.INVITE: {"moderator"},
    Act.OPEN_TOPIC: MEMBERS,
    Act.REPLY: MEMBERS,
    Act.EDIT: {"author"},
    Act.REMOVE: AUTHORS | {"suspended author"},
    Act.REPORT: ALL - {"guest"} - SUSPENDED,
    Act.REACT: MEMBERS,
    Act.FOLLOW: ALL - {"guest"},
    Act.ACCEPT: AUTHORS,
    Act.SAVE: ALL - {"guest"},
    Act.HIDE: MODERATORS,
    Act.CLOSE: MODERATORS,
    Act.PIN: MODERATORS,
    Act.EDIT_CIRCLE: MODERATORS,
    Act.SANCTION: MODERATORS,
    Act.READ_REPORTS: MODERATORS,
}
TOLD = {
    Act.LEAVE: NotAMember,
    Act.OPEN_TOPIC: NotAMember,
    Act.REPLY: NotAMember,
    Act.REACT: NotAMember,
    Act.EDIT: NotYours,
    Act.ACCEPT: NotYours,
    Act.REMOVE: NotYours,
}
"""What somebody is told who is signed in, not suspended, and still may not; else ForModerators."""


TOLD_OF_THEIRS = TOLD | {Act.EDIT: NotAMember}
"""The same for whoever wrote the post."""


def tries(who: str, act: Act, place: Place | None = None) -> ForumError | None:
    """Why somebody may not, or None: the post is theirs if they are who wrote it."""
    where = place or PLACES.get(act, OPEN)
    return refusal(PEOPLE[who], act, replace(where, mine=who in WROTE_IT))


def test_every_act_has_its_people_here():
    assert set(MAY) == set(Act) == set(CAN)


@pytest.mark.parametrize("act", Act, ids=str)
def test_exactly_these_people_may(act):
    assert {who for who in PEOPLE if not tries(who, act)} == MAY[act]


@pytest.mark.parametrize("act", Act, ids=str)
def test_a_guest_is_asked_to_sign_in_before_anything_else_for(act):
    assert isinstance(tries("guest", act), SignInFirst)


@pytest.mark.parametrize("act", Act, ids=str)
def test_whoever_may_not_is_told_why_when_trying(act):
    for who in ALL - MAY[act] - {"guest"} - SUSPENDED:
        told = (TOLD_OF_THEIRS if who in WROTE_IT else TOLD).get(act, ForModerators)
        assert isinstance(tries(who, act), told)


def test_where_no_author_is_left_moderators_say_what_answered():
    gone = replace(OPEN, author_gone=True)
    may_say = {who for who, viewer in PEOPLE.items() if may(viewer, Act.ACCEPT, gone)}
    assert may_say == MODERATORS
    assert isinstance(refusal(PEOPLE["member"], Act.ACCEPT, gone), ForModerators)


def test_a_refusal_is_raised_and_a_leave_is_silent():
    with pytest.raises(NotYours):
        require(PEOPLE["member"], Act.EDIT, OPEN)
    require(PEOPLE["author"], Act.EDIT, replace(OPEN, mine=True))
    assert may(PEOPLE["author"], Act.EDIT, replace(OPEN, mine=True))
    assert not may(PEOPLE["member"], Act.EDIT, OPEN)


@pytest.mark.parametrize("act", [act for act in Act if not SUSPENDED & MAY[act]], ids=str)
def test_a_suspended_person_is_told_so_when_trying(act):
    for who in SUSPENDED:
        assert isinstance(tries(who, act), Suspended)


@pytest.mark.parametrize("act", [Act.REPLY, Act.EDIT, Act.REACT], ids=str)
@pytest.mark.parametrize("state", ["topic_closed", "topic_hidden"])
def test_in_a_locked_topic_only_moderators_go_on(act, state):
    locked = replace(OPEN, **{state: True})
    for who in MAY[act]:
        error = tries(who, act, locked)
        assert (error is None) is (who in MODERATORS)
        assert error is None or isinstance(error, TopicClosed)


@pytest.mark.parametrize("act", sorted(set(Act) - {Act.REPLY, Act.EDIT, Act.REACT}))
def test_a_lock_changes_nothing_else_such_as(act):
    locked = replace(PLACES.get(act, OPEN), topic_closed=True, topic_hidden=True)
    for who in PEOPLE:
        assert type(tries(who, act, locked)) is type(tries(who, act))


@pytest.mark.parametrize("visibility", [Visibility.APPROVAL, Visibility.SECRET])
def test_nobody_walks_into_a_circle_by_themselves_that_is(visibility):
    closed = replace(OPEN, visibility=visibility)
    for who in MAY[Act.JOIN]:
        assert isinstance(tries(who, Act.JOIN, closed), NoDoor)


@pytest.mark.parametrize("visibility", [Visibility.OPEN, Visibility.MEMBERS, Visibility.SECRET])
def test_only_at_an_approval_circle_one_asks_not_where_it_is(visibility):
    there = replace(OPEN, visibility=visibility)
    for who in MAY[Act.ASK]:
        assert isinstance(tries(who, Act.ASK, there), NoDoor)


@pytest.mark.parametrize("visibility", [Visibility.OPEN, Visibility.MEMBERS])
def test_nobody_is_invited_where_everybody_can_walk_in_as_where_it_is(visibility):
    there = replace(OPEN, visibility=visibility)
    assert isinstance(tries("moderator", Act.INVITE, there), HasNoLock)
    assert isinstance(tries("member", Act.INVITE, there), ForModerators)


def test_moderators_invite_into_a_secret_circle():
    there = replace(OPEN, visibility=Visibility.SECRET)
    assert {who for who in PEOPLE if not tries(who, Act.INVITE, there)} == MAY[Act.INVITE]


def test_a_members_circle_can_be_joined_like_an_open_one():
    for who in PEOPLE:
        there = replace(OPEN, visibility=Visibility.MEMBERS)
        assert type(tries(who, Act.JOIN, there)) is type(tries(who, Act.JOIN))


@pytest.mark.parametrize(
    "act",
    [Act.HIDE, Act.CLOSE, Act.PIN, Act.EDIT_CIRCLE, Act.READ_REPORTS, Act.DECIDE],
)
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
    assert (tries("staff", act, there) is None) is reaches
    assert (tries("staff and a member", act, there) is None) is reaches
    assert tries("moderator", act, there) is None


@pytest.mark.parametrize("act", [Act.EDIT, Act.REMOVE], ids=str)
def test_what_is_not_said_to_be_theirs_is_nobodys_to_change(act):
    for person in PEOPLE.values():
        assert not may(person, act, Place(HERE, Visibility.OPEN))


class TestInASpace:
    """Its own moderators keep order there; a role in the circle or on the staff is none."""

    THERE = replace(OPEN, space=InSpace(moderates=False, read_only=False, barred=nobody))
    MODERATED = replace(OPEN, space=InSpace(moderates=True, read_only=False, barred=nobody))
    READ_ONLY = replace(OPEN, space=InSpace(moderates=True, read_only=True, barred=nobody))

    @pytest.mark.parametrize("act", [Act.HIDE, Act.CLOSE], ids=str)
    def test_moderators_of_the_circle_and_staff_do_not(self, act):
        for who in MODERATORS:
            assert isinstance(tries(who, act, self.THERE), ForModerators)

    @pytest.mark.parametrize("act", [Act.HIDE, Act.CLOSE], ids=str)
    def test_moderators_of_the_space_do(self, act):
        assert tries("member", act, self.MODERATED) is None

    def test_nothing_is_pinned(self):
        """What stands on top would stand out of its day's shuffle."""
        assert isinstance(tries("member", Act.PIN, self.MODERATED), NotInSpaces)

    @pytest.mark.parametrize("act", [Act.OPEN_TOPIC, Act.REPLY], ids=str)
    def test_one_that_is_not_mixed_enough_is_only_read_by_all_for(self, act):
        assert tries("member", act, self.THERE) is None
        assert isinstance(tries("member", act, self.READ_ONLY), ReadOnly)

    def test_ones_own_words_can_still_be_taken_back_there(self):
        assert tries("author", Act.REMOVE, self.READ_ONLY) is None

    @pytest.mark.parametrize("act", [Act.REPLY, Act.EDIT, Act.REACT], ids=str)
    @pytest.mark.parametrize("state", ["topic_closed", "topic_hidden"])
    def test_a_locked_topic_is_closed_to_everybody_its_moderators_too_for(self, act, state):
        for place in (self.THERE, self.MODERATED):
            locked = replace(place, **{state: True})
            for who in MAY[Act.REPLY] & (MAY[act] if act is Act.EDIT else ALL):
                assert isinstance(tries(who, act, locked), TopicClosed)
