from forum.discussions import actions, queries
from forum.models.circles import Visibility
from forum.policy.viewer import GUEST
from tests.support import community


def save(viewer, place: str, body: str = "Half a thought", title: str = "") -> None:
    actions.save_draft(viewer, place, title, body, "")


def test_the_newest_draft_comes_first(held_clock, scene):
    ben = scene.reads("ben")
    save(ben, f"reply:{scene.topic}", "First")
    held_clock.forward(minutes=1)
    save(ben, "topic:retail", "Second")
    assert [row.excerpt for row in queries.drafts(ben)] == ["Second", "First"]


def test_a_draft_leads_back_to_where_it_was_written(scene):
    ana = scene.reads("ana")
    for place in ("topic:retail", f"reply:{scene.topic}", f"edit:{scene.topic}"):
        save(ana, place)
    assert {row.continue_url for row in queries.drafts(ana)} == {
        "/c/retail/new",
        f"/p/{scene.topic}/reply",
        f"/p/{scene.topic}/edit",
    }


def test_an_answer_is_named_by_the_topic_and_a_topic_by_its_own_title(scene):
    ben = scene.reads("ben")
    save(ben, f"reply:{scene.topic}")
    save(ben, "topic:retail", title="Why?")
    named = {(row.title, row.place_name) for row in queries.drafts(ben)}
    assert named == {("Pilots that never end", "Pilots that never end"), ("Why?", "Retail")}


def test_a_draft_without_a_title_says_so(scene):
    ben = scene.reads("ben")
    save(ben, "topic:retail")
    (row,) = queries.drafts(ben)
    assert (row.title, row.place_name) == ("Without a title yet", "Retail")


def test_where_one_can_no_longer_see_the_place_all_of_the_text_is_shown(scene):
    gil = community.person("Gil")
    inside = community.circle("inside", Visibility.SECRET)
    community.join(gil, inside)
    topic = community.topic(scene.ana, inside, "Kept inside")
    save(community.viewer(gil), f"reply:{topic}", "word " * 100)
    community.send_away(gil, inside)
    (row,) = queries.drafts(community.viewer(gil))
    assert row.continue_url is None
    assert row.excerpt == "word " * 100
    assert "Kept inside" not in repr(row)


def test_nobody_elses_drafts_are_listed(scene):
    save(scene.reads("ben"), "topic:retail")
    assert queries.drafts(scene.reads("ana")) == []
    assert queries.drafts(GUEST) == []
