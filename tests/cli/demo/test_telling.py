"""Retail's space in the demo is a real one: who works together finds no trace of the other."""

import re
from dataclasses import replace
from html import unescape
from itertools import combinations

import pytest
from sqlalchemy import select

from forum.cli.demo import content
from forum.cli.demo.community import Community
from forum.cli.demo.parsing import parse_topic
from forum.core import clock
from forum.core.db import db
from forum.models.circles import Role
from forum.models.spaces import Space, SpaceMember
from forum.policy import workplaces
from forum.policy.visible import Reason, unscoped
from forum.spaces.guardians import LEAST, guardians
from tests.accounts.conftest import account_of
from tests.cli.outbox import command
from tests.support import community as people

LINK = re.compile(r'href="(/[^"#]*)')
GARBAGE = re.compile(r"<[^>]+>|\W+")
NO_PAGE = re.compile(r"/(assets|avatars|dev|elsewhere|p)/|/c/(?!retail)|.*fold=")
"""Neither pages of a post, which show parts of its topic's page again, nor of other circles."""
MARK_CHARS = 40


@pytest.fixture
def demo(app, app_context, monkeypatch) -> Community:
    """The real people and the real space, without the open circles' conversations."""
    whole = replace(content.load(), topics=())
    monkeypatch.setattr(content, "load", lambda: whole)
    done = command(app, "demo", "seed")
    assert done.exit_code == 0, done.output
    return whole


def plain(text: str) -> str:
    """Letters and digits alone: what Markdown and HTML do in between doesn't count."""
    return GARBAGE.sub("", unescape(text))


def marks(demo: Community, handle: str) -> list[str]:
    """A phrase of everything this person tells, their titles too."""
    (space,) = demo.spaces
    texts = [text for t in space.topics if t.author == handle for text in (t.title, t.body)]
    texts += [reply.body for t in space.topics for reply in t.replies if reply.author == handle]
    return [plain(text)[:MARK_CHARS] for text in texts]


def walk(app, handle: str) -> str:
    """All that somebody can walk to from the front page, in one text."""
    client = app.test_client()
    people.sign_in(client, account_of(f"{handle}@demo.example"), "demo-password")
    seen, ahead, found = set(), ["/", "/c/retail/space"], []
    while ahead:
        path = unescape(ahead.pop())
        if path in seen or NO_PAGE.match(path):
            continue
        seen.add(path)
        answer = client.get(path)
        found.append(answer.text)
        ahead += LINK.findall(answer.text) if answer.mimetype == "text/html" else []
    return plain("\n".join(found))


def test_colleagues_find_no_trace_of_each_other(app, demo):
    for reader, writer in (("ben", "ana"), ("ana", "ben")):
        pages = walk(app, reader)
        assert not [mark for mark in marks(demo, writer) if mark in pages]
        assert all(mark in pages for mark in marks(demo, reader))
    pages = walk(app, "chidi")
    assert all(mark in pages for who in ("ana", "ben") for mark in marks(demo, who))


def test_the_space_is_open_and_two_of_different_employers_moderate_it(demo):
    members = db.session.execute(unscoped(select(SpaceMember), Reason.SET_UP)).scalars().all()
    assert len(members) == 14
    families = workplaces.families([member.user_id for member in members], clock.today())
    assert len(set(families.values())) == 6
    one, other = (member.user_id for member in members if member.role is Role.MODERATOR)
    assert families[one].isdisjoint(families[other])
    assert db.session.execute(unscoped(select(Space.opened_on), Reason.SET_UP)).scalar()


def test_a_dozen_topics_are_told_by_several_with_three_to_fifteen_replies():
    (space,) = content.load().spaces
    assert len(space.topics) >= 12
    assert all(3 <= len(topic.replies) <= 15 for topic in space.topics)
    assert {topic.wish for topic in space.topics} == {"advice", "similar", "listen"}
    assert sum(bool(topic.notes) for topic in space.topics) >= 3
    assert sum(topic.ago.days > 60 for topic in space.topics) >= 3


def test_content_notes_are_read_from_the_header_and_unknown_ones_refused(tmp_path):
    path = tmp_path / "noted.md"
    told = "title: A\ncircle: retail\nauthor: ana\nago: 3d\nnotes: {}\n\nHi.\n"
    path.write_text(told.format("death, illness"))
    assert parse_topic(path).topic.notes == ("illness", "death")
    path.write_text(told.format("illness, burnout"))
    with pytest.raises(content.BadContent, match=r"noted.md:1: an unknown content note"):
        parse_topic(path)


def test_topics_with_a_note_say_so_to_their_readers(app, demo):
    pages = walk(app, "chidi")
    for note in ("Bullying or humiliation", "Illness or burn-out"):
        assert plain(f"Content note: {note}") in pages


def test_who_stands_behind_a_wall_cannot_answer(tmp_path):
    demo = content.load()
    path = tmp_path / "walled.md"
    path.write_text("title: A\ncircle: retail\nauthor: ana\nago: 3d\n\nHi.\n== 1 ben +1h\nI?\n")
    with pytest.raises(ValueError, match="reply 1 stands behind a wall"):
        content._told(path, demo.spaces[0].members, demo)


def test_four_guardians_of_different_employers_are_in_no_space(demo):
    named = {viewer.user_id for viewer in guardians()}
    assert len(named) == LEAST
    families = workplaces.families(named, clock.today()).values()
    assert all(families)
    assert not any(one & other for one, other in combinations(families, 2))
    members = db.session.execute(unscoped(select(SpaceMember.user_id), Reason.SET_UP)).scalars()
    assert named.isdisjoint(members)
