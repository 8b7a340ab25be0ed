"""A topic's content notes on its pages: what is folded for whom, and what one click does."""

import re

import pytest

from forum.accounts.actions import fold_behind
from forum.spaces.notes import NOTES
from tests.discussions.conftest import ANSWER, ASKED, OWN
from tests.support import spaces
from tests.support.members_browser import Browser, browser
from tests.support.statements import counted_statements

NOTE = "Content note: Illness or burn-out"


@pytest.fixture
def ben(app, inside) -> Browser:
    return browser(app, inside.ben)


@pytest.fixture
def ana(app, inside) -> Browser:
    return browser(app, inside.ana)


@pytest.fixture
def dora(app, inside) -> Browser:
    return browser(app, inside.dora)


def folded(page: str) -> str:
    """What stands inside closed folds."""
    return "".join(re.findall(r'<details class="noted">.*?</details>', page, re.DOTALL))


class TestATopic:
    def test_says_its_note_to_everybody_above_the_text(self, ana, ben, noted):
        for reader in (ana, ben):
            page = reader.get(f"/t/{noted.topic}").text
            assert page.index(NOTE) < page.index(ASKED)

    def test_is_folded_with_its_answers_but_for_ones_own(self, ben, noted):
        inside_folds = folded(ben.get(f"/t/{noted.topic}").text)
        assert ASKED in inside_folds
        assert ANSWER in inside_folds
        assert OWN not in inside_folds

    def test_for_whoever_opened_it_nothing_is(self, ana, noted):
        page = ana.get(f"/t/{noted.topic}").text
        assert folded(page) == ""
        assert "Unfold all" not in page

    def test_a_fold_says_which_note_it_is_for(self, ben, noted):
        page = ben.get(f"/t/{noted.topic}").text
        assert page.count("<summary>Content note: Illness or burn-out</summary>") == 2

    def test_without_notes_nothing_is_folded(self, ben, inside):
        page = ben.get(f"/t/{inside.topic}").text
        assert folded(page) == ""
        assert "Content note" not in page

    @pytest.mark.parametrize("view", ["?view=time", "?at=last"])
    def test_is_folded_in_every_order(self, ben, noted, view):
        inside_folds = folded(ben.get(f"/t/{noted.topic}{view}").text)
        assert ANSWER in inside_folds
        assert OWN not in inside_folds

    def test_of_a_circle_has_none(self, app, scene):
        """The same page, without a note or a fold."""
        page = browser(app, scene.ben).get(f"/t/{scene.topic}").text
        assert folded(page) == ""
        assert "Content note" not in page


def test_folding_asks_the_database_nothing_more(app, inside, ben, noted):
    plain = spaces.sealed_topic(inside.dora, inside.here)
    spaces.sealed_reply(inside.ben, spaces.sealed_reply(inside.ana, plain))
    counts = []
    for topic in (plain, noted.topic):
        ben.get(f"/t/{topic}")
        with counted_statements(app) as said:
            ben.get(f"/t/{topic}")
        counts.append(len(said))
    assert counts[0] == counts[1]


class TestTheReadersChoice:
    def test_of_other_notes_unfolds_it(self, ben, inside, noted):
        fold_behind(inside.reads("ben"), [key for key in NOTES if key != "illness"])
        page = ben.get(f"/t/{noted.topic}").text
        assert folded(page) == ""
        assert NOTE in page

    def test_of_one_of_two_notes_folds_it(self, ben, inside):
        both = spaces.sealed_topic(inside.ana, inside.here, "", ASKED, notes=("illness", "death"))
        fold_behind(inside.reads("ben"), ["death"])
        page = ben.get(f"/t/{both}").text
        assert ASKED in folded(page)
        assert "Content note: Illness or burn-out · Death and grief" in page

    def test_is_reached_from_the_topic(self, ben, noted):
        assert 'href="/settings/notes?quiet=1"' in ben.get(f"/t/{noted.topic}").text


