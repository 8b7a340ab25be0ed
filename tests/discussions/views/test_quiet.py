"""What somebody muted is folded on pages and leaves their lists; nobody else's pages change."""

import re

import pytest

from forum.discussions import actions
from forum.quiet import actions as quiet
from tests.support import community, spaces
from tests.support.members_browser import Browser, browser
from tests.support.statements import counted_statements


@pytest.fixture
def ana(app, scene) -> Browser:
    return browser(app, scene.ana)


@pytest.fixture
def answer(scene) -> str:
    return community.reply(scene.ben, scene.topic, "The budget was cut.")


def folded(page: str) -> str:
    return "".join(re.findall(r'<details class="noted">.*?</details>', page, re.DOTALL))


class TestSomebodyMuted:
    def test_is_folded_where_they_write(self, ana, scene, answer):
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        page = folded(ana.get(f"/t/{scene.topic}").text)
        assert "You muted Ben. Show" in page
        assert "The budget was cut." in page
        assert "How do yours end?" not in page

    def test_is_not_folded_for_anybody_else(self, app, scene, answer):
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        for who in (scene.ben, scene.dora):
            assert not folded(browser(app, who).get(f"/t/{scene.topic}").text)

    @pytest.mark.parametrize("what", ["person", "word"])
    def test_is_not_quoted_as_the_answer(self, ana, scene, answer, what):
        actions.accept_answer(scene.reads("ana"), scene.topic, answer)
        assert "<q " in ana.get(f"/t/{scene.topic}").text
        if what == "person":
            quiet.mute(scene.reads("ana"), scene.ben.public_id)
        else:
            quiet.mute_word(scene.reads("ana"), "budget")
        page = ana.get(f"/t/{scene.topic}").text
        assert "Answered by <bdi>Ben</bdi>" in page
        assert "<q " not in page

    @pytest.mark.usefixtures("more_than_a_page")
    def test_has_no_line_in_the_way_back_to_the_top(self, ana, scene, answer):
        below = answer
        for _level in range(3):
            below = community.reply(scene.dora, below, "And then?")
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        page = ana.get(f"/p/{below}").text
        assert "The budget was cut." not in page

    def test_opens_no_conversation_in_their_lists(self, ana, scene):
        community.topic(scene.ben, scene.retail, "By Ben")
        community.topic(scene.dora, scene.retail, "By Dora")
        for path in ("/", "/c/retail", "/c/retail?tab=new", "/c/retail?tab=unanswered"):
            assert "By Ben" in ana.get(path).text
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        for path in ("/", "/c/retail", "/c/retail?tab=new", "/c/retail?tab=unanswered"):
            page = ana.get(path).text
            assert "By Ben" not in page
            assert "By Dora" in page

    def test_can_still_be_read_by_whoever_has_the_address(self, ana, scene):
        theirs = community.topic(scene.ben, scene.retail, "By Ben", "In full.")
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        assert "In full." in folded(ana.get(f"/t/{theirs}").text)

    def test_does_not_make_a_page_of_a_list_lead_nowhere(self, ana, scene):
        for number in range(31):
            community.topic(scene.ben, scene.retail, f"By Ben {number}")
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        first = ana.get("/c/retail?tab=new").text
        older = re.search(r'href="(/c/retail\?tab=new&amp;after=\w+)"', first)[1]
        assert "Pilots that never end" in ana.get(older.replace("&amp;", "&")).text


class TestAWordMuted:
    def test_folds_the_posts_it_stands_in(self, ana, scene, answer):
        other = community.reply(scene.ben, scene.topic, "We budgeted.")
        quiet.mute_word(scene.reads("ana"), "Budget")
        page = ana.get(f"/t/{scene.topic}").text
        assert "You muted the word “budget”. Show" in page
        assert "The budget was cut." in folded(page)
        assert "We budgeted." not in folded(page)
        assert other in page

    def test_never_folds_what_one_wrote_oneself(self, ana, scene):
        quiet.mute_word(scene.reads("ana"), "yours")
        assert not folded(ana.get(f"/t/{scene.topic}").text)

    def test_folds_conversations_whose_title_has_it(self, ana, scene):
        community.topic(scene.ben, scene.retail, "Budget, once more")
        quiet.mute_word(scene.reads("ana"), "budget")
        assert "Budget, once more" in folded(ana.get("/c/retail").text)
        assert "Budget, once more" not in ana.get("/").text


