"""Every page, as everybody who sees it, is sound: for axe, in its console, and in any width."""

import pytest

from tests.browser.looking import (
    COLOUR_RULES,
    DESKTOP,
    NARROWEST,
    PHONE,
    ZOOMED,
    axe_findings,
    resize,
    sideways,
    small_targets,
)
from tests.browser.pages import LOOKS, MEMBER, NO_PAGES, PAGES

SEEN_BY_SEVERAL = {
    look.path for look in LOOKS if any(look.path == one.path and look != one for one in LOOKS)
}


def test_every_page_of_the_site_is_on_the_list(scene):
    rules = {
        rule.rule
        for rule in scene.site.app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
    }
    assert rules == set(PAGES) | set(NO_PAGES), (
        "Who looks at the new page, and from which address? Say it in tests/browser/pages.py. "
        f"Differs: {sorted(rules ^ (set(PAGES) | set(NO_PAGES)))}"
    )


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_page(look, scene, windows):
    """One person's desktop is light and phone dark, another's the other way round."""
    page = windows.of(look.who)
    desktop, phone = ("dark", "light") if look.who == MEMBER else ("light", "dark")
    resize(page, DESKTOP)
    answer = page.goto(scene.path(look.path))
    assert answer is not None
    assert answer.status == 200
    found = axe_findings(page, desktop) + sideways(page, ZOOMED) + sideways(page, PHONE)
    found += axe_findings(page, phone) + small_targets(page)
    if look.path not in SEEN_BY_SEVERAL:
        found += axe_findings(page, desktop, COLOUR_RULES)
        resize(page, DESKTOP)
        found += axe_findings(page, phone, COLOUR_RULES)
    found += sideways(page, NARROWEST) + windows.complaints.found
    assert not found, "\n".join(found)
