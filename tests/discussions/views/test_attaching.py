"""Adding a file while writing: without script by a small page, with script in the composer."""

import re
from io import BytesIO

import pytest

from forum.core import ids
from forum.discussions import queries
from forum.files import storage
from forum.models.files import StoredFile
from tests.discussions import rows
from tests.files import hostile
from tests.support import community
from tests.support.members_browser import Browser, browser

SHOWN = re.compile(r"!\[(.*)\]\(/files/([2-9a-z]{24})\)")
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def folder(tmp_path, app):
    before = storage.use(storage.Folder(tmp_path / "files"))
    yield tmp_path / "files"
    storage.use(before)


@pytest.fixture
def ben(app, scene) -> Browser:
    return browser(app, scene.ben)


def sends(who: Browser, url: str, content: bytes, name: str = "a.png", headers=None, **fields):
    data = {"csrf_token": community.csrf(who.client), "file": (BytesIO(content), name), **fields}
    return who.client.post(url, data=data, headers=headers, content_type="multipart/form-data")


def draft(scene, place: str):
    return queries.draft_for(scene.reads("ben"), place)


def announces(who: Browser, url: str, length: int):
    """Says that so many bytes will come, and sends none."""
    return who.client.post(
        url,
        input_stream=BytesIO(),
        environ_overrides={"CONTENT_LENGTH": str(length)},
        content_type="multipart/form-data; boundary=a",
        headers={"X-CSRFToken": community.csrf(who.client)},
    )


class TestWithoutScript:
    @pytest.mark.parametrize("kind", ["topic", "reply", "edit"])
    def test_the_text_waits_as_a_draft_and_the_picture_is_put_at_its_end(self, ben, scene, kind):
        answer = community.reply(scene.ben, scene.topic)
        url, place = {
            "topic": ("/c/retail/new", "topic:retail"),
            "reply": (f"/p/{scene.topic}/reply", f"reply:{scene.topic}"),
            "edit": (f"/p/{answer}/edit", f"edit:{answer}"),
        }[kind]
        away = ben.post(url, body="Half a text", attach="1", draft_place=place)
        assert (away.status_code, away.location) == (302, f"{url}/file")
        assert ben.get(away.location).status_code == 200
        back = sends(ben, away.location, hostile.picture(), words="A [chart]")
        assert (back.status_code, back.location) == (302, f"{url}#body")
        body = draft(scene, place).body
        assert body.startswith("Half a text\n\n![A \\[chart\\]](/files/")
        assert "Half a text" in ben.get(url).text

    def test_a_title_waits_too(self, ben, scene):
        ben.post(
            "/c/retail/new", title="Why?", body="Words.", attach="1", draft_place="topic:retail"
        )
        sends(ben, "/c/retail/new/file", hostile.picture())
        assert draft(scene, "topic:retail").title == "Why?"

    @pytest.mark.parametrize("kind", ["topic", "edit"])
    def test_what_is_said_of_the_topic_waits_too(self, app, scene, kind):
        ana = browser(app, scene.ana)
        url, place = {
            "topic": ("/c/retail/new", "topic:retail"),
            "edit": (f"/p/{scene.topic}/edit", f"edit:{scene.topic}"),
        }[kind]
        said = {
            "tags": "Kaizen, budget",
            "wish": "listen",
            "company_size": "large",
            "company_market": "b2c",
            "company_regulated": "0",
        }
        ana.post(url, title="Why?", body="Words.", attach="1", draft_place=place, **said)
        sends(ana, f"{url}/file", hostile.picture())
        page = ana.get(url).text
        assert 'value="Kaizen, budget"' in page
        assert re.search(r'<input checked [^>]*value="listen">', page)
        for chosen in ("large", "b2c", "0"):
            assert f'<option selected value="{chosen}">' in page

    def test_a_pdf_is_linked_by_its_name(self, ben, scene):
        sends(ben, "/c/retail/new/file", hostile.pdf(), "The_plan.pdf")
        assert draft(scene, "topic:retail").body.startswith("[The\\_plan.pdf](/files/")

    @pytest.mark.parametrize(
        ("content", "status"), [(b"GIF89a", 415), (b"", 422), (hostile.picture()[:90], 422)]
    )
    def test_refused_it_says_why_and_keeps_the_words(self, ben, scene, content, status):
        answer = sends(ben, "/c/retail/new/file", content, words="A chart")
        assert answer.status_code == status
        assert 'value="A chart"' in answer.text
        assert 'href="#file"' in answer.text
        assert rows.count(StoredFile) == 0

    def test_without_a_file_it_asks_for_one(self, ben, scene):
        answer = ben.post("/c/retail/new/file", words="A chart")
        assert answer.status_code == 422
        assert "Choose a file first." in answer.text

    def test_a_file_sent_as_words_is_none(self, ben, scene):
        assert ben.post("/c/retail/new/file", file="\x89PNG").status_code == 422

    def test_what_is_too_large_is_refused_by_its_length_unread(self, ben, scene):
        answer = announces(ben, "/c/retail/new/file", 10_200_000)
        assert answer.status_code == 413
        assert "up to 10 MB" in answer.text

    def test_everywhere_else_a_megabyte_is_the_most(self, ben, scene):
        answer = announces(ben, "/c/retail/new", 1_100_000)
        assert answer.status_code == 413
        assert "20,000 characters" in answer.text

    def test_other_forms_may_not_be_large_there_either(self, ben, scene):
        token = community.csrf(ben.client)
        sent = {"csrf_token": token, "words": "x" * 1_100_000}
        assert ben.client.post("/c/retail/new/file", data=sent).status_code == 413

    def test_many_parts_are_too_many(self, ben, scene):
        parts = {f"part{n}": "x" for n in range(250)}
        assert sends(ben, "/c/retail/new/file", hostile.picture(), **parts).status_code == 413


