"""Drafts in a private space: kept by a seat, sealed, with all that was typed and ticked."""

import pytest
from sqlalchemy import update

from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.actions.drafting import DraftElsewhere
from forum.discussions.queries.drafts import Said
from forum.models.discussions import Draft
from forum.policy import unsealing
from tests.discussions.rows import all_rows
from tests.support import spaces


class TestDrafts:
    def test_a_draft_is_kept_for_who_wrote_it_there(self, inside):
        ben, place = inside.reads("ben"), f"reply:{inside.topic}"
        version = actions.save_draft(ben, place, "", "Half a thought", "")
        kept = queries.draft_for(ben, place, spaces.voice(inside.ben, inside.topic))
        assert (kept.body, kept.version) == ("Half a thought", version)
        theirs = spaces.voice(inside.dora, inside.topic)
        assert queries.draft_for(inside.reads("dora"), place, theirs) is None

    def test_of_a_topic_there_is_one_for_the_space(self, inside):
        ben, place = inside.reads("ben"), f"space:{inside.here.public_id}"
        actions.save_draft(ben, place, "Why?", "Half a thought", "")
        kept = queries.draft_for(ben, place, spaces.seen(inside.ben, inside.here).voice)
        assert (kept.title, kept.body) == ("Why?", "Half a thought")

    def test_it_stands_in_no_list_and_no_count(self, inside):
        ben = inside.reads("ben")
        actions.save_draft(ben, f"reply:{inside.topic}", "", "Half a thought", "")
        assert queries.drafts(ben) == []
        assert queries.draft_count(ben) == 0

    def test_another_windows_text_is_not_overwritten(self, inside):
        ben, place = inside.reads("ben"), f"reply:{inside.topic}"
        version = actions.save_draft(ben, place, "", "One", "")
        with pytest.raises(DraftElsewhere) as conflict:
            actions.save_draft(ben, place, "", "Another", "")
        assert (conflict.value.body, conflict.value.version) == ("One", version)

    def test_posting_lets_it_go(self, inside):
        actions.save_draft(inside.reads("ben"), f"reply:{inside.topic}", "", "Half", "")
        space = f"space:{inside.here.public_id}"
        actions.save_draft(inside.reads("ben"), space, "Why?", "Half", "")
        spaces.sealed_reply(inside.ben, inside.topic)
        assert [row.place for row in all_rows(Draft)] == [space]
        spaces.sealed_topic(inside.ben, inside.here)
        assert all_rows(Draft) == []

    def test_a_colleague_can_keep_none_there(self, inside):
        for kind in ("reply", "edit"):
            with pytest.raises(NotThere):
                actions.save_draft(inside.reads("cleo"), f"{kind}:{inside.topic}", "", "Half", "")


class TestWhatIsTicked:
    """The wish and the content notes of a topic that is being written."""

    @pytest.fixture
    def ben(self, inside):
        return inside.reads("ben")

    @pytest.fixture
    def place(self, inside) -> str:
        return f"space:{inside.here.public_id}"

    @pytest.fixture
    def kept(self, inside, ben, place):
        voice = spaces.seen(inside.ben, inside.here).voice
        return lambda: queries.draft_for(ben, place, voice)

    def test_is_kept_with_the_words(self, ben, place, kept):
        ticked = {"wish": "listen", "notes": ("illness", "death")}
        actions.save_draft(ben, place, "Why?", "Half", "", **ticked)
        found = kept()
        assert (found.title, found.body) == ("Why?", "Half")
        assert (found.wish, tuple(found.notes)) == ("listen", ("illness", "death"))

    def test_what_is_said_of_topics_in_circles_is_not_kept(self, ben, place, kept):
        said = Said("one", "listen", "large", "b2b", "1")
        actions.save_draft(ben, place, "Why?", "Half", "", wish="listen", said=said)
        assert kept().said is None
        assert kept().wish == "listen"

    @pytest.mark.parametrize("ticked", [{"wish": "listen"}, {"notes": ("illness",)}])
    def test_is_worth_keeping_before_a_word_is_typed(self, ben, place, kept, ticked):
        assert actions.save_draft(ben, place, "", " ", "", **ticked)
        assert kept()

    def test_unticked_again_there_is_nothing_to_keep(self, ben, place, kept):
        version = actions.save_draft(ben, place, "", "", "", notes=("illness",))
        assert actions.save_draft(ben, place, "", "", version) is None
        assert kept() is None

    def test_other_ticks_in_another_window_are_not_overwritten(self, ben, place, kept):
        actions.save_draft(ben, place, "Why?", "Half", "", notes=("illness",))
        with pytest.raises(DraftElsewhere):
            actions.save_draft(ben, place, "Why?", "Half", "", notes=("death",))
        assert tuple(kept().notes) == ("illness",)

    def test_the_same_ticks_from_another_window_are_no_conflict(self, ben, place, kept):
        for _window in range(2):
            actions.save_draft(ben, place, "Why?", "Half", "", wish="listen", notes=("illness",))
        assert kept().wish == "listen"

    def test_stands_nowhere_in_plain_words(self, ben, place):
        actions.save_draft(ben, place, "Why?", "Half", "", wish="listen", notes=("illness",))
        (row,) = all_rows(Draft)
        assert b"illness" not in row.sealed
        assert not {"illness", "listen"} & {str(value) for value in row}

    def test_is_kept_nowhere_in_a_circle(self, inside, ben):
        circle = f"topic:{inside.retail.slug}"
        assert actions.save_draft(ben, circle, "", "", "", notes=("illness",)) is None
        assert actions.save_draft(ben, circle, "Why?", "", "", wish="listen")
        assert queries.draft_for(ben, circle).wish == ""

    def test_a_draft_from_before_there_were_any_opens(self, inside, ben, place, kept):
        actions.save_draft(ben, place, "", "Half", "")
        (row,) = all_rows(Draft)
        key = spaces.seen(inside.ben, inside.here).voice.key
        words = unsealing.packed({"title": "Why?", "body": "Half"})
        with transaction() as session:
            sealed = key.seal(unsealing.DRAFT, row.id, words, pad_to=1_024)
            session.execute(update(Draft).where(Draft.id == row.id).values(sealed=sealed))
        found = kept()
        assert (found.title, found.wish, tuple(found.notes)) == ("Why?", "", ())
