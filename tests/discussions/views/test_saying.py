"""Reactions, answers and earlier texts as pages have them, with and without script."""

import re

import pytest

from forum.discussions import actions
from forum.models.discussions import ReactionKind
from forum.quiet import actions as quiet
from tests.discussions import trees
from tests.support import community
from tests.support.members_browser import Browser, browser
from tests.support.statements import counted_statements

THANKS = ReactionKind.THANKS
PRESSED = re.compile(
    r'formaction="/p/(\w+)/reactions" name="kind" value="(\w+)" aria-pressed="true"'
)


@pytest.fixture
def ana(app, scene) -> Browser:
    return browser(app, scene.ana)


@pytest.fixture
def ben(app, scene) -> Browser:
    return browser(app, scene.ben)


@pytest.fixture
def answer(scene) -> str:
    return community.reply(scene.ben, scene.topic, "Ours ended.")


class TestReactions:
    def test_one_click_and_the_same_button_undoes_it(self, ana, scene, answer):
        here = f"/t/{scene.topic}?view=time"
        for pressed in ([(answer, "thanks")], []):
            sent = ana.post(f"/p/{answer}/reactions", kind="thanks", next=here)
            assert sent.location == f"{here}#p-{answer}"
            assert PRESSED.findall(ana.get(here).text) == pressed

    def test_nobody_is_led_off_the_site(self, ana, answer):
        sent = ana.post(f"/p/{answer}/reactions", kind="thanks", next="//elsewhere.example")
        assert sent.location == f"/p/{answer}#p-{answer}"

    def test_script_gets_what_the_button_says_now(self, ana, scene, answer):
        actions.react(scene.reads("dora"), answer, THANKS)
        sent = {"csrf_token": community.csrf(ana.client), "kind": "thanks"}
        said = [
            ana.client.post(
                f"/p/{answer}/reactions", data=sent, headers={"Accept": "application/json"}
            ).json
            for _click in range(2)
        ]
        assert said == [
            {"pressed": True, "words": "Thanks 2"},
            {"pressed": False, "words": "Thanks 1"},
        ]

    def test_an_unknown_kind_is_not_there(self, ana, answer):
        assert ana.post(f"/p/{answer}/reactions", kind="applause").status_code == 404

    def test_guests_read_how_many_and_find_nothing_to_press(self, client, scene, answer):
        before = client.get(f"/t/{scene.topic}").text
        actions.react(scene.reads("ana"), answer, THANKS)
        after = client.get(f"/t/{scene.topic}").text
        assert "<span>Thanks 1</span>" in after
        assert "formaction" not in after
        assert "Thanks" not in before

    def test_the_author_reads_how_many_and_is_led_to_who(self, ben, scene, answer):
        actions.react(scene.reads("ana"), answer, THANKS)
        assert f'<a href="/p/{answer}/reactions">Thanks 1</a>' in ben.get(f"/t/{scene.topic}").text
        assert "<bdi>Ana</bdi>" in ben.get(f"/p/{answer}/reactions").text

    def test_nobody_is_named_to_whom_a_block_keeps_apart(self, ana, ben, scene, answer):
        ana.post(f"/p/{answer}/reactions", kind="thanks")
        quiet.block(community.viewer(scene.ben), scene.ana.public_id)
        assert "<bdi>Ana</bdi>" not in ben.get(f"/p/{answer}/reactions").text

    def test_guests_are_not_told_who(self, client, scene, answer):
        actions.react(scene.reads("ana"), answer, THANKS)
        asked = client.get(f"/p/{answer}/reactions")
        assert (asked.status_code, "/sign-in" in asked.location) == (302, True)

    def test_the_opening_post_takes_them_too(self, ben, scene):
        ben.post(f"/p/{scene.topic}/reactions", kind="insight")
        page = ben.get(f"/t/{scene.topic}").text
        assert PRESSED.findall(page) == [(scene.topic, "insight")]
        assert "Insight 1" in page

    @pytest.mark.parametrize("reader", ["guest", "member"])
    def test_a_page_costs_the_same_with_and_without(self, client, scene, reader):
        if reader == "member":
            community.sign_in(client, scene.ben)
        topic = trees.long_topic(scene.ana, scene.retail, 60)
        counts = []
        for _turn in range(2):
            client.get(f"/t/{topic}")
            with counted_statements(client.application) as said:
                client.get(f"/t/{topic}")
            counts.append(len(said))
            for reply in trees.replies_of(topic)[:20]:
                actions.react(scene.reads("dora"), reply, THANKS)
        assert counts[0] == counts[1]


class TestAnswer:
    def test_marked_it_leads_from_the_question_to_the_answer(self, ana, client, scene, answer):
        here = f"/t/{scene.topic}"
        sent = ana.post(f"{here}/answer", post=answer, next=here)
        assert sent.location == f"{here}#p-{answer}"
        page = client.get(here).text
        assert f'<a href="/p/{answer}#p-{answer}">Answered by <bdi>Ben</bdi></a>' in page
        assert page.count("answered it</span>") == 1
        assert "Answered</span>" in client.get("/c/retail").text

    def test_the_same_button_takes_the_mark_off(self, ana, scene, answer):
        here = f"/t/{scene.topic}"
        ana.post(f"{here}/answer", post=answer)
        assert f'formaction="{here}/answer/end"' in ana.get(here).text
        assert ana.post(f"{here}/answer/end").location == here
        page = ana.get(here).text
        assert f'formaction="{here}/answer"' in page
        assert "answered it</span>" not in page

    def test_only_who_asked_has_the_button(self, ben, scene, answer):
        assert "This answered it" not in ben.get(f"/t/{scene.topic}").text

    def test_what_is_no_id_is_not_there(self, ana, scene):
        assert ana.post(f"/t/{scene.topic}/answer", post="nonsense").status_code == 404


