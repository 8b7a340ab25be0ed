"""The export: all of one's own, and nothing of anybody else or of a private space."""

import json
from typing import Any

import pytest

from forum.accounts import actions, queries
from forum.accounts.actions import Told
from forum.core.errors import TooOften
from forum.discussions import actions as discussions
from forum.mail.outbox import DISCREET, queue_letter
from forum.models.accounts import User
from forum.models.circles import MembershipState, Role, Visibility
from forum.models.profiles import Barrier
from tests.support import community, spaces, workplaces
from tests.support.members_browser import Browser, browser

MINE = [f"mine{number:02}mine" for number in range(9)]
THEIRS = [f"theirs{number:02}theirs" for number in range(9)]
NAMES = ("Ben Okri", "ben@site.example", "Cem Usta", "cem@site.example")


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana Duarte")


@pytest.fixture
def told(ana) -> dict[str, Any]:
    """Ana and two others have left something in every place they could, each with canaries."""
    ben, cem = community.person("Ben Okri"), community.person("Cem Usta")
    retail, secret = community.circle("retail"), community.circle("quiet", Visibility.SECRET)
    for person in (ana, ben, cem):
        community.join(person, retail, Role.MODERATOR if person is cem else Role.MEMBER)
        community.join(person, secret)
    hers = community.topic(ana, retail, MINE[0], MINE[1], community.tagged(MINE[8]))
    community.reply(ben, hers, f"{THEIRS[0]}\n\n> {THEIRS[1]}")
    his = community.topic(ben, secret, THEIRS[2], THEIRS[3])
    answer = community.reply(ana, his, MINE[2])
    removed = community.reply(ana, his, "What she took back.")
    community.remove(removed)
    community.report(cem, answer, THEIRS[4])
    community.report(ana, his, MINE[3])
    for person, words in ((ana, (MINE[4], MINE[5])), (ben, (THEIRS[5], THEIRS[6]))):
        viewer = community.viewer(person)
        discussions.save_draft(viewer, "topic:retail", *words, "")
        discussions.mark_read(viewer, spaces.topic_row_id(hers), [0, 1])
    for person, word in ((ana, MINE[6]), (ben, THEIRS[7])):
        profile = Told(trying=word, broke_through=word, met=(Barrier.LEGAL,))
        actions.save_profile(community.viewer(person), profile)
    for person, word in ((ana, MINE[7]), (ben, THEIRS[8])):
        workplaces.works_for(person, word)
    workplaces.works_for(cem, "Contoso", "contoso.example")
    workplaces.vouched_for(ana, retail, by=(cem,))
    community.hide(answer)
    community.leave(ana, secret)
    return {"hers": hers, "answer": answer, "retail": retail}


def exported(who: Browser) -> tuple[str, dict[str, Any]]:
    answer = who.post("/settings/export")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.get_data(as_text=True)
    return text, json.loads(text)


@pytest.fixture
def export(app, ana, told) -> tuple[str, dict[str, Any]]:
    return exported(browser(app, ana))


def test_it_holds_all_of_ones_own(export):
    """Also what a moderator hid, and what was written where one is no longer."""
    text, _ = export
    assert [word for word in MINE if word not in text] == []


def test_it_holds_nothing_of_others(export):
    text, _ = export
    assert [word for word in (*THEIRS, *NAMES) if word in text] == []


@pytest.mark.parametrize(
    ("state", "theirs"), [("requested", False), ("declined", True), ("removed", True)]
)
def test_what_moderators_wrote_to_one_is_theirs(app, ana, state, theirs):
    lab = community.circle("lab", Visibility.APPROVAL)
    community.join(ana, lab)
    community.set_membership(ana, lab, MembershipState(state), "words at the door")
    text, parts = exported(browser(app, ana))
    assert [row["state"] for row in parts["circles"]] == [state]
    assert ("words at the door" not in text) is theirs


def test_what_one_took_back_is_not_in_it(export):
    assert "What she took back." not in export[0]


def test_it_says_who_one_is_and_nothing_that_lets_in(export, ana):
    text, parts = export
    (account,) = parts["account"]
    assert (account["name"], account["address"]) == (ana.name, ana.address)
    assert "argon2" not in text
    assert not any("digest" in name or "hash" in name or "token" in name for name in _names(parts))


def _names(parts: dict[str, Any]) -> set[str]:
    rows = [row for part in parts.values() if isinstance(part, list) for row in part]
    return {name for row in rows for name in row}


def test_each_part_is_what_it_is_called(export, told):
    _, parts = export
    assert [row["title"] for row in parts["topics"]] == [MINE[0]]
    assert {row["source"] for row in parts["posts"]} == {MINE[1], MINE[2], ""}
    assert [row["at"] for row in parts["circles"]] == ["retail"]
    assert parts["barriers"] == [{"barrier": "legal", "broken": False}]
    assert parts["vouched_for_me"][0]["at"] == "retail"
    assert len(parts["sign_ins"]) == 1


def test_who_left_nothing_gets_their_account_alone(app, app_context):
    fay = community.person("Fay")
    _, parts = exported(browser(app, fay))
    assert set(parts) == {"about", "account", "sign_ins"}


def test_a_private_space_leaves_no_trace_in_it(app, ana, told):
    """Neither what one wrote there, nor that one is in it, nor that letters told of it (R11)."""
    hers = browser(app, ana)
    before, _ = exported(hers)
    here = spaces.space(told["retail"])
    spaces.enter(here, ana, Role.MODERATOR)
    topic = spaces.sealed_topic(ana, here, "Sealed title", "Sealed words")
    spaces.sealed_reply(ana, topic, "Sealed answer")
    discussions.save_draft(community.viewer(ana), f"space:{here.public_id}", "Half", "A half", "")
    queue_letter(DISCREET, event="d:1", recipient=ana.public_id, domain="x", user_id=ana.id)
    after, parts = exported(hers)
    assert after == before
    assert DISCREET not in [row["kind"] for row in parts.get("letters", ())]


def test_it_is_written_while_it_is_sent(app, ana, told):
    """Nothing waits until the last row is read, and nothing is left when the reader goes away."""
    rows = queries.export(community.viewer(ana))
    assert next(rows)[0] == "account"
    rows.close()


def test_looking_at_its_page_makes_none(app, ana):
    answer = browser(app, ana).get("/settings/export")
    assert "Content-Disposition" not in answer.headers


def test_too_often_is_refused(app, ana):
    viewer = community.viewer(ana)
    for _ in range(10):
        actions.ask_for_export(viewer)
    with pytest.raises(TooOften):
        actions.ask_for_export(viewer)