class TestAPostsOwnPages:
    @pytest.mark.usefixtures("more_than_a_page")
    def test_a_permalink_folds_it_and_what_stands_above(self, inside, dora, ben, noted):
        below = spaces.sealed_reply(inside.dora, noted.answer, "And below.")
        page = ben.get(f"/p/{below}").text
        assert "And below." in folded(page)
        assert ASKED not in page, "no line of what it answers"
        assert ANSWER not in page

    @pytest.mark.usefixtures("more_than_a_page")
    def test_where_nothing_folds_that_line_is_there(self, inside, ben, noted):
        fold_behind(inside.reads("ben"), [])
        below = spaces.sealed_reply(inside.dora, noted.answer, "And below.")
        assert ANSWER in ben.get(f"/p/{below}").text

    @pytest.mark.parametrize("act", ["reply", "report"])
    def test_a_page_that_quotes_it_folds_the_quotation(self, ben, noted, act):
        for post, words in ((noted.topic, ASKED), (noted.answer, ANSWER)):
            assert words in folded(ben.get(f"/p/{post}/{act}").text)

    def test_a_moderators_too(self, dora, noted):
        assert ASKED in folded(dora.get(f"/p/{noted.topic}/hiding").text)

    def test_ones_own_is_never_folded(self, ana, ben, inside, noted):
        assert folded(ana.get(f"/p/{noted.topic}/removal").text) == ""
        assert folded(ben.get(f"/s/{inside.here.public_id}/mine").text) == ""


class TestUnfoldingATopic:
    def test_shows_all_of_it_and_goes_back_to_where_one_was(self, ben, noted):
        here = f"/t/{noted.topic}?view=time"
        assert f'value="{here}#notes"' in (page := ben.get(here).text)
        assert 'id="notes"' in page
        back = ben.post(f"/t/{noted.topic}/unfolding", next=f"{here}#notes").location
        assert back == f"{here}#notes"
        page = ben.get(here).text
        assert folded(page) == ""
        assert NOTE in page

    def test_stays_through_reading_and_answering(self, ben, noted):
        ben.post(f"/t/{noted.topic}/unfolding")
        for _visit in range(2):
            assert folded(ben.get(f"/t/{noted.topic}").text) == ""
        ben.post(f"/p/{noted.topic}/reply", body="And so did ours.")
        assert folded(ben.get(f"/t/{noted.topic}").text) == ""

    def test_is_for_one_reader_and_one_topic(self, ben, dora, inside, noted):
        other = spaces.sealed_topic(inside.ana, inside.here, "", "Again.", notes=("illness",))
        ben.post(f"/t/{noted.topic}/unfolding")
        assert "Again." in folded(ben.get(f"/t/{other}").text)
        assert ASKED in folded(dora.get(f"/t/{noted.topic}").text)

    def test_can_be_taken_back(self, ben, noted):
        ben.post(f"/t/{noted.topic}/unfolding")
        assert "Fold them again" in ben.get(f"/t/{noted.topic}").text
        assert ben.post(f"/t/{noted.topic}/unfolding/end").location == f"/t/{noted.topic}"
        assert ASKED in folded(ben.get(f"/t/{noted.topic}").text)

    @pytest.mark.parametrize("way", ["https://evil.example", "//evil.example"])
    def test_leads_to_no_other_site(self, ben, noted, way):
        assert ben.post(f"/t/{noted.topic}/unfolding", next=way).location == f"/t/{noted.topic}"

    def test_of_a_walled_topic_is_of_none(self, app, inside, noted):
        cleo = browser(app, inside.cleo)
        assert cleo.post(f"/t/{noted.topic}/unfolding").status_code == 404
        assert cleo.post(f"/t/{'z' * 12}/unfolding").status_code == 404

    def test_is_nothing_in_a_circle(self, app, scene):
        answered = browser(app, scene.ben).post(f"/t/{scene.topic}/unfolding")
        assert answered.status_code == 403
