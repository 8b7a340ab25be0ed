"""What a draft may not say in a private space is not posted, whichever composer it comes from."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import community
from tests.support.space_people import Space

COMPOSERS = {
    "topic": "/s/{space}/new",
    "reply": "/p/{topic}/reply",
    "edit": "/p/{own}/edit",
}
OWN_EMPLOYER = "At Northwind the marzipan was mine."
SOMEBODY = "Karen Miller ate the marzipan."
HARMLESS = "The marzipan was gone."
FOUND, TICK = "What could tell who you are", 'name="looked"'
HELP = "It sounds as if this weighs more than work."
DESPAIR = "I want to kill myself over the marzipan."


@dataclass
class Scene:
    """Ana of Northwind writes, Cem of Contoso reads."""

    space: Space
    topic: str
    own: str
    ana: FlaskClient
    cem: FlaskClient

    def path(self, composer: str) -> str:
        where = {"space": self.space.public_id, "topic": self.topic, "own": self.own}
        return COMPOSERS[composer].format(**where)

    def send(self, composer: str, body: str, **more: str) -> TestResponse:
        words = {"title": "What became of it", "wish": "listen", "body": body}
        sent = words | {"csrf_token": community.csrf(self.ana), **more}
        return self.ana.post(self.path(composer), data=sent)

    def reads(self) -> str:
        """All that Cem can read."""
        listed = self.cem.get(f"/s/{self.space.public_id}").text
        found = {part[:12] for part in listed.split('href="/t/')[1:]}
        assert self.topic in found
        return listed + "".join(self.cem.get(f"/t/{topic}").text for topic in sorted(found))


@pytest.fixture
def scene(app) -> Scene:
    space = Space.founded(app, {"Ana": "Northwind", "Cem": "Contoso"})
    topic = space.tell("Cem", "It failed", "We failed.")
    own = space.reply("Ana", topic, "So did we.")
    return Scene(space, topic, own, space.client("Ana"), space.client("Cem"))


@pytest.mark.parametrize("composer", COMPOSERS)
class TestEveryComposer:
    def test_posts_what_gives_nobody_away(self, scene, composer):
        """So that the refusals mean something."""
        assert scene.send(composer, HARMLESS).status_code == 302
        assert "marzipan" in scene.reads()

    @pytest.mark.parametrize("ticked", [{}, {"looked": "y"}], ids=["at once", "with the tick"])
    def test_never_posts_where_its_writer_works(self, scene, composer, ticked):
        refused = scene.send(composer, OWN_EMPLOYER, **ticked)
        assert refused.status_code == 422
        assert FOUND in refused.text
        assert TICK not in refused.text
        assert OWN_EMPLOYER in refused.text, "the text is lost"
        assert "marzipan" not in scene.reads()

    def test_posts_other_peoples_names_only_once_they_were_looked_at(self, scene, composer):
        refused = scene.send(composer, SOMEBODY)
        assert refused.status_code == 422
        assert FOUND in refused.text
        assert TICK in refused.text
        assert "marzipan" not in scene.reads()
        assert scene.send(composer, SOMEBODY, looked="y").status_code == 302
        assert "marzipan" in scene.reads()

    def test_a_preview_says_what_it_found_and_posts_nothing(self, scene, composer):
        shown = scene.send(composer, OWN_EMPLOYER, preview="1")
        assert shown.status_code == 200
        assert FOUND in shown.text
        assert "marzipan" not in scene.reads()

    def test_shows_who_listens_beside_a_text_of_despair_and_posts_it(self, scene, composer):
        assert HELP not in scene.send(composer, HARMLESS, preview="1").text
        shown = scene.send(composer, DESPAIR, preview="1").text
        assert HELP in shown
        assert 'href="/help-now?quiet=1"' in shown.split(HELP)[1][:200]
        assert scene.send(composer, DESPAIR).status_code == 302
        assert "marzipan" in scene.reads()


@pytest.mark.parametrize("composer", ["topic", "edit"])
def test_a_title_is_looked_at_too(scene, composer):
    if composer == "edit":
        scene.own = scene.space.tell("Ana", "It failed", "We failed.")
    refused = scene.send(composer, HARMLESS, title="Sunk at Northwind", looked="y")
    assert refused.status_code == 422
    assert "marzipan" not in scene.reads()


def test_the_preview_while_writing_says_the_same(scene):
    """What script shows, without a form."""

    def preview(body: str) -> str:
        sent = {"csrf_token": community.csrf(scene.ana), "body": body}
        return scene.ana.post("/preview?private=1", data=sent).text

    assert FOUND in preview(OWN_EMPLOYER)
    assert HELP in preview(DESPAIR)
    assert not any(sign in preview(HARMLESS) for sign in (FOUND, HELP))


def test_a_preview_looks_at_the_title_too(scene):
    titled = {"title": "How Northwind lost the marzipan"}
    assert FOUND in scene.send("topic", HARMLESS, preview="1", **titled).text
    sent = {"csrf_token": community.csrf(scene.ana), "body": HARMLESS} | titled
    assert FOUND in scene.ana.post("/preview?private=1", data=sent).text
    assert FOUND not in scene.ana.post("/preview", data=sent).text
