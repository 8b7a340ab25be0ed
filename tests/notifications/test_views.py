import re
from html import unescape

import pytest

from forum.models.notifications import Level
from tests.support import community

WATCH = {"topic": "/t/{topic}/watch", "circle": "/c/retail/watch"}


@pytest.fixture
def anas(client, scene):
    community.sign_in(client, scene.ana)
    return client


def send(client, url: str, **words: str):
    return client.post(url, data=words | {"csrf_token": community.csrf(client)})


def undo_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the button of the line that says what was done leads, and what it sends."""
    form = next(part for part in page.split("<form")[1:] if ">Undo<" in part.split("</form>")[0])
    fields = dict(re.findall(r'name="(level|next)" value="([^"]*)"', form))
    return re.search('action="([^"]*)"', form)[1], {k: unescape(v) for k, v in fields.items()}


class TestTheBell:
    def test_stands_on_every_page_of_a_member_with_a_number(self, anas, scene):
        scene.answers("ben", scene.opens("ana"))
        page = anas.get("/circles").text
        assert 'href="/notices"' in page
        assert "<b>1</b>" in page

    def test_without_one_when_nothing_is_new(self, anas, scene):
        page = anas.get("/circles").text
        assert 'href="/notices"' in page
        assert "<b>" not in page.split("</header>")[0]

    def test_does_not_ring_for_what_is_on_the_screen(self, anas, scene):
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        assert "<b>1</b>" not in anas.get(f"/t/{topic}").text.split("</header>")[0]

    def test_not_for_guests(self, client, scene):
        assert "/notices" not in client.get("/").text

    def test_an_error_page_asks_nothing(self, anas, scene):
        scene.answers("ben", scene.opens("ana"))
        answer = anas.get("/nothing-here")
        assert answer.status_code == 404
        assert "<b>1</b>" not in answer.text


class TestThePage:
    def test_says_what_to_do_when_it_is_empty(self, anas):
        assert "Nobody has called you" in anas.get("/notices").text

    def test_says_why_somebody_was_told(self, anas, scene):
        scene.answers("ben", scene.opens("ana"), "Ours ended.")
        page = anas.get("/notices").text
        assert "<bdi>Ben</bdi> answered you" in page
        assert "Ours ended." in page

    def test_marks_one_topic_read(self, anas, scene):
        topic, other = scene.opens("ana"), scene.opens("ana")
        for each in (topic, other):
            scene.answers("ben", each)
        assert send(anas, f"/notices/{topic}/read").location == "/notices"
        assert scene.unread("ana") == 1

    def test_or_all(self, anas, scene):
        scene.answers("ben", scene.opens("ana"))
        send(anas, "/notices/read")
        assert scene.unread("ana") == 0

    def test_a_topic_one_was_not_told_of_is_not_there(self, anas, scene):
        for topic in (scene.opens("ben"), "zzzzzzzzzzzz"):
            assert send(anas, f"/notices/{topic}/read").status_code == 404

    def test_mutes_with_a_way_back(self, anas, scene):
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        done = send(anas, f"/t/{topic}/watch", level="muted", next="/notices")
        assert done.location == "/notices"
        url, back = undo_of(anas.get("/notices").text)
        assert send(anas, url, **back).location == "/notices"
        assert scene.level("ana", topic) is Level.WATCHING

    def test_the_way_back_keeps_all_of_an_address(self, anas, scene):
        topic = scene.opens("ana")
        here = f"/t/{topic}?view=time&from={topic}"
        send(anas, f"/t/{topic}/watch", level="muted", next=here)
        url, back = undo_of(anas.get("/notices").text)
        assert send(anas, url, **back).location == here


class TestFollowing:
    @pytest.mark.parametrize("place", WATCH)
    @pytest.mark.parametrize("level", Level)
    def test_each_level_is_chosen_and_shown(self, anas, scene, place, level):
        url = WATCH[place].format(topic=scene.opens("ben"))
        assert send(anas, url, level=level).location == url.removesuffix("/watch")
        page = anas.get(url.removesuffix("/watch")).text
        assert f'value="{level}" aria-pressed="true"' in page
        assert "You chose this." in page

    @pytest.mark.parametrize("place", WATCH)
    def test_the_way_back_from_a_first_choice_is_none(self, anas, scene, place):
        url = WATCH[place].format(topic=scene.opens("ben"))
        send(anas, url, level="muted")
        assert undo_of(anas.get(url.removesuffix("/watch")).text)[0] == f"{url}/end"
        send(anas, f"{url}/end")
        assert "As for everything" in anas.get(url.removesuffix("/watch")).text

    @pytest.mark.parametrize("place", WATCH)
    @pytest.mark.parametrize("level", ["", "loud", "MUTED"])
    def test_no_other_level_is_known(self, anas, scene, place, level):
        url = WATCH[place].format(topic=scene.opens("ben"))
        assert send(anas, url, level=level).status_code == 404

    def test_it_leads_to_no_other_site(self, anas, scene):
        topic = scene.opens("ben")
        done = send(anas, f"/t/{topic}/watch", level="muted", next="https://evil.example/")
        assert done.location == f"/t/{topic}"

    def test_guests_see_no_menu(self, client, scene):
        assert "/watch" not in client.get(f"/t/{scene.opens('ben')}").text


class TestLists:
    """What the levels do to the marks beside topics."""

    def tally(self, client) -> str:
        row = client.get("/c/retail").text.split('class="topics"')[1]
        return row.split("</li>")[0]

    def test_a_muted_topic_has_no_mark(self, anas, scene):
        topic = scene.opens("ben")
        assert "new-mark" in self.tally(anas)
        scene.follows("ana", topic, Level.MUTED)
        assert "new-mark" not in self.tally(anas)
        assert scene.opens("ben")
        assert "new-mark" in self.tally(anas)

    def test_nor_anything_in_a_muted_circle(self, anas, scene):
        scene.opens("ben")
        scene.follows_circle("ana", Level.MUTED)
        assert "new-mark" not in self.tally(anas)
        assert "Unread" not in anas.get("/").text

    def test_nor_after_it_was_read(self, anas, scene):
        topic = scene.opens("ben")
        anas.get(f"/t/{topic}")
        scene.answers("ben", topic)
        assert "1 new" in self.tally(anas)
        scene.follows("ana", topic, Level.MUTED)
        assert "new-mark" not in self.tally(anas)

    @pytest.mark.parametrize("level", [Level.TRACKING, Level.WATCHING])
    def test_a_tracked_one_says_how_much_is_unread(self, anas, scene, level):
        topic = scene.opens("ben")
        scene.answers("ben", topic)
        assert "2 new" not in self.tally(anas)
        scene.follows("ana", topic, level)
        assert "2 new" in self.tally(anas)

    def test_so_in_a_tracked_circle(self, anas, scene):
        scene.answers("ben", scene.opens("ben"))
        scene.follows_circle("ana", Level.TRACKING)
        assert "2 new" in self.tally(anas)

    def test_a_muted_topic_does_not_wait_for_their_answer(self, anas, scene):
        topic = scene.opens("ben")
        assert "Waiting for a first answer" in anas.get("/").text
        scene.follows("ana", topic, Level.MUTED)
        assert "Waiting for a first answer" not in anas.get("/").text


def test_people_come_as_json(anas, scene):
    answer = anas.get("/c/retail/names?q=b")
    assert answer.json == [{"name": "Ben", "handle": "ben"}]
    assert "no-store" in answer.headers["Cache-Control"]