class TestByScript:
    def test_it_learns_what_to_put_into_the_text(self, ben, scene):
        answer = sends(ben, "/c/retail/new/file", hostile.picture(), headers=JSON)
        assert answer.status_code == 201
        told = answer.get_json()
        assert told["picture"] is True
        assert SHOWN.fullmatch(told["markdown"])[1] == ""
        assert ben.get(told["url"]).headers["Content-Type"] == "image/webp"
        assert draft(scene, "topic:retail") is None

    def test_a_refusal_is_a_sentence(self, ben, scene):
        answer = sends(ben, "/c/retail/new/file", b"GIF89a", headers=JSON)
        assert answer.status_code == 415
        assert "JPEG, PNG or WebP" in answer.get_json()["error"]


class TestWords:
    def text(self, ben, words: str = "") -> str:
        told = sends(ben, "/c/retail/new/file", hostile.picture(), headers=JSON).get_json()
        return told["markdown"].replace("![]", f"![{words}]")

    def test_a_picture_without_words_is_asked_about_once(self, ben, scene):
        body = self.text(ben)
        asked = ben.post(f"/p/{scene.topic}/reply", body=body)
        assert asked.status_code == 422
        assert "no words for those" in asked.text
        assert 'name="decorative"' in asked.text
        assert ben.post(f"/p/{scene.topic}/reply", body=body, decorative="y").status_code == 302

    def test_with_words_nobody_asks(self, ben, scene):
        body = self.text(ben, "A chart")
        assert ben.post(f"/p/{scene.topic}/reply", body=body).status_code == 302

    def test_a_preview_shows_it_without_asking(self, ben, scene):
        answer = ben.post("/c/retail/new", title="A", body=self.text(ben), preview="1")
        assert answer.status_code == 200
        assert '<img alt=""' in answer.text

    def test_the_preview_by_script_shows_it_too(self, ben, scene):
        answer = ben.post("/preview", body=self.text(ben, "A chart"))
        assert '<img alt="A chart"' in answer.text


class TestWho:
    def test_only_whoever_may_write_there(self, app, scene):
        stranger = browser(app, community.person("Eve"))
        for url in ("/c/retail/new/file", f"/p/{scene.topic}/reply/file"):
            assert stranger.get(url).status_code == 403
            assert sends(stranger, url, hostile.picture()).status_code == 403
        assert rows.count(StoredFile) == 0

    def test_a_guest_is_turned_away_before_the_file_is_read(self, app, scene):
        guest = Browser(app.test_client())
        answer = sends(guest, "/c/retail/new/file", hostile.picture())
        assert answer.status_code == 401

    def test_a_made_up_id_stays_words(self, ben, scene):
        body = f"![A chart](/files/{ids.file_id()})"
        answer = ben.post(f"/p/{scene.topic}/reply", body=body)
        assert "<img alt" not in ben.get(answer.location).text