def test_muting_asks_the_database_nothing_more(app, ana, scene, answer):
    def taken(path: str) -> int:
        with counted_statements(app) as said:
            ana.get(path)
        return len(said)

    paths = (f"/t/{scene.topic}", "/c/retail", "/")
    for path in paths:
        ana.get(path)
    before = [taken(path) for path in paths]
    quiet.mute(scene.reads("ana"), scene.ben.public_id)
    quiet.mute_word(scene.reads("ana"), "budget")
    quiet.block(scene.reads("ana"), scene.dora.public_id)
    assert [taken(path) for path in paths] == before


class TestAVoiceOfASpace:
    @pytest.fixture
    def ben(self, app, inside) -> Browser:
        return browser(app, inside.ben)

    @pytest.fixture
    def told(self, inside) -> str:
        return spaces.sealed_reply(inside.dora, inside.topic, "Mine too.")

    def sends(self, reader: Browser, path: str):
        return reader.post(path)

    def test_is_folded_in_that_topic_with_all_it_writes(self, ben, inside, told):
        self.sends(ben, f"/p/{told}/muting")
        later = spaces.sealed_reply(inside.dora, inside.topic, "And again.")
        page = folded(ben.get(f"/t/{inside.topic}").text)
        name = spaces.name_in(inside.dora, inside.topic)
        assert f"You muted {name}. Show" in page
        assert "Mine too." in page
        assert "And again." in page
        assert "Ours failed." not in page
        assert later

    def test_is_somebody_else_in_the_next(self, ben, inside, told):
        other = spaces.sealed_topic(inside.dora, inside.here, "Another", "Something else.")
        self.sends(ben, f"/p/{told}/muting")
        assert not folded(ben.get(f"/t/{other}").text)

    def test_is_shown_again_with_one_click(self, ben, inside, told):
        self.sends(ben, f"/p/{told}/muting")
        assert "Muted here, for you alone" in ben.get(f"/t/{inside.topic}").text
        self.sends(ben, f"/t/{inside.topic}/muting/end")
        assert not folded(ben.get(f"/t/{inside.topic}").text)

    def test_stays_muted_when_more_is_read(self, ben, inside, told):
        self.sends(ben, f"/p/{told}/muting")
        spaces.sealed_reply(inside.ana, inside.topic, "Something new.")
        ben.get(f"/t/{inside.topic}")
        assert "Mine too." in folded(ben.get(f"/t/{inside.topic}").text)

    def test_is_not_oneself_and_is_nobody_of_a_circle(self, ben, inside, told):
        own = spaces.sealed_reply(inside.ben, inside.topic, "My own.")
        plain = community.topic(inside.ana, inside.retail)
        assert self.sends(ben, f"/p/{own}/muting").status_code == 403
        assert self.sends(ben, f"/p/{plain}/muting").status_code == 403

    def test_whom_a_wall_hides_cannot_be_muted(self, app, inside, told):
        cleo = browser(app, inside.cleo)
        assert self.sends(cleo, f"/p/{inside.topic}/muting").status_code == 404

    def test_somebody_muted_in_circles_is_not_folded(self, ben, inside, told):
        quiet.mute(inside.reads("ben"), inside.dora.public_id)
        assert not folded(ben.get(f"/t/{inside.topic}").text)

    def test_a_muted_word_folds_here_too(self, ben, inside, told):
        quiet.mute_word(inside.reads("ben"), "mine")
        assert "Mine too." in folded(ben.get(f"/t/{inside.topic}").text)

    def test_report_offers_to_mute_the_name_and_no_person(self, ben, told):
        page = ben.get(f"/p/{told}/report").text
        assert f"/p/{told}/muting" in page
        assert "/people/" not in page
