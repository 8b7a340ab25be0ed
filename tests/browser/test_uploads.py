"""Adding pictures and documents while writing, in a real browser, with script and without."""

import base64
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.files import hostile
from tests.support import community, spaces
from tests.support.visitors import sign_in

pytestmark = pytest.mark.browser
ADD = "Add a picture or PDF"
PICTURE = {"name": "chart.png", "mimeType": "image/png", "buffer": hostile.picture()}
PDF = {"name": "The plan.pdf", "mimeType": "application/pdf", "buffer": hostile.pdf()}
GIF = {"name": "a.gif", "mimeType": "image/gif", "buffer": b"GIF89a" + bytes(60)}
SHOWN = re.compile(r"Half a text\n\n!\[\]\(/files/[2-9a-z]{24}\)\n")
DROP = """([box, kind]) => {
  const bytes = Uint8Array.from(atob(window.picture), (each) => each.charCodeAt());
  const files = new DataTransfer();
  files.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
  const what = { bubbles: true, cancelable: true };
  box.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...what, clipboardData: files })
    : new DragEvent("drop", { ...what, dataTransfer: files }));
}"""


@pytest.fixture
def path(live_server, page: Page) -> str:
    """The page on which Ana, signed in, writes a reply."""
    with live_server.app.app_context():
        ana = community.person("Ana")
        circle = community.circle("retail")
        community.join(ana, circle)
        question = community.topic(ana, circle)
    sign_in(page, live_server, ana)
    return f"/p/{question}/reply"


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your reply")


def write(page: Page, path: str) -> None:
    page.goto(path)
    box(page).fill("Half a text")


def add(page: Page, file: dict) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=ADD).click()
    chooser.value.set_files(file)


def test_a_chosen_picture_stands_in_the_text_and_is_described_beside_it(page: Page, path: str):
    write(page, path)
    add(page, PICTURE)
    expect(box(page)).to_have_value(SHOWN)
    words = page.get_by_role("textbox", name="What the picture shows")
    words.fill("A [chart]")
    expect(box(page)).to_have_value(re.compile(r"!\[A \\\[chart\\\]\]\(/files/"))
    words.press("Enter")
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name="Post your reply").click()
    picture = page.get_by_role("img", name="A [chart]")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 64


def test_pictures_chosen_together_are_added_one_after_the_other(page: Page, path: str):
    write(page, path)
    add(page, [PICTURE, PICTURE, PICTURE])
    expect(page.get_by_role("textbox", name="What the picture shows")).to_have_count(3)


def test_one_that_waits_for_another_can_be_called_off(page: Page, path: str):
    write(page, path)
    page.route("**/file", lambda _request: None)  # the first is never answered
    add(page, [PICTURE, PICTURE])
    page.get_by_role("button", name="Cancel").nth(1).click()
    expect(page.locator(".uploads li")).to_have_count(1)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".uploads li")).to_have_count(0)


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_may_be_dropped_or_pasted(page: Page, path: str, kind: str):
    write(page, path)
    held = base64.b64encode(hostile.picture()).decode()
    page.evaluate("(held) => { window.picture = held; }", held)
    page.evaluate(DROP, [box(page).element_handle(), kind])
    expect(box(page)).to_have_value(SHOWN)


def test_a_pdf_is_linked_and_its_sender_warned(page: Page, path: str):
    write(page, path)
    add(page, PDF)
    expect(box(page)).to_have_value(re.compile(r"\[The plan\.pdf\]\(/files/"))
    expect(page.locator(".uploads")).to_contain_text("may carry its author’s name")


@pytest.mark.parametrize("file", [PICTURE, PDF], ids=["picture", "pdf"])
def test_taken_out_again_nothing_of_it_stays_in_the_text(page: Page, path: str, file: dict):
    write(page, path)
    add(page, file)
    expect(box(page)).to_have_value(re.compile(r"\(/files/"))
    box(page).press("End")
    box(page).press_sequentially(" [and more]")
    page.get_by_role("button", name="Take it out of the text").click()
    expect(page.locator(".uploads li")).to_have_count(0)
    expect(box(page)).to_have_value("Half a text [and more]\n\n")
    expect(box(page)).to_be_focused()


def test_of_two_the_one_that_was_meant_is_taken_out(page: Page, path: str):
    write(page, path)
    add(page, PICTURE)
    expect(box(page)).to_have_value(SHOWN)
    page.get_by_role("textbox", name="What the picture shows").fill("A [chart]")
    add(page, PDF)
    expect(page.locator(".uploads li")).to_have_count(2)
    expect(box(page)).to_have_value(re.compile("plan"))
    page.get_by_role("button", name="Take it out of the text").first.click()
    expect(box(page)).to_have_value(
        re.compile(r"^Half a text\n\n\[The plan\.pdf\]\(/files/\w+\)\n*$")
    )


