from email.message import EmailMessage
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from forum.home.letters import CONTEXTS
from forum.mail.render import Context, render
from forum.models.outbox import Letter

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
FOLDERS = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
WORDS = {
    "link": "/confirm/abc",
    "sign_in": "/sign-in",
    "join": "/join",
    "code": "12345678",
    "password": "/settings/password",
    "contact": "/contact",
}
WITHOUT_LINK = {"work_code"}


def rendered(folder: str, **changes: str):
    site = {"site_name": "Cahoots", "site_url": "https://forum.site"} | changes
    return render(Letter(kind="join"), Context("ana@site.example", WORDS, folder), **site)


@pytest.mark.parametrize("folder", FOLDERS)
class TestEachLetter:
    def test_it_has_a_subject_a_text_and_a_page(self, app_context, folder):
        letter = rendered(folder)
        assert letter.address == "ana@site.example"
        assert letter.subject
        assert letter.text.strip()
        assert letter.html.startswith("<!doctype html>")

    def test_text_and_page_hold_the_same_links(self, app_context, folder):
        letter = rendered(folder)
        links = {word for word in letter.text.split() if word.startswith("https://")}
        found = any(link.startswith("https://forum.site/") for link in links)
        assert found == (folder not in WITHOUT_LINK)
        assert all(f'href="{link}"' in letter.html for link in links)

    def test_every_link_names_the_site_as_configured(self, app_context, folder):
        letter = rendered(folder)
        assert letter.html.count("href=") == letter.html.count('href="https://forum.site')

    def test_it_fetches_nothing_when_opened(self, app_context, folder):
        html = rendered(folder).html
        assert not any(word in html for word in ("src=", "url(", "<img", "<script", "<link"))

    def test_its_subject_is_one_line_whatever_the_site_is_called(self, app_context, folder):
        letter = rendered(folder, site_name="Caf\r\nBcc: all@site.example")
        assert "\n" not in letter.subject
        assert "\r" not in letter.subject
        EmailMessage()["Subject"] = letter.subject

    def test_the_sites_name_cannot_bring_markup_into_the_page(self, app_context, folder):
        letter = rendered(folder, site_name="<script>alert(1)</script>")
        assert "<script" not in letter.html

    def test_a_forgotten_word_is_an_error_and_not_a_hole(self, app_context, folder):
        context = Context("ana@site.example", {}, folder)
        with pytest.raises(UndefinedError):
            render(Letter(kind="join"), context, site_name="C", site_url="https://forum.site")


def test_a_kind_of_letter_uses_the_folder_of_its_name(app_context):
    letter = render(
        Letter(kind="join"),
        Context("ana@site.example", WORDS),
        site_name="Cahoots",
        site_url="https://forum.site",
    )
    assert letter.subject == rendered("join").subject


def test_every_kind_of_letter_has_its_folder():
    assert set(CONTEXTS) <= set(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_has_its_three_parts(folder):
    parts = {path.name for path in (TEMPLATES / folder).iterdir()}
    assert parts == {"subject.txt", "body.txt", "body.html"}
