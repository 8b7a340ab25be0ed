"""Reactions in a private space: one's own to each, how many to the author alone."""

import re

import pytest
from flask.testing import FlaskClient

from forum.models.discussions import ReactionKind
from tests.journeys.space_walk import ask
from tests.support import community
from tests.support.space_people import PLENTY, Space

WITH_YOU, BEEN_THERE = ReactionKind.WITH_YOU, ReactionKind.BEEN_THERE
VIEWS = ("/t/{0}", "/t/{0}?view=time", "/p/{0}", "/p/{1}", "/p/{1}/reply", "/s/{2}")


@pytest.fixture
def space(app, held_clock) -> Space:
    members = dict(zip(("Ana", "Cem", "Dora", "Eva", "Mod"), PLENTY, strict=False))
    space = Space.founded(app, members)
    space.appoint("Mod")
    return space


@pytest.fixture
def posts(space) -> list[str]:
    topic = space.tell("Ana", "It failed", "We failed.")
    return [topic, space.reply("Ana", topic, "And once more.")]


def left(space: Space, post: str) -> None:
    space.react("Cem", post, WITH_YOU)
    space.react("Dora", post, WITH_YOU)
    space.react("Dora", post, BEEN_THERE)


def test_its_author_is_told_how_many(space, posts):
    ana = space.client("Ana")
    assert counts(ana, posts[0]) == []
    for post in posts:
        left(space, post)
    assert counts(ana, posts[0]) == [("2", "1"), ("2", "1")]


@pytest.mark.parametrize("who", ["Eva", "Mod"])
def test_to_everybody_else_pages_are_as_if_there_were_none(space, posts, who):
    client = space.client(who)
    paths = [path.format(*posts, space.public_id) for path in VIEWS]
    for _visit in range(2):  # what is new is marked on the first
        before = [ask(client, path) for path in paths]
    for post in posts:
        left(space, post)
    for path, earlier in zip(paths, before, strict=True):
        assert earlier[0] == 200
        assert ask(client, path) == earlier, path


def test_who_left_one_sees_their_own_and_no_more(space, posts):
    cem = space.client("Cem")
    cem.get(f"/t/{posts[0]}")
    press(cem, posts[0], WITH_YOU)
    alone = ask(cem, f"/t/{posts[0]}")
    assert alone[2].count('aria-pressed="true"') == 1
    space.react("Dora", posts[0], WITH_YOU)
    space.react("Dora", posts[0], BEEN_THERE)
    assert ask(cem, f"/t/{posts[0]}") == alone


def test_a_second_click_takes_it_back(space, posts):
    cem = space.client("Cem")
    for pressed in (1, 0):
        press(cem, posts[0], WITH_YOU)
        assert cem.get(f"/t/{posts[0]}").text.count('aria-pressed="true"') == pressed
    assert counts(space.client("Ana"), posts[0]) == []


def test_ones_own_post_takes_none(space, posts):
    ana = space.client("Ana")
    assert press(ana, posts[0], WITH_YOU) == 403
    assert counts(ana, posts[0]) == []


def press(client: FlaskClient, post: str, kind: ReactionKind) -> int:
    sent = {"csrf_token": community.csrf(client), "kind": kind.value}
    return client.post(f"/p/{post}/reactions", data=sent).status_code


def counts(client: FlaskClient, topic: str) -> list[tuple[str, str]]:
    told = r"Only you see this: With you (\d+) · Been there (\d+)"
    return re.findall(told, client.get(f"/t/{topic}").text)