def test_the_button_stands_with_the_other_tools_above_the_text(page: Page, path: str):
    page.goto(path)
    tools = page.get_by_role("toolbar", name="Formatting")
    expect(tools.get_by_role("button", name=ADD)).to_be_visible()
    expect(page.get_by_role("button", name=ADD)).to_have_count(1)


def test_a_refusal_is_said_in_words_and_the_text_stays(page: Page, path: str, complaints):
    write(page, path)
    add(page, GIF)
    expect(page.locator(".uploads")).to_contain_text("JPEG, PNG or WebP")
    expect(page.locator("#said")).to_contain_text(re.compile("^a.gif: .*JPEG, PNG or WebP"))
    expect(box(page)).to_have_value("Half a text")
    page.get_by_role("button", name="Remove this line").click()
    expect(page.locator(".uploads li")).to_have_count(0)
    complaints.found = [said for said in complaints.found if "415" not in said]


def test_what_is_too_large_is_not_even_sent(page: Page, path: str, tmp_path):
    write(page, path)
    large = tmp_path / "large.pdf"
    large.write_bytes(hostile.pdf(bytes(10_000_001)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    add(page, str(large))
    expect(page.locator("#said")).to_have_text("large.pdf: A file may have up to 10 MB.")
    assert not [url for url in asked if url.endswith("/file")]


def test_while_it_is_on_its_way_it_can_be_cancelled_and_nothing_is_posted(page: Page, path: str):
    write(page, path)
    page.route("**/reply/file", lambda _route: None)  # it never gets an answer
    add(page, PICTURE)
    expect(page.get_by_role("progressbar", name="chart.png")).to_be_visible()
    page.get_by_role("button", name="Post your reply").click()
    expect(page.locator("#said")).to_contain_text("still on its way")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(box(page)).to_have_value("Half a text")


def test_a_lost_connection_is_said(page: Page, path: str, complaints):
    write(page, path)
    page.route("**/reply/file", lambda route: route.abort())
    add(page, PICTURE)
    expect(page.locator(".uploads")).to_contain_text("could not be sent")
    complaints.found = [said for said in complaints.found if "ERR_FAILED" not in said]


def test_in_the_form_that_opens_in_the_conversation_too(page: Page, path: str):
    page.goto(path.removesuffix("/reply").replace("/p/", "/t/"))
    page.locator(".post-acts .reply").first.click()
    form = page.locator(".in-place form")
    form.get_by_role("textbox").fill("Half a text")
    with page.expect_file_chooser() as chooser:
        form.get_by_role("button", name=ADD).click()
    chooser.value.set_files(PICTURE)
    expect(form.locator("textarea")).to_have_value(SHOWN)


def test_without_script_a_page_takes_it_and_the_text_waits(live_server, browser, path, page):
    plain = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    plain.add_cookies(page.context.cookies())
    there = plain.new_page()
    there.goto(path)
    box(there).fill("Half a text")
    there.get_by_role("button", name=ADD).click()
    there.get_by_label("File").set_input_files(PICTURE)
    there.get_by_label("What the picture shows").fill("A chart")
    there.get_by_role("button", name="Add it").click()
    expect(box(there)).to_have_value(re.compile(r"Half a text\n\n!\[A chart\]\(/files/"))
    there.get_by_role("button", name="Post your reply").click()
    expect(there.get_by_role("img", name="A chart")).to_be_visible()
    plain.close()


def test_in_a_private_space_only_pictures_are_asked_for(page: Page, live_server):
    with live_server.app.app_context():
        ana, here = community.person("Ana"), spaces.space(community.circle("retail"))
        spaces.enter(here, ana, employer="Northwind")
        told = spaces.sealed_topic(ana, here, "It failed", "We failed.")
    sign_in(page, live_server, ana)
    write(page, f"/p/{told}/reply")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a picture").click()
    assert "pdf" not in (chooser.value.element.get_attribute("accept") or "pdf")
    chooser.value.set_files(PICTURE)
    expect(box(page)).to_have_value(SHOWN)
    page.get_by_role("textbox", name="What the picture shows").fill("A chart")
    page.get_by_role("button", name="Post your reply").click()
    picture = page.get_by_role("img", name="A chart")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 64