class TestHistory:
    @pytest.fixture
    def edited(self, held_clock, scene) -> str:
        community.reply(scene.ben, scene.topic)
        actions.edit_post(scene.reads("ana"), scene.topic, "How do <b>ours</b> end?")
        return scene.topic

    def test_edited_leads_to_it(self, client, edited):
        assert f'<a href="/p/{edited}/history">edited</a>' in client.get(f"/t/{edited}").text

    def test_it_marks_what_changed_and_runs_nothing(self, client, edited):
        page = client.get(f"/p/{edited}/history").text
        assert re.search(r"<del><span[^>]*>taken out: </span>yours</del>", page)
        assert re.search(r"<ins><span[^>]*>put in: </span>&lt;b&gt;ours&lt;/b&gt;</ins>", page)

    @pytest.mark.parametrize("asked", ["2", "0", "x", "-1", "9999999", "١", ""])
    def test_no_such_edit_is_not_there(self, client, edited, asked):
        assert client.get(f"/p/{edited}/history?edit=1").status_code == 200
        assert client.get(f"/p/{edited}/history?edit={asked}").status_code == 404

    def test_it_is_for_no_search_engine(self, client, edited):
        assert 'content="noindex"' in client.get(f"/p/{edited}/history").text


class TestEditedMeanwhile:
    SHOWN = re.compile(r'name="shown"[^>]*value="(\w{64})"')

    def test_both_texts_are_shown_and_ones_own_can_be_saved_all_the_same(self, ana, scene):
        url = f"/p/{scene.topic}/edit"
        shown = self.SHOWN.search(ana.get(url).text)[1]
        sent = {"title": "Pilots", "shown": shown}
        assert ana.post(url, body="From one window.", **sent).status_code == 302
        refused = ana.post(url, body="From the other.", **sent)
        assert refused.status_code == 409
        assert "From one window." in refused.text
        assert "From the other.</textarea>" in refused.text
        again = self.SHOWN.search(refused.text)[1]
        sent = {"title": "Pilots", "shown": again}
        assert ana.post(url, body="From the other.", **sent).status_code == 302
        assert "From the other." in ana.get(url).text

    def test_beside_a_draft_stands_what_it_would_take_the_place_of(self, ana, scene):
        url = f"/p/{scene.topic}/edit"
        assert "What stands there now" not in ana.get(url).text
        actions.save_draft(scene.reads("ana"), f"edit:{scene.topic}", "Pilots", "Half better", "")
        page = ana.get(url).text
        assert "What stands there now" in page
        assert "How do yours end?</p>" in page
        assert "Half better</textarea>" in page

    def test_a_preview_forgets_nothing(self, ana, scene):
        url = f"/p/{scene.topic}/edit"
        shown = self.SHOWN.search(ana.get(url).text)[1]
        page = ana.post(url, body="Mine.", title="Pilots", shown=shown, preview="1").text
        assert self.SHOWN.search(page)[1] == shown


class TestWish:
    def test_it_is_asked_for_and_shown(self, ben, client, scene):
        sent = ben.post("/c/retail/new", title="Why?", body="Words.", wish="listen")
        page = client.get(sent.location).text
        assert '<span class="wish">Please just listen</span>' in page
        assert "would like to be heard" in browser_of_dora(client, scene).get(sent.location).text

    def test_nothing_need_be_chosen(self, ben, client, scene):
        sent = ben.post("/c/retail/new", title="Why?", body="Words.", wish="")
        assert 'class="wish"' not in client.get(sent.location).text

    def test_an_unknown_one_is_refused(self, ben, scene):
        sent = {"title": "Why?", "body": "Words.", "wish": "money"}
        assert ben.post("/c/retail/new", **sent).status_code == 422

    def test_the_edit_form_holds_it_and_changes_it(self, ana, client, scene):
        url = f"/p/{scene.topic}/edit"
        ana.post(url, title="Pilots", body="Words.", wish="similar")
        assert re.search(r'<input checked[^>]*value="similar"', ana.get(url).text)
        ana.post(url, title="Pilots", body="Words.", wish="")
        assert 'class="wish"' not in client.get(f"/t/{scene.topic}").text

    def test_a_draft_of_an_edit_leaves_it_as_it_is(self, ana, scene):
        url = f"/p/{scene.topic}/edit"
        ana.post(url, title="Pilots", body="Words.", wish="similar")
        actions.save_draft(scene.reads("ana"), f"edit:{scene.topic}", "Pilots", "Half better", "")
        assert re.search(r'<input checked[^>]*value="similar"', ana.get(url).text)

    def test_opening_a_topic_is_confirmed(self, ben, scene):
        sent = ben.post("/c/retail/new", title="Why?", body="Words.")
        assert "Your conversation is posted." in ben.get(sent.location).text


def browser_of_dora(client, scene) -> Browser:
    return browser(client.application, scene.dora)
