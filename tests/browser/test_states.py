"""What only opens by a click or a key is as sound as the page it opens on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESKTOP, NARROWEST, PHONE, axe_findings, resize, sideways
from tests.browser.pages import GUEST, MEMBER, MODERATOR
from tests.browser.scene import Scene
from tests.browser.texts import ARABIC, EXTREME, LONG_WORD
from tests.support.visitors import more, post


def circles_menu(page: Page, scene: Scene) -> None:
    page.goto("/")
    page.locator("summary", has_text="Circles").click()
    expect(page.get_by_role("link", name="All circles").first).to_be_visible()


def account_menu(page: Page, scene: Scene) -> None:
    page.goto("/")
    page.locator("summary", has_text="Your account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def skip_link(page: Page, scene: Scene) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the text")).to_be_in_viewport()


def composer_at_the_deepest_post(page: Page, scene: Scene) -> None:
    """Below the narrowest and most awkward post, with a preview open in it."""
    page.goto(scene.path("/t/{extreme}"))
    deepest = post(page, scene.names["deepest"])
    deepest.get_by_role("link", name="Reply", exact=True).click()
    composer = page.locator(".in-place")
    composer.get_by_label("Your reply").fill(f"{EXTREME}\n\n{ARABIC}")
    composer.get_by_role("button", name="Preview").click()
    expect(composer.locator(".preview .prose table")).to_be_visible()


def folded_branch(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/t/{talk}"))
    page.get_by_role("link", name="Fold").first.click()
    expect(page.get_by_role("link", name="Unfold")).to_be_visible()


def whole_quotation(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/t/{extreme}"))
    page.get_by_role("button", name="Show the whole quotation").first.click()


def next_unread(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/t/{talk}"))
    page.keyboard.press("n")


def copied_link(page: Page, scene: Scene) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(scene.path("/t/{talk}"))
    more(page).get_by_role("link", name="Link", exact=True).click()
    expect(page.locator("#said")).to_have_text("Link copied")


def preview_without_script(page: Page, scene: Scene) -> None:
    """The button as a plain submit, which is what it is then."""
    page.goto(scene.path("/c/{circle}/new"))
    page.get_by_role("textbox", name="Your text").fill(EXTREME)
    page.get_by_role("button", name="Preview").evaluate("button => button.dataset.plain = 'yes'")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview .prose table")).to_be_visible()


def kept_draft(page: Page, scene: Scene) -> None:
    """This device kept a newer text than the server has."""
    page.goto(scene.path("/t/{closed}"))
    kept = '{"title": "", "body": "%s"}' % LONG_WORD
    key = scene.path("draft:reply:{answer}")
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.goto(scene.path("/p/{answer}/reply"))
    expect(page.get_by_text("This device kept a newer version of your text.")).to_be_visible()


def lost_connection(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/p/{lonely}/reply"))
    page.route("**/drafts", lambda route: route.abort())
    page.get_by_role("textbox", name="Your reply").fill("Words")
    expect(page.locator(".draft-state")).to_contain_text("No connection")
    page.unroute("**/drafts")


def flashed(page: Page, scene: Scene) -> None:
    """A line that says what was done."""
    page.goto(scene.path("/c/{outside}"))
    page.get_by_role("button", name="Join Elsewhere").click()
    expect(page.locator(".notice.success")).to_be_visible()


def texts_behind_notes(page: Page, scene: Scene) -> None:
    """Every fold opened, long quotations and wide tables among what stands in them."""
    page.goto(scene.path("/t/{noted}"))
    for fold in page.locator(".noted > summary").all():
        fold.click()
    expect(page.locator(".noted .prose table").first).to_be_visible()


def a_ticked_note_refused(page: Page, scene: Scene) -> None:
    """The form as it comes back when it is refused."""
    page.goto(scene.path("/s/{space}/new"))
    page.get_by_label("Illness or burn-out").check()
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_label("Illness or burn-out")).to_be_checked()


def levels_of_a_topic(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/t/{extreme}"))
    page.locator(".follow > summary").click()
    expect(page.get_by_role("button", name="Watching")).to_be_visible()


def levels_of_a_circle(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/c/{circle}"))
    page.locator(".follow > summary").click()
    expect(page.get_by_role("button", name="Muted")).to_be_visible()


def whom_to_name(page: Page, scene: Scene) -> None:
    """One of them has the longest of names."""
    page.goto(scene.path("/p/{lonely}/reply"))
    box = page.get_by_role("textbox", name="Your reply")
    box.fill("")
    box.press_sequentially(f"@{scene.people['long'].handle[:4]}")
    expect(page.get_by_role("listbox", name="People")).to_be_visible()


STATES: list[tuple[str, Callable[[Page, Scene], None]]] = [
    (MODERATOR, circles_menu),
    (MEMBER, account_menu),
    (GUEST, skip_link),
    (MEMBER, composer_at_the_deepest_post),
    (MODERATOR, folded_branch),
    (MEMBER, whole_quotation),
    (MEMBER, next_unread),
    (MEMBER, copied_link),
    (MEMBER, preview_without_script),
    (MEMBER, kept_draft),
    (MEMBER, lost_connection),
    (MODERATOR, flashed),
    (MEMBER, levels_of_a_topic),
    (MODERATOR, levels_of_a_circle),
    (MODERATOR, whom_to_name),
    (MEMBER, texts_behind_notes),
    (MEMBER, a_ticked_note_refused),
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state[1].__name__.replace("_", " "))
def test_nothing_is_wrong_with_what_opens(state, scene, windows):
    who, open_it = state
    page = windows.of(who)
    resize(page, DESKTOP)
    open_it(page, scene)
    found = axe_findings(page, "light") + sideways(page, PHONE)
    found += axe_findings(page, "dark") + sideways(page, NARROWEST)
    found += [said for said in windows.complaints.found if "ERR_FAILED" not in said]
    assert not found, "\n".join(found)


def test_the_words_of_posts_have_a_contrast_of_seven(scene, windows):
    page = windows.of(MEMBER)
    resize(page, DESKTOP)
    page.goto(scene.path("/t/{arabic}"))
    enhanced = ["color-contrast-enhanced"]
    found = axe_findings(page, "light", enhanced) + axe_findings(page, "dark", enhanced)
    assert not [one for one in found if "<p>" in one or 'dir="auto"' in one]
