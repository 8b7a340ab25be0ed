"""Who asks: from a sign-in, or an account that a letter is for, to what policy knows of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum.accounts import actions
from forum.core import clock, seal
from forum.core.db import db, transaction
from forum.models.accounts import SignIn, User, UserState
from forum.models.circles import MembershipState, Role
from forum.policy import viewer as viewers
from forum.policy.viewer import GUEST, STAFF_PROOF
from tests.support import community
from tests.support.community import circle, join, person

pytestmark = pytest.mark.usefixtures("app_context")


def began(user: User) -> str:
    """Sign somebody in; the digest of their token."""
    return seal.plain_digest(actions.sign_in(user.address, community.PASSWORD, "192.0.2"))


def set_state(user: User, **values: object) -> None:
    with transaction() as session:
        session.execute(update(User).where(User.id == user.id).values(**values))


def test_a_guest_is_nobody():
    assert not GUEST.signed_in
    assert GUEST.circles == ()
    assert GUEST.circle(1) is None


def test_a_guest_has_no_user_id_to_write_down():
    with pytest.raises(TypeError):
        _ = GUEST.user_id


def test_a_viewer_knows_their_circles_by_name():
    ana = person("Ana")
    for slug in ("retail", "energy"):
        join(ana, circle(slug))
    assert [mine.slug for mine in community.viewer(ana).circles] == ["energy", "retail"]


def test_a_viewer_knows_where_they_moderate():
    ana = person("Ana")
    join(ana, circle("retail"), Role.MODERATOR)
    join(ana, circle("energy"))
    assert {mine.slug: mine.moderator for mine in community.viewer(ana).circles} == {
        "retail": True,
        "energy": False,
    }


@pytest.mark.parametrize("state", ["requested", "invited", "removed"])
def test_a_membership_counts_only_while_active_not_when(state):
    ana, retail = person("Ana"), circle("retail")
    join(ana, retail)
    assert community.viewer(ana).circle(retail.id)
    community.set_membership(ana, retail, MembershipState(state))
    assert community.viewer(ana).circle(retail.id) is None


def test_a_deleted_account_is_no_viewer():
    ana = person("Ana")
    assert viewers.for_user(ana.id)
    set_state(ana, state=UserState.DELETED, address=None)
    assert viewers.for_user(ana.id) is None


def test_a_sign_in_of_a_deleted_account_is_void():
    ana = person("Ana")
    token = began(ana)
    assert viewers.for_token(token)
    set_state(ana, state=UserState.DELETED, address=None)
    assert viewers.for_token(token) is None


def test_an_author_of_an_archive_is_no_viewer():
    ana = person("Ana")
    set_state(ana, state=UserState.UNCLAIMED, address=None, claim_digest="x")
    assert viewers.for_user(ana.id) is None


def test_a_suspended_person_is_let_in_and_marked():
    ana = person("Ana", suspended=True)
    assert community.viewer(ana).signed_in
    assert community.viewer(ana).suspended


def test_a_suspension_ends_when_it_said(held_clock):
    ana = person("Ana")
    community.suspend(ana, clock.now() + timedelta(hours=1))
    assert community.viewer(ana).suspended
    held_clock.forward(hours=1)
    assert not community.viewer(ana).suspended


def test_an_unknown_token_is_nobody():
    assert viewers.for_token("0" * 64) is None


def test_a_sign_in_lasts_to_the_end_of_its_last_day(held_clock):
    token = began(person("Ana"))
    held_clock.forward(days=20)
    assert viewers.for_token(token)
    held_clock.forward(days=1)
    assert viewers.for_token(token) is None


def test_staff_who_just_gave_their_password_act_as_staff():
    token = began(person("Ana", staff=True))
    assert viewers.for_token(token).viewer.is_staff


def test_staff_act_as_staff_for_an_hour_only(held_clock):
    token = began(person("Ana", staff=True))
    held_clock.forward(minutes=59, seconds=59)
    assert viewers.for_token(token).viewer.is_staff
    held_clock.set(clock.now() + timedelta(seconds=1))
    viewer = viewers.for_token(token).viewer
    assert not viewer.is_staff
    assert viewer.staff_account
    assert timedelta(hours=1) == STAFF_PROOF


def test_a_fresh_password_makes_nobody_staff():
    ana = person("Ana")
    token = began(ana)
    with transaction() as session:
        session.execute(update(SignIn).values(proved_at=clock.now()))
    assert not viewers.for_token(token).viewer.is_staff


def test_whoever_is_no_longer_staff_loses_it_at_once():
    ana = person("Ana", staff=True)
    token = began(ana)
    assert viewers.for_token(token).viewer.is_staff
    set_state(ana, is_staff=False)
    assert not viewers.for_token(token).viewer.is_staff


def test_a_letter_is_never_written_with_staffs_eyes_unasked():
    ana = person("Ana", staff=True)
    assert not viewers.for_user(ana.id).is_staff
    assert viewers.for_user(ana.id, staff_proved=True).is_staff


def test_the_token_itself_is_not_stored():
    ana = person("Ana")
    digest = began(ana)
    stored = db.session.execute(select(SignIn.token_digest)).scalar_one()
    assert stored == digest
    assert len(stored) == 64
