"""What the demo community's texts promise."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from forum.cli.demo.content import CONTENT, BadContent, Community, Topic, load
from forum.cli.demo.parsing import parse_topic
from forum.cli.demo.parts import read_parts
from forum.cli.standard_circles import standard_circles

RUNNING = CONTENT / "running"
FIXED = {
    "ana": ("Northwind", {"retail"}, set()),
    "ben": ("Northwind", {"retail"}, set()),
    "chidi": ("Contoso", {"finance"}, set()),
    "dora": ("Fabrikam", {"retail"}, {"retail"}),
    "emre": ("Litware", {"finance"}, {"finance"}),
}
GOOD = "title: A\ncircle: retail\nauthor: ana\nago: 3d\n\nHello.\n"


@pytest.fixture(scope="module")
def community() -> Community:
    return load()


@pytest.fixture(scope="module")
def running(community: Community) -> Topic:
    return max(community.topics, key=lambda topic: len(topic.replies))


def texts(community: Community) -> list[str]:
    replies = [reply.body for topic in community.topics for reply in topic.replies]
    return [topic.body for topic in community.topics] + replies


def sentences(text: str) -> set[str]:
    return {part for part in re.split(r"(?<=[.!?:])\s", text) if len(part) > len("Ha, of course.")}


def test_thirty_people_live_in_five_circles(community: Community) -> None:
    assert len(community.people) == 30
    assert len(community.circles) == 5


def test_the_five_circles_show_open_members_and_approval(community: Community) -> None:
    shown = {circle.slug: circle.visibility for circle in community.circles}
    assert shown == {
        "retail": "open",
        "finance": "members",
        "health": "open",
        "measuring-impact": "open",
        "past-procurement": "approval",
    }


@pytest.mark.parametrize("handle", FIXED)
def test_a_fixed_account_has_its_employer_and_circles(community: Community, handle: str) -> None:
    employer, circles, moderated = FIXED[handle]
    person = next(person for person in community.people if person.handle == handle)
    assert person.address == f"{handle}@demo.example"
    assert person.employer == employer
    assert circles <= {membership.circle for membership in person.memberships}
    assert moderated == {
        membership.circle for membership in person.memberships if membership.is_moderator
    }


@pytest.mark.parametrize("handle", ["fay", "staff"])
def test_the_new_member_and_the_site_staff_are_in_no_circle(
    community: Community, handle: str
) -> None:
    assert [p.memberships for p in community.people if p.handle == handle] == [()]


def test_every_circle_has_a_moderator(community: Community) -> None:
    moderated = {
        membership.circle
        for person in community.people
        for membership in person.memberships
        if membership.is_moderator
    }
    assert moderated == {circle.slug for circle in community.circles}


def test_every_writer_is_a_member_of_the_circle(community: Community) -> None:
    for topic in community.topics:
        members = set(community.members_of(topic.circle))
        assert {topic.author, *(reply.author for reply in topic.replies)} <= members, topic.title


def test_there_are_more_than_forty_topics_and_some_wait_for_an_answer(
    community: Community,
) -> None:
    assert len(community.topics) > 40
    assert sum(not topic.replies for topic in community.topics) == 3


def test_one_topic_has_fifteen_hundred_replies_and_goes_deep(running: Topic) -> None:
    assert running.circle == "retail"
    assert len(running.replies) == 1_500
    assert max(running.depths()) > 12


def test_no_text_occurs_twice(community: Community) -> None:
    assert len(set(texts(community))) == len(texts(community))


def test_no_text_shows_an_unfilled_slot(running: Topic) -> None:
    assert not [reply.body for reply in running.replies if "{" in reply.body]


def test_an_answer_shares_no_sentence_with_what_it_answers(running: Topic) -> None:
    for reply in running.replies:
        if reply.parent:
            shared = sentences(reply.body) & sentences(running.replies[reply.parent - 1].body)
            assert not shared, reply.body


def test_nobody_answers_their_own_question_in_the_running_thread(running: Topic) -> None:
    for reply in running.replies:
        if reply.parent and reply.author == running.replies[reply.parent - 1].author:
            assert reply.after >= timedelta(hours=5), reply.body


def test_titles_names_and_bodies_keep_the_site_s_limits(community: Community) -> None:
    assert max(len(topic.title) for topic in community.topics) == 200
    assert max(len(person.name) for person in community.people) == 39
    assert max(len(text) for text in texts(community)) <= 20_000


def test_the_demo_shows_its_extremes(community: Community) -> None:
    titles = " ".join(topic.title for topic in community.topics)
    assert "🥖" in titles
    assert "Betriebsrat" in titles
    assert "المريض" in titles or "لمريض" in titles
    assert any(len(word) > 120 for text in texts(community) for word in text.split())


def test_nothing_is_written_in_the_future_or_before_what_it_answers(community: Community) -> None:
    for topic in community.topics:
        assert all(timedelta() < offset < topic.ago for offset in topic.offsets()), topic.title
        assert all(reply.after > timedelta() for reply in topic.replies), topic.title


def test_posting_by_time_never_meets_an_answer_before_its_parent(community: Community) -> None:
    for topic in community.topics:
        posted = {0}
        for number, reply, _ in topic.by_time():
            assert reply.parent in posted
            posted.add(number)


def test_loading_twice_gives_the_same_community(community: Community) -> None:
    assert load() == community


def test_the_parts_of_the_running_thread_make_over_25_000_stories() -> None:
    assert read_parts(RUNNING).combinations() > 25_000


def test_links_lead_nowhere_real(community: Community) -> None:
    for text in texts(community):
        for link in text.split("://")[1:]:
            assert link.split("/")[0].endswith((".example", "example.org")), link


def test_standard_circles_cover_every_isic_section_but_households() -> None:
    sections = {circle.isic for circle in standard_circles()} - {None}
    assert sections == set("ABCDEFGHIJKLMNOPQRSU")


def test_a_standard_circle_has_three_to_five_rules() -> None:
    assert all(3 <= len(circle.rules) <= 5 for circle in standard_circles())


def test_a_reply_answers_the_nearest_post_one_level_up(tmp_path: Path) -> None:
    path = tmp_path / "topic.md"
    path.write_text(GOOD + "== 1 ben +1h\nOne.\n== 2 ana +5m\nTwo.\n== 1 ben +2h\nThree.\n")
    topic = parse_topic(path).topic
    assert [reply.parent for reply in topic.replies] == [0, 1, 0]
    assert topic.offsets()[1] == timedelta(hours=1, minutes=5)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: A\n\nHello.\n", "topic.md:1: missing in the header: ago, author, circle"),
        ("titel: A\n\nHello.\n", "topic.md:1: 'titel: A' is no header line"),
        (GOOD + "== 2 ben +1h\nToo deep.\n", "topic.md:7: nothing of depth 1 stands above"),
        (GOOD + "== 1 ben 1h\nNo plus.\n", "topic.md:7: '== 1 ben 1h' is not"),
        (GOOD + "== 1 ben +1h\n\n", "topic.md:7: a post without text"),
        (GOOD + "== 1 ben +1y\nHi.\n", "topic.md:7: '== 1 ben +1y' is not"),
    ],
)
def test_a_mistake_in_a_topic_file_is_named_with_file_and_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "topic.md"
    path.write_text(text)
    with pytest.raises(BadContent, match="topic") as caught:
        parse_topic(path)
    assert str(caught.value).startswith(complaint)