class TestInASpace:
    """Pictures only, which wait sealed until they are posted."""

    @pytest.mark.parametrize("kind", ["topic", "reply", "edit"])
    def test_the_text_waits_and_the_picture_is_put_at_its_end(self, app, inside, kind):
        ana, here = browser(app, inside.ana), inside.here.public_id
        url, place = {
            "topic": (f"/s/{here}/new", f"space:{here}"),
            "reply": (f"/p/{inside.topic}/reply", f"reply:{inside.topic}"),
            "edit": (f"/p/{inside.topic}/edit", f"edit:{inside.topic}"),
        }[kind]
        away = ana.post(url, body="Half a text", attach="1", draft_place=place)
        assert (away.status_code, away.location) == (302, f"{url}/file")
        page = ana.get(away.location)
        assert "Add a picture</h1>" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        back = sends(ana, away.location, hostile.picture(), words="A chart")
        assert (back.status_code, back.location) == (302, f"{url}#body")
        text = ana.get(url).text
        assert "Half a text" in text
        assert SHOWN.search(text)[1] == "A chart"
        assert rows.count(StoredFile) == 0

    def test_what_a_topic_wants_waits_too(self, app, inside):
        ana, url = browser(app, inside.ana), f"/s/{inside.here.public_id}/new"
        place = f"space:{inside.here.public_id}"
        chosen = {"title": "It failed", "wish": "listen", "notes": "illness"}
        ana.post(url, body="Half", attach="1", draft_place=place, **chosen)
        sends(ana, f"{url}/file", hostile.picture())
        page = ana.get(url).text
        assert "\nIt failed</textarea>" in page
        assert re.search(r'<input[^>]*checked[^>]*value="listen"', page)
        assert re.search(r'<input[^>]*checked[^>]*value="illness"', page)

    def test_by_script_it_is_shown_before_it_is_posted_and_then(self, app, inside):
        ana, url = browser(app, inside.ana), f"/p/{inside.topic}/reply"
        told = sends(ana, f"{url}/file", hostile.picture(), headers=JSON).get_json()
        body = told["markdown"].replace("![]", "![A chart]")
        place = f"reply:{inside.topic}"
        shown = ana.post("/preview?private", body=body, draft_place=place)
        assert '<img alt="A chart"' in shown.text
        assert ana.post(url, body=body).status_code == 302
        assert '<img alt="A chart"' in ana.get(f"/t/{inside.topic}").text

    def test_a_pdf_is_refused_with_the_reason(self, app, inside):
        ana = browser(app, inside.ana)
        answer = sends(ana, f"/p/{inside.topic}/reply/file", hostile.pdf(), "a.pdf")
        assert answer.status_code == 415
        assert "only pictures can be added" in answer.text

    def test_words_for_a_picture_are_asked_for(self, app, inside):
        ana, url = browser(app, inside.ana), f"/p/{inside.topic}/reply"
        told = sends(ana, f"{url}/file", hostile.picture(), headers=JSON).get_json()
        asked = ana.post(url, body=told["markdown"])
        assert asked.status_code == 422
        assert "no words for those" in asked.text

    def test_a_file_of_a_circle_is_refused_and_the_text_kept(self, app, inside):
        ana = browser(app, inside.ana)
        told = sends(ana, "/c/retail/new/file", hostile.picture(), headers=JSON).get_json()
        body = told["markdown"].replace("![]", "![A chart]")
        answer = ana.post(f"/p/{inside.topic}/reply", body=body)
        assert answer.status_code == 422
        assert "A picture in your text is not here" in answer.text
        assert told["url"] in answer.text

    def test_a_colleague_finds_no_page_to_add_one(self, app, inside):
        cleo, url = browser(app, inside.cleo), f"/p/{inside.topic}/reply/file"
        assert cleo.get(url).status_code == 404
        assert sends(cleo, url, hostile.picture()).status_code == 404
