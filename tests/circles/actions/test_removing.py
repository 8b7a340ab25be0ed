import pytest

from forum.circles import actions, queries
from forum.circles.actions import DecidedAlready
from forum.circles.actions.removing import NotThem
from forum.core.errors import NotThere
from forum.models.circles import MembershipState, Role, Visibility
from forum.policy.allowed import ForModerators, NoDoor
from tests.circles.conftest import member_count, membership
from tests.support import community, spaces

EVERYWHERE = pytest.mark.parametrize("kind", list(Visibility))


@pytest.fixture
def inside(scene):
    """Ana is in every circle."""
    for circle in scene.circles.values():
        community.join(scene.ana, circle)
    return scene


def sends_ana_away(scene, kind=Visibility.OPEN, reason="Too loud."):
    actions.send_away(scene.reads("dora"), f"{kind}-circle", scene.ana.public_id, reason)


@EVERYWHERE
def test_who_is_sent_away_is_out_and_reads_why(inside, kind):
    sends_ana_away(inside, kind)
    row = membership(inside.ana, inside.circles[kind])
    assert (row.state, row.words) == (MembershipState.REMOVED, "Too loud.")
    assert member_count(f"{kind}-circle") == 1
    there = queries.standing(inside.reads("ana"), inside.circles[kind].id)
    assert (there.words, there.is_nameless) == ("Too loud.", kind is Visibility.SECRET)


def test_of_a_secret_circle_they_are_told_no_name(inside):
    sends_ana_away(inside, Visibility.SECRET)
    assert "secret-circle" not in {card.slug for card in queries.directory(inside.reads("ana"))}


def test_they_leave_the_private_space_too(inside):
    here = spaces.space(inside.circles[Visibility.OPEN])
    spaces.enter(here, inside.ana, employer="Northwind")
    sends_ana_away(inside)
    with pytest.raises(NotThere):
        spaces.seen(inside.ana, here)


def test_they_do_not_come_back_by_themselves(inside):
    sends_ana_away(inside)
    with pytest.raises(NoDoor):
        actions.join(inside.reads("ana"), "open-circle")


@EVERYWHERE
def test_let_back_they_come_when_they_like(inside, kind):
    sends_ana_away(inside, kind)
    actions.let_back(inside.reads("dora"), f"{kind}-circle", inside.ana.public_id)
    row = membership(inside.ana, inside.circles[kind])
    assert (row.state, row.words) == (MembershipState.INVITED, None)
    assert member_count(f"{kind}-circle") == 1
    actions.follow(inside.reads("ana"), f"{kind}-circle")
    assert member_count(f"{kind}-circle") == 2


def test_who_is_let_back_into_an_open_circle_may_just_join(inside):
    sends_ana_away(inside)
    actions.let_back(inside.reads("dora"), "open-circle", inside.ana.public_id)
    actions.join(inside.reads("ana"), "open-circle")
    assert member_count("open-circle") == 2


def test_who_is_not_sent_away_is_not_let_back(inside):
    with pytest.raises(DecidedAlready):
        actions.let_back(inside.reads("dora"), "open-circle", inside.ana.public_id)


def test_a_moderator_is_not_sent_away_by_another(inside):
    community.join(inside.ana, inside.circles[Visibility.OPEN], Role.MODERATOR)
    with pytest.raises(NotThem):
        sends_ana_away(inside)
    with pytest.raises(NotThem):
        actions.send_away(inside.reads("dora"), "open-circle", inside.dora.public_id, "Me.")
    assert member_count("open-circle") == 2


def test_twice_is_once(inside):
    sends_ana_away(inside)
    with pytest.raises(NotThem):
        sends_ana_away(inside, reason="Again.")
    assert member_count("open-circle") == 1


def test_members_send_nobody_away(inside):
    with pytest.raises(ForModerators):
        actions.send_away(inside.reads("ana"), "open-circle", inside.dora.public_id, "No.")


def test_whoever_was_never_here_is_not_there(scene):
    with pytest.raises(NotThere):
        sends_ana_away(scene)


def wrote(scene, kind=Visibility.OPEN):
    return community.topic(scene.ana, scene.circles[kind], "Loud", "LOUD")


def leaves(scene, kind=Visibility.OPEN):
    actions.leave(scene.reads("ana"), f"{kind}-circle")


@EVERYWHERE
def test_who_wrote_and_left_is_kept_out_too(inside, kind):
    wrote(inside, kind)
    leaves(inside, kind)
    sends_ana_away(inside, kind)
    row = membership(inside.ana, inside.circles[kind])
    assert (row.state, row.words) == (MembershipState.REMOVED, "Too loud.")
    assert member_count(f"{kind}-circle") == 1


def test_kept_out_they_do_not_come_back_by_themselves(inside):
    wrote(inside)
    leaves(inside)
    sends_ana_away(inside)
    with pytest.raises(NoDoor):
        actions.join(inside.reads("ana"), "open-circle")


def test_who_left_and_asks_again_is_kept_out_too(inside):
    wrote(inside, Visibility.APPROVAL)
    leaves(inside, Visibility.APPROVAL)
    actions.ask(inside.reads("ana"), "approval-circle", "Me again.")
    sends_ana_away(inside, Visibility.APPROVAL)
    row = membership(inside.ana, inside.circles[Visibility.APPROVAL])
    assert (row.state, row.words) == (MembershipState.REMOVED, "Too loud.")


def test_who_left_without_a_word_is_not_there(inside):
    leaves(inside)
    with pytest.raises(NotThere):
        sends_ana_away(inside)


def test_what_was_written_elsewhere_keeps_nobody_out_here(inside):
    wrote(inside, Visibility.MEMBERS)
    leaves(inside)
    with pytest.raises(NotThere):
        sends_ana_away(inside)


def test_what_was_written_in_the_space_keeps_nobody_out(inside):
    """Nobody could know who it was."""
    here = spaces.space(inside.circles[Visibility.OPEN])
    spaces.enter(here, inside.ana, employer="Northwind")
    spaces.sealed_topic(inside.ana, here)
    leaves(inside)
    with pytest.raises(NotThere):
        sends_ana_away(inside)


def test_who_was_sent_away_is_not_kept_out_once_more(inside):
    wrote(inside)
    sends_ana_away(inside)
    with pytest.raises(NotThem):
        sends_ana_away(inside, reason="Again.")


def test_members_keep_nobody_out(inside):
    wrote(inside)
    leaves(inside)
    community.join(someone := community.person("Ben"), inside.circles[Visibility.OPEN])
    with pytest.raises(ForModerators):
        actions.send_away(
            community.viewer(someone), "open-circle", inside.ana.public_id, "Too loud."
        )
