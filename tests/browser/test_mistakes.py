"""A form filled in wrongly says so on top, leads to the field, and keeps what was typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESKTOP, NARROWEST, axe_findings, resize, sideways
from tests.browser.mistakes import ALL, MISTAKES, NOTHING_TO_MISTAKE, Mistake
from tests.support.visitors import focused


def sent(page: Page, mistake: Mistake, path: str) -> Page:
    """Fill the form in as the mistake says, and send it."""
    resize(page, DESKTOP)
    page.goto(path)
    for label, text in (mistake.typed | mistake.secret).items():
        page.get_by_label(label, exact=True).fill(text)
    with page.expect_navigation() as answer:
        page.locator("main form.form .buttons button").first.click()
    assert answer.value.status == 422
    return page


@pytest.fixture(params=ALL, ids=lambda mistake: f"{mistake.path} {' '.join(mistake.wrong)}")
def mistake(request):
    return request.param


@pytest.fixture
def page(mistake, windows, scene):
    """The form as it came back."""
    page = windows.of(mistake.who)
    yield sent(page, mistake, scene.path(mistake.path))
    assert not windows.complaints.found


def test_every_form_of_the_site_is_on_the_list(scene):
    forms = {
        rule.rule
        for rule in scene.site.app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
    }
    listed = set(MISTAKES) | set(NOTHING_TO_MISTAKE)
    assert forms == listed, f"Add it to tests/browser/mistakes.py: {sorted(forms ^ listed)}"


def test_a_refused_form_leads_to_what_is_wrong_and_loses_nothing(page, mistake):
    summary = page.locator("#problems")
    expect(summary).to_be_focused()
    named = summary.get_by_role("link").all_text_contents()
    assert [text.split(":")[0] for text in named] == list(mistake.wrong)
    for label, text in mistake.typed.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(text)
    for label in mistake.secret:
        expect(page.get_by_label(label, exact=True)).to_have_value("")
    for link in summary.get_by_role("link").all():
        link.click()
        expect(focused(page)).to_have_attribute("id", str(link.get_attribute("href"))[1:])
        expect(focused(page)).to_be_in_viewport()
    found = axe_findings(page, "light") + sideways(page, NARROWEST) + axe_findings(page, "dark")
    assert not found, "\n".join(found)
