"""What moderators, askers and the invited are told, as long as it is so, and nobody else."""

import pytest

from forum.circles import actions as circles
from forum.models.circles import Role, Visibility
from forum.models.notifications import Kind, Level
from forum.notifications import actions
from forum.notifications.queries import unread_count
from tests.notifications.conftest import how_many_rows
from tests.support import community

DOOR, SHED = "door", "shed"


@pytest.fixture
def doors(scene):
    """Dora and Cem moderate an approval and a secret circle."""
    for slug, kind in ((DOOR, Visibility.APPROVAL), (SHED, Visibility.SECRET)):
        here = community.circle(slug, kind)
        for one in (scene.dora, scene.cem):
            community.join(one, here, Role.MODERATOR)
    return scene


def told(scene, name: str) -> list[Kind]:
    """What the page says of doors; the bell rings for just that."""
    found = scene.list(name).doors
    assert unread_count(scene.reads(name)) == len([one for one in found if one.is_unread])
    return [one.kind for one in found]


def ask(scene, name: str, note: str = "Please.") -> None:
    circles.ask(scene.reads(name), DOOR, note)


class TestAsking:
    def test_its_moderators_are_told(self, doors):
        ask(doors, "ana")
        assert told(doors, "dora") == told(doors, "cem") == [Kind.ASKED]
        (notice,) = doors.list("dora").doors
        assert (notice.asking, notice.url) == (1, f"/c/{DOOR}/requests")
        assert told(doors, "ana") == told(doors, "ben") == []

    def test_is_one_notice_however_many_ask(self, doors):
        ask(doors, "ana")
        actions.mark_all_read(doors.reads("dora"))
        ask(doors, "ben")
        (notice,) = doors.list("dora").doors
        assert (notice.asking, notice.is_unread) == (2, True)

    def test_once_more_with_another_note_is_no_news(self, doors):
        ask(doors, "ana")
        actions.mark_all_read(doors.reads("dora"))
        ask(doors, "ana", "Please!")
        assert not doors.list("dora").doors[0].is_unread

    def test_is_told_only_while_they_moderate(self, doors):
        ask(doors, "ana")
        community.join(doors.cem, community.find(DOOR), Role.MEMBER)
        assert told(doors, "cem") == []
        assert told(doors, "dora") == [Kind.ASKED]

    def test_is_not_told_to_whoever_muted_the_circle(self, doors):
        doors.follows_circle("cem", Level.MUTED, DOOR)
        ask(doors, "ana")
        assert told(doors, "cem") == []
        assert told(doors, "dora") == [Kind.ASKED]

    @pytest.mark.parametrize("end", ["taken back", "accepted", "declined", "account closed"])
    def test_is_told_no_more_once_nobody_does(self, doors, end):
        from forum.accounts.actions.closing import close_account

        ask(doors, "ana")
        ask(doors, "ben")
        circles.take_back(doors.reads("ben"), DOOR)
        assert told(doors, "dora") == [Kind.ASKED]
        dora, hers = doors.reads("dora"), doors.ana.public_id
        {
            "taken back": lambda: circles.take_back(doors.reads("ana"), DOOR),
            "accepted": lambda: circles.accept(dora, DOOR, hers),
            "declined": lambda: circles.decline(dora, DOOR, hers, "Not yet."),
            "account closed": lambda: close_account(doors.ana.id),
        }[end]()
        assert told(doors, "dora") == told(doors, "cem") == []


class TestTheAnswer:
    def test_is_told_to_the_asker(self, doors):
        ask(doors, "ana")
        ask(doors, "ben")
        circles.accept(doors.reads("dora"), DOOR, doors.ana.public_id)
        circles.decline(doors.reads("dora"), DOOR, doors.ben.public_id, "Not yet.")
        assert (told(doors, "ana"), told(doors, "ben")) == ([Kind.LET_IN], [Kind.DECLINED])
        assert doors.list("ana").doors[0].url == f"/c/{DOOR}"
        assert doors.list("ben").doors[0].url == f"/c/{DOOR}/about"

    def test_by_an_invitation_too(self, doors):
        ask(doors, "ana")
        circles.invite(doors.reads("dora"), DOOR, "ana")
        assert told(doors, "ana") == [Kind.LET_IN]

    def test_is_gone_with_whoever_leaves(self, doors):
        ask(doors, "ana")
        circles.accept(doors.reads("dora"), DOOR, doors.ana.public_id)
        before = how_many_rows()
        circles.leave(doors.reads("ana"), DOOR)
        assert told(doors, "ana") == []
        assert how_many_rows() == before - 1

    def test_names_no_circle_that_is_secret_now(self, doors):
        ask(doors, "ana")
        circles.decline(doors.reads("dora"), DOOR, doors.ana.public_id, "Not yet.")
        circles.set_visibility(DOOR, Visibility.SECRET)
        assert told(doors, "ana") == []


class TestAnInvitation:
    def test_is_told_to_the_invited_alone(self, doors):
        circles.invite(doors.reads("dora"), SHED, "ana")
        assert told(doors, "ana") == [Kind.INVITED]
        assert doors.list("ana").doors[0].url == f"/c/{SHED}/about"
        for name in ("ben", "cem", "dora"):
            assert told(doors, name) == []

    @pytest.mark.parametrize("end", ["taken back", "turned down", "followed", "in and out again"])
    def test_is_told_only_while_it_stands(self, doors, end):
        circles.invite(doors.reads("dora"), SHED, "ana")
        ana, before = doors.reads("ana"), how_many_rows()
        if end == "taken back":
            circles.withdraw(doors.reads("dora"), SHED, doors.ana.public_id)
        elif end == "turned down":
            circles.turn_down(ana, SHED)
        else:
            circles.follow(ana, SHED)
        if end == "in and out again":
            circles.send_away(doors.reads("dora"), SHED, doors.ana.public_id, "Loud.")
        assert told(doors, "ana") == []
        assert how_many_rows() == before - 1

    def test_is_told_to_whoever_is_let_back(self, doors):
        community.join(doors.ana, community.find(SHED))
        circles.send_away(doors.reads("dora"), SHED, doors.ana.public_id, "Loud.")
        assert told(doors, "ana") == []
        circles.let_back(doors.reads("dora"), SHED, doors.ana.public_id)
        assert told(doors, "ana") == [Kind.INVITED]


class TestThePage:
    def page(self, client, doors, name: str) -> str:
        community.sign_in(client, getattr(doors, name))
        return client.get("/notices").text

    def test_says_who_asks_by_number(self, client, doors):
        ask(doors, "ana")
        ask(doors, "ben")
        assert "2 people ask to be let into <bdi>Door</bdi>" in self.page(client, doors, "dora")

    def test_tells_the_invited(self, client, doors):
        circles.invite(doors.reads("dora"), SHED, "ana")
        page = self.page(client, doors, "ana")
        assert "You are invited into <bdi>Shed</bdi>" in page
        assert "Mark all as read" in page

    def test_tells_the_declined_where_the_reason_is(self, client, doors):
        ask(doors, "ana")
        circles.decline(doors.reads("dora"), DOOR, doors.ana.public_id, "Not yet.")
        assert "You were not let into <bdi>Door</bdi>: read why" in self.page(client, doors, "ana")
        assert "Not yet." in client.get(f"/c/{DOOR}/about").text
