import pytest
from sqlalchemy import insert, select

from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.actions import drafting
from forum.discussions.actions.drafting import DraftElsewhere, DraftTooLong, TooManyDrafts
from forum.discussions.queries.drafts import Said
from forum.models.circles import Visibility
from forum.models.discussions import Draft
from forum.policy.visible import Reason, unscoped
from tests.discussions import rows
from tests.support import community, spaces
from tests.support.together import at_once


def save(viewer, place: str, body: str = "Half a thought", known: str = "", title: str = ""):
    return actions.save_draft(viewer, place, title, body, known)


@pytest.fixture
def here(scene) -> str:
    return f"reply:{scene.topic}"


class TestSaving:
    def test_a_draft_is_kept_for_its_writer(self, held_clock, scene, here):
        version = save(scene.reads("ben"), here)
        kept = queries.draft_for(scene.reads("ben"), here)
        assert (kept.body, kept.version) == ("Half a thought", version)
        assert kept.saved_at == clock.now()

    def test_every_save_makes_another_version(self, scene, here):
        versions = [save(scene.reads("ben"), here, "Half a thought")]
        for _again in range(5):
            versions.append(save(scene.reads("ben"), here, "Half a thought", versions[-1]))
        assert len(set(versions)) == 6

    def test_nobody_else_has_it(self, scene, here):
        save(scene.reads("ben"), here)
        assert queries.draft_for(scene.reads("ana"), here) is None

    def test_typing_on_replaces_it(self, held_clock, scene, here):
        ben = scene.reads("ben")
        saved = save(ben, here)
        held_clock.forward(seconds=5)
        save(ben, here, "A whole thought", saved)
        assert queries.draft_for(ben, here).body == "A whole thought"
        assert rows.count(Draft) == 1

    def test_a_topics_draft_keeps_the_title_too(self, scene):
        ben = scene.reads("ben")
        save(ben, "topic:retail", "Words", title="Why?")
        draft = queries.draft_for(ben, "topic:retail")
        assert (draft.title, draft.body) == ("Why?", "Words")

    def test_what_is_said_of_a_topic_is_kept_too(self, scene):
        ben, said = scene.reads("ben"), Said("one, two", "listen", "large", "b2b", "1")
        actions.save_draft(ben, "topic:retail", "", "", "", said=said)
        assert queries.draft_for(ben, "topic:retail").said == said

    def test_what_was_emptied_is_told_from_what_was_never_asked(self, scene, here):
        ben = scene.reads("ben")
        version = actions.save_draft(ben, here, "", "Words", "", said=Said())
        assert queries.draft_for(ben, here).said == Said()
        actions.save_draft(ben, here, "", "Words", version)
        assert queries.draft_for(ben, here).said is None

    def test_other_tags_in_another_window_are_not_overwritten(self, scene):
        ben = scene.reads("ben")
        actions.save_draft(ben, "topic:retail", "", "Words", "", said=Said("one"))
        with pytest.raises(DraftElsewhere):
            actions.save_draft(ben, "topic:retail", "", "Words", "", said=Said("two"))

    @pytest.mark.parametrize("empty", ["", "  \n "])
    def test_emptied_it_is_gone(self, scene, here, empty):
        ben = scene.reads("ben")
        saved = save(ben, here)
        assert save(ben, here, empty, saved) is None
        assert rows.count(Draft) == 0

    def test_an_empty_text_makes_no_draft(self, scene, here):
        assert save(scene.reads("ben"), here, "") is None
        assert rows.count(Draft) == 0

    def test_each_place_has_its_own(self, scene, here):
        ben = scene.reads("ben")
        for place in (here, "topic:retail"):
            save(ben, place)
        assert rows.drafts_of(scene.ben.id) == [here, "topic:retail"]

    def test_40000_characters_are_kept_and_one_more_is_refused(self, scene, here):
        ben = scene.reads("ben")
        assert save(ben, here, "x" * 40_000)
        with pytest.raises(DraftTooLong):
            save(ben, here, "x" * 40_001)
        assert len(queries.draft_for(ben, here).body) == 40_000

    def test_a_title_over_1000_characters_is_refused(self, scene):
        with pytest.raises(DraftTooLong):
            save(scene.reads("ben"), "topic:retail", title="x" * 1_001)

    def test_the_hundred_and_first_draft_is_refused(self, scene, here):
        drafts = [
            {
                "id": ids.random_key(),
                "public_id": ids.public_id(),
                "place": f"reply:{n}",
                "title": "",
                "body": "x",
                "saved_at": clock.now(),
                "user_id": scene.ben.id,
            }
            for n in range(drafting.MAX_DRAFTS)
        ]
        with transaction() as session:
            session.execute(insert(Draft), drafts)
        with pytest.raises(TooManyDrafts):
            save(scene.reads("ben"), here)
        assert save(scene.reads("ana"), here)


