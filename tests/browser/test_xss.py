"""Texts that try to run a script, through every input, in a real browser: nothing runs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import chosen, packed
from tests.browser.hostile_inputs import build
from tests.browser.watching import Watch

KINDS = [
    "purpose",
    "rules",
    "title",
    "opening post",
    "name and reply",
    "edit",
    "excerpt above a reply",
    "report",
    "hiding",
    "draft",
    "imported subject",
    "imported name and text",
    "address",
]
SHOWN_WITH_POLICY = 3
"""With the Content-Security-Policy on, only every third page: without it is the harder test."""


SEND_FORM = """typed => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/drafts";
    for (const [name, value] of Object.entries(typed)) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture(scope="module")
def hostile(lasting_server, tmp_path_factory):
    return build(lasting_server, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module", params=[True, False], ids=["no policy", "policy"])
def watch(request, browser, hostile):
    watch = Watch(browser, hostile, without_policy=request.param)
    yield watch
    watch.close()


def test_every_input_that_shows_on_pages_is_tried(hostile):
    assert list(hostile.pages) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs(kind, hostile, watch):
    paths = hostile.pages[kind]
    for path in paths if watch.without_policy else paths[::SHOWN_WITH_POLICY]:
        watch.look_at(path)
    assert not watch.seen()


def test_nothing_runs_in_a_preview_nor_in_what_it_was_made_of(watch):
    page = watch.look_at("/c/titles/new")
    for text in packed(chosen("preview"), 2_500):
        page.get_by_role("textbox", name="Your text").fill(text)
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".preview")).to_be_focused()
        watch.note_dangers(page)
        page.locator(".preview").evaluate("box => { box.hidden = true; document.body.focus(); }")
    assert not watch.seen()


def test_nothing_runs_in_a_form_that_comes_back_with_its_mistakes(watch):
    page = watch.look_at("/c/titles/new")
    fill(page, "title", " ".join(chosen("title that comes back")))
    fill(page, "body", " ".join(chosen("body that comes back")) * 2)
    page.get_by_role("button", name="Start the conversation").click()
    expect(page.locator("#problems")).to_be_focused()
    watch.note_dangers(page)
    page = watch.look_at("/join?guest")
    fill(page, "address", " ".join(chosen("address that comes back")))
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.locator("#problems")).to_be_focused()
    watch.note_dangers(page)
    assert not watch.seen()


def test_nothing_runs_where_an_error_page_gives_words_back(watch):
    """Of a form whose fields' names were tampered with too."""
    page = watch.look_at("/contact?guest")
    typed = dict(zip(chosen("field name")[:150], chosen("field"), strict=False))
    shown = {"title": " ".join(chosen("title of old")), "body": "\n".join(chosen("body of old"))}
    page.evaluate(SEND_FORM, typed | shown)
    expect(page.get_by_role("heading", name="What you had typed")).to_be_visible()
    watch.note_dangers(page)
    assert not watch.seen()


def fill(page: Page, name: str, text: str) -> None:
    """At once, and more than one could type."""
    page.locator(f"main [name={name}]").evaluate("(box, text) => { box.value = text; }", text)


SEEN_BY_THE_WATCH = {
    "<script>window.ran = 1</script>": "ran 1 ran",
    "<img src=x onerror='window.ran = 2'>": "ran 2 ran",
    "<details open ontoggle='alert(1)'>": "alert ran",
    "<iframe srcdoc='<script>parent.ran = 3</script>'></iframe>": "element: <iframe",
    "<p class=prose><b>bold</b></p>": "in a post: <b>",
    "<a href=' java\nscript:1'>a</a>": "address: <a",
    "<p style='color: red'>a</p>": "element: <p",
    "<img src='https://foreign.example/x.png'>": "foreign request: https://foreign.example/x.png",
    "<link rel=stylesheet href='/c/talk'>": "not ours: <link",
}


@pytest.mark.parametrize(("html", "noticed"), SEEN_BY_THE_WATCH.items())
def test_the_watch_notices_what_it_is_there_for(html, noticed, watch):
    if not watch.without_policy and " ran" in noticed:
        noticed = "Content Security Policy"
    page = watch.with_html(html)
    watch.note_dangers(page)
    seen = " ".join(watch.seen())
    assert noticed in seen
    assert watch.without_policy or " ran in " not in seen
