"""In a long and in a mirrored language nothing breaks, and nothing is left in English."""

import sys

import pytest

from tests.browser.looking import (
    DESKTOP,
    NARROWEST,
    PHONE,
    Windows,
    axe_findings,
    resize,
    sideways,
)
from tests.browser.pages import GUEST, MEMBER, PAGES, Look
from tests.browser.scene import build
from tests.browser.untranslated import untranslated
from tests.support.application import SPACE_KEYS
from tests.support.live_server import emptied
from tests.support.pseudo import LONG, MIRRORED, write_catalogues
from tools.local_site import LocalSite, any_port


class PseudoSite(LocalSite):
    application = "tests.support.pseudo_site:app"


@pytest.fixture(scope="module")
def scene(tmp_path_factory, sqlite_template):
    folder = tmp_path_factory.mktemp("languages")
    write_catalogues(folder / "catalogues")
    chosen = {
        "LOCALES": f"en {LONG} {MIRRORED}",
        "PSEUDO_CATALOGUES": str(folder / "catalogues"),
        "SPACE_KEYS": SPACE_KEYS,
        "SPACE_KEYS_FILE": "",
    }
    with PseudoSite(
        sys.executable, folder / "site", any_port(), settings=chosen, log=folder / "log"
    ) as site:
        site.flask("db", "upgrade")
        site.start_web()
        site.wait_until_it_answers()
        with emptied(site, sqlite_template) as server:
            archive = folder / "archive"
            archive.mkdir()
            yield build(server, archive)


@pytest.fixture(scope="module")
def windows(browser, scene):
    made = {language: Windows(browser, scene, locale=language) for language in (LONG, MIRRORED)}
    yield made
    for each in made.values():
        each.close()


def _once(looks: list[Look]) -> Look:
    """One who sees all there is to a page: a moderator sees it in English often enough."""
    return next((look for look in looks if look.who == MEMBER), looks[0])


SEEN = [*map(_once, PAGES.values()), Look(GUEST, "/"), Look("moderator", "/t/{talk}")]


@pytest.mark.parametrize("look", SEEN, ids=str)
@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_the_page_holds_and_says_nothing_in_english(look, language, scene, windows):
    page = windows[language].of(look.who)
    resize(page, DESKTOP)
    answer = page.goto(scene.path(look.path))
    assert answer is not None
    assert answer.status == 200
    found = untranslated(page)
    for width in (DESKTOP, PHONE, NARROWEST):
        found += sideways(page, width)
    if language == MIRRORED:
        assert page.locator("html").get_attribute("dir") == "rtl"
        found += axe_findings(page, "light")
    found += windows[language].complaints.found
    assert not found, "\n".join(found)