class TestTwoWindows:
    def test_a_newer_text_of_another_window_is_not_overwritten(self, held_clock, scene, here):
        ben = scene.reads("ben")
        first = save(ben, here, "One")
        held_clock.forward(seconds=5)
        second = save(ben, here, "One and two", first)
        held_clock.forward(seconds=5)
        with pytest.raises(DraftElsewhere) as conflict:
            save(ben, here, "One and three", first)
        assert (conflict.value.body, conflict.value.version) == ("One and two", second)
        assert conflict.value.status == 409
        assert queries.draft_for(ben, here).body == "One and two"

    def test_a_window_that_never_saved_does_not_overwrite_either(self, scene, here):
        ben = scene.reads("ben")
        save(ben, here, "One")
        with pytest.raises(DraftElsewhere):
            save(ben, here, "Another")

    def test_nor_does_an_empty_window_delete_it(self, scene, here):
        ben = scene.reads("ben")
        save(ben, here, "One")
        with pytest.raises(DraftElsewhere):
            save(ben, here, "")
        assert queries.draft_for(ben, here).body == "One"

    def test_the_same_text_in_both_is_no_conflict(self, scene, here):
        ben = scene.reads("ben")
        save(ben, here, "One")
        assert save(ben, here, "One")

    def test_who_has_seen_the_newer_text_may_go_on(self, held_clock, scene, here):
        ben = scene.reads("ben")
        save(ben, here, "One")
        with pytest.raises(DraftElsewhere) as conflict:
            save(ben, here, "Another")
        assert save(ben, here, "Both together", conflict.value.version)

    def test_windows_that_save_first_at_one_moment_keep_one_text(self, app, scene, here):
        ben = scene.reads("ben")
        answers = at_once(app, *(lambda n=n: save(ben, here, f"Text {n}") for n in range(6)))
        kept = [answer for answer in answers if not isinstance(answer, BaseException)]
        refused = [answer for answer in answers if isinstance(answer, DraftElsewhere)]
        assert (len(kept), len(refused)) == (1, 5), answers
        assert rows.count(Draft) == 1


class TestPlaces:
    @pytest.mark.parametrize(
        "place", ["", "reply", "reply:", "topic:", "reply:zzzzzzzzzzzz", "topic:nowhere", "x:y"]
    )
    def test_a_place_that_is_none_is_not_there(self, scene, place):
        with pytest.raises(NotThere):
            save(scene.reads("ben"), place)

    def test_a_place_one_cannot_see_is_not_there(self, scene):
        community.circle("inside", Visibility.APPROVAL)
        with pytest.raises(NotThere):
            save(scene.reads("ben"), "topic:inside")
        answer = community.reply(scene.ana, scene.topic)
        community.hide(answer)
        with pytest.raises(NotThere):
            save(scene.reads("ben"), f"reply:{answer}")

    def test_what_one_can_no_longer_see_one_may_still_write_on(self, scene):
        ben = scene.reads("ben")
        answer = community.reply(scene.ana, scene.topic)
        saved = save(ben, f"reply:{answer}")
        community.hide(answer)
        assert save(ben, f"reply:{answer}", "A whole thought", saved)


