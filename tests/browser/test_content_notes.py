"""Content notes at a browser: by mouse, by keyboard, without script; and a draft keeps them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import community, spaces
from tests.support.visitors import post, sign_in

WORDS, ANSWER = "What I don't want to read unasked.", "Nor this."
NOTE = "Content note: Illness or burn-out"


@pytest.fixture
def scene(live_server):
    """Ben has told something with a note, and answered himself; Ana reads."""
    with live_server.app.app_context():
        here = spaces.space(community.circle("retail"))
        ana, ben = community.person("Ana"), community.person("Ben")
        spaces.enter(here, ana, employer="Northwind")
        spaces.enter(here, ben, employer="Contoso")
        quoted = "\n".join(f"> Line {number}.\n>" for number in range(30))
        told = spaces.sealed_topic(ben, here, "Used up", WORDS, notes=("illness",))
        answer = spaces.sealed_reply(ben, told, f"{ANSWER}\n\n{quoted}")
    return ana, here.public_id, told, answer


@pytest.fixture
def ana(scene, live_server, page) -> Page:
    return sign_in(page, live_server, scene[0])


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def reader(request, scene, live_server, new_page) -> Page:
    window = new_page(java_script_enabled=request.param)
    return sign_in(window, live_server, scene[0])


def fold(page: Page, public_id: str) -> Locator:
    return post(page, public_id).locator(".noted > summary")


def test_a_click_opens_one_text_and_leaves_the_others(reader, scene):
    _ana, _space, told, _answer = scene
    reader.goto(f"/t/{told}")
    expect(reader.get_by_text(WORDS)).to_be_hidden()
    expect(fold(reader, told)).to_have_text(NOTE)
    fold(reader, told).click()
    expect(reader.get_by_text(WORDS)).to_be_visible()
    expect(reader.get_by_text(ANSWER)).to_be_hidden()
    fold(reader, told).click()
    expect(reader.get_by_text(WORDS)).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_so_does_a_key(reader, scene, key):
    reader.goto(f"/t/{scene[2]}")
    fold(reader, scene[2]).focus()
    reader.keyboard.press(key)
    expect(reader.get_by_text(WORDS)).to_be_visible()


def test_one_button_opens_all_for_good_and_another_folds_them_again(reader, scene):
    reader.goto(f"/t/{scene[2]}")
    reader.get_by_role("button", name="Unfold all texts here").click()
    for text in (WORDS, ANSWER):
        expect(reader.get_by_text(text)).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(WORDS)).to_be_visible()
    reader.get_by_role("button", name="Fold them again").click()
    expect(reader.get_by_text(WORDS)).to_be_hidden()


def test_what_was_chosen_in_the_settings_holds(reader, scene):
    reader.goto(f"/t/{scene[2]}")
    reader.get_by_role("link", name="Choose what is folded").click()
    reader.get_by_label("Illness or burn-out").uncheck()
    reader.get_by_role("button", name="Keep this choice").click()
    reader.goto(f"/t/{scene[2]}")
    expect(reader.get_by_text(WORDS)).to_be_visible()


def test_a_long_quotation_that_was_folded_away_is_shortened_when_it_is_opened(ana, scene):
    ana.goto(f"/t/{scene[2]}")
    for _turn in range(3):  # opened, closed, opened
        fold(ana, scene[3]).click()
    whole = post(ana, scene[3]).get_by_role("button", name="Show the whole quotation")
    expect(whole).to_have_count(1)


def test_nothing_of_it_is_left_on_the_device(ana, scene):
    ana.goto(f"/t/{scene[2]}")
    fold(ana, scene[2]).click()
    ana.get_by_role("button", name="Unfold all texts here").click()
    assert ana.evaluate("localStorage.length + sessionStorage.length") == 0


class TestADraft:
    @pytest.fixture
    def form(self, ana, scene) -> Page:
        ana.goto(f"/s/{scene[1]}/new")
        return ana

    def saved(self, form: Page) -> None:
        expect(form.locator(".draft-state")).to_have_attribute("data-state", "saved")

    def test_keeps_wish_and_notes_with_the_words(self, form):
        form.get_by_label("Please just listen").check()
        form.get_by_label("Illness or burn-out").check()
        form.get_by_label("Death and grief").check()
        form.get_by_role("textbox", name="Your text").fill("Half a thought.")
        self.saved(form)
        form.reload()
        expect(form.get_by_role("textbox", name="Your text")).to_have_value("Half a thought.")
        expect(form.get_by_label("Please just listen")).to_be_checked()
        for note in ("Illness or burn-out", "Death and grief"):
            expect(form.get_by_label(note)).to_be_checked()
        expect(form.get_by_label("Losing a job")).not_to_be_checked()

    def test_keeps_a_tick_that_was_set_or_taken_back_after_the_words(self, form):
        form.get_by_label("Losing a job").check()
        form.get_by_role("textbox", name="Your text").fill("Half a thought.")
        self.saved(form)
        with form.expect_response("**/drafts"):
            form.get_by_label("Losing a job").uncheck()
            form.get_by_label("Discrimination").check()
        form.reload()
        expect(form.get_by_label("Discrimination")).to_be_checked()
        expect(form.get_by_label("Losing a job")).not_to_be_checked()

    def test_is_taken_along_when_the_page_is_left_at_once(self, form, scene):
        form.get_by_label("Violence or threats").check()
        form.goto("/circles")
        form.goto(f"/s/{scene[1]}/new")
        expect(form.get_by_label("Violence or threats")).to_be_checked()