class TestLettingGo:
    def test_posting_lets_the_draft_go(self, scene, here):
        ben = scene.reads("ben")
        save(ben, here)
        save(ben, "topic:retail")
        actions.post_reply(ben, scene.topic, "A whole thought", "n" * 22)
        assert rows.drafts_of(scene.ben.id) == ["topic:retail"]
        actions.post_topic(ben, "retail", "Why?", "Words", "m" * 22)
        assert rows.drafts_of(scene.ben.id) == []

    def test_other_peoples_drafts_stay_when_one_posts(self, scene, here):
        save(scene.reads("ana"), here)
        actions.post_reply(scene.reads("ben"), scene.topic, "A whole thought", "n" * 22)
        assert rows.drafts_of(scene.ana.id) == [here]

    def test_an_edit_lets_its_draft_go(self, scene):
        ana = scene.reads("ana")
        save(ana, f"edit:{scene.topic}")
        actions.edit_post(ana, scene.topic, "Better words.")
        assert rows.count(Draft) == 0

    def test_a_draft_that_comes_after_its_post_is_let_go(self, scene, here):
        ben = scene.reads("ben")
        actions.post_reply(ben, scene.topic, "A whole thought", "n" * 22)
        assert actions.save_draft(ben, here, "", "A whole thou", "", "n" * 22) is None
        assert rows.count(Draft) == 0

    def test_an_answer_half_written_outlives_the_post_it_answers(self, scene):
        """Nothing typed is lost, whatever others do."""
        answer = community.reply(scene.ana, scene.topic)
        save(scene.reads("ben"), f"reply:{answer}", "Dear Ana")
        actions.remove_post(scene.reads("ana"), answer)
        (row,) = queries.drafts(scene.reads("ben"))
        assert (row.excerpt, row.continue_url) == ("Dear Ana", None)

    def test_removing_a_post_lets_the_draft_of_its_edit_go(self, scene):
        community.reply(scene.ben, scene.topic)
        save(scene.reads("ana"), f"edit:{scene.topic}")
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.count(Draft) == 0

    def test_one_can_throw_ones_own_away(self, scene, here):
        ben = scene.reads("ben")
        save(ben, here)
        actions.discard_draft(ben, queries.draft_for(ben, here).public_id)
        assert rows.count(Draft) == 0

    def test_nobody_elses(self, scene, here):
        save(scene.reads("ben"), here)
        theirs = queries.draft_for(scene.reads("ben"), here).public_id
        with pytest.raises(NotThere):
            actions.discard_draft(scene.reads("ana"), theirs)
        assert rows.count(Draft) == 1


class TestOfATopicOfASpace:
    """Before a topic is there each draft has a seat of its own."""

    @pytest.fixture
    def place(self, inside) -> str:
        return f"space:{inside.here.public_id}"

    def kept(self, inside, place: str, name: str = "ben"):
        voice = spaces.seen(getattr(inside, name), inside.here).voice
        return queries.draft_for(inside.reads(name), place, voice)

    def seats(self) -> list[str]:
        query = select(Draft.seat).where(Draft.place.startswith("space:"))
        return list(db.session.execute(unscoped(query, Reason.SET_UP)).scalars())

    def test_its_writer_finds_it_and_goes_on_in_it(self, inside, place):
        known = save(inside.reads("ben"), place, "Half a thought")
        save(inside.reads("ben"), place, "More of it", known)
        assert self.kept(inside, place).body == "More of it"
        assert len(self.seats()) == 1

    def test_nobody_else_does(self, inside, place):
        save(inside.reads("ben"), place)
        save(inside.reads("ana"), place, "Mine")
        assert self.kept(inside, place, "cleo") is None
        assert self.kept(inside, place, "ana").body == "Mine"

    def test_emptied_it_is_gone(self, inside, place):
        known = save(inside.reads("ben"), place)
        save(inside.reads("ben"), place, "", known)
        assert self.seats() == []

    def test_the_next_ones_seat_is_another(self, inside, place):
        found = []
        for _topic in range(3):
            save(inside.reads("ben"), place)
            found += self.seats()
            spaces.sealed_topic(inside.ben, inside.here)
            assert self.seats() == []
        assert len(set(found)) == 3
