"""Markers planted in a space come out nowhere for anybody outside, nor lie in plain words."""

import logging
import re
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import select

from forum.core.db import Base, db
from forum.policy.visible import Reason, unscoped
from tests.files import hostile
from tests.journeys.space_walk import addresses
from tests.support import community
from tests.support.community import csrf
from tests.support.space_people import PLENTY, Space

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Mod": "Adventure"} | dict(
    zip(("Cem", "Dora", "Eva", "Fay", "Gil", "Hana"), PLENTY, strict=True)
)
CANARIES = re.compile(r"canary[a-z]+", re.IGNORECASE)
NOTE, NOTE_IN_WORDS = "job_loss", "Losing a job"
OUTSIDE = ("guest", "outsider", "Neighbour", "Lea", "Ben", "staff")
"""Neighbour is only in the circle, Lea left the space, a wall stands before Ben."""

NAMES_ALL_NOTES = ("/settings/notes", "/new")
"""The notes there are, to choose which of them fold, or stand above what one tells oneself."""
_nonces = count(1)


@dataclass
class Scene:
    space: Space
    ids: list[str]
    clients: dict[str, FlaskClient]
    voices: set[str]
    """The names of those who wrote, as the space knows them."""
    before: set[str]
    """Rows of letters, jobs and time-outs, before anything was written."""

    def pages(self, who: str) -> dict[str, str]:
        """All that somebody can get, with its headers."""
        client, found = self.clients[who], {}
        here = addresses(self.space.app, ["retail"], self.ids, self.ids[:1], self.space.public_id)
        for path in dict.fromkeys(here):
            got = client.get(path)
            found[path] = f"{got.headers}\n{got.get_data().decode(errors='replace')}"
        return found


@pytest.fixture
def scene(app, held_clock, caplog) -> Scene:
    """Ana tells, edits, drafts; Cem answers and reports; somebody does all of it wrong too."""
    caplog.set_level(logging.DEBUG)
    space = Space.founded(app, MEMBERS | {"Lea": "Alpine"})
    with app.app_context():
        space.people["outsider"] = community.person("outsider")
        space.people["staff"] = community.person("staff", staff=True)
    space.come("Neighbour")
    clients = {who: space.client(who) for who in (*OUTSIDE[1:], "Ana", "Cem", "Mod")}
    ana, cem = clients["Ana"], clients["Cem"]
    new = {"title": "canarytitle", "body": "Said canarybody here", "wish": "advice", "notes": NOTE}
    _sent(ana, "/preview", body="canarypreview")
    preview = _sent(ana, f"/s/{space.public_id}/new", **new, preview="1")
    assert "canarybody" in preview.text
    with app.app_context():
        before = left_behind()
    added = [_added(ana, f"/s/{space.public_id}/new/file") for _each in range(2)]
    new["body"] += f"\n\n![canarychart](/files/{added[0]})"
    topic = _sent(ana, f"/s/{space.public_id}/new", **new).headers["Location"][3:]
    reply = _sent(cem, f"/p/{topic}/reply", body="canaryreply").headers["Location"]
    ids = [topic, re.search(r"/?p[/-]([a-z0-9]{12})", reply)[1]]
    ids += [*added, *(carried := space.pictures_of(topic))]
    edit = f"canaryedit ![canarychart](/files/{carried[0]})"
    _sent(ana, f"/p/{topic}/edit", title="canarynewtitle", body=edit, notes=NOTE)
    _sent(cem, "/drafts", draft_place=f"reply:{topic}", body="canarydraft")
    half = {"title": "canaryhalf", "body": "x", "notes": NOTE}
    _sent(ana, "/drafts", draft_place=f"space:{space.public_id}", **half)
    _sent(cem, f"/t/{topic}/unfolding")
    _sent(cem, f"/p/{topic}/report", reason="other", words="canaryreport")
    _sent(cem, f"/p/{ids[1]}/reply", body="canarytoolong " * 2_000)
    _sent(cem, f"/p/{ids[1]}/reply", body="")
    assert cem.get(f"/t/{topic}").status_code == 200
    voices = {space.name_of("Ana", topic), space.name_of("Cem", topic)}
    space.leave("Lea")
    return Scene(space, ids, clients | {"guest": app.test_client()}, voices, before)


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_tells_a_canary_to(scene, who):
    for path, page in scene.pages(who).items():
        assert not CANARIES.search(page), path
        assert not any(voice in page for voice in scene.voices), path
        assert NOTE_IN_WORDS not in page or path.endswith(NAMES_ALL_NOTES), path
        if "sign-in?next=" not in page:
            assert f"/t/{scene.ids[0]}" not in page.replace(path, ""), path


def test_whoever_is_inside_sees_the_words_and_no_persons_name(scene):
    page = scene.clients["Cem"].get(f"/t/{scene.ids[0]}").text
    assert {"canaryedit", "canarychart", "canaryreply"} <= set(CANARIES.findall(page))
    (shown,) = re.findall(r'src="(/files/\w+)"', page)
    picture = scene.clients["Cem"].get(shown)
    assert picture.status_code == 200
    assert not CANARIES.search(picture.get_data().decode("latin-1"))
    assert NOTE_IN_WORDS in page
    for name, user in scene.space.people.items():
        for known in (user.name, user.handle, user.public_id, user.address):
            if name != "Cem":
                assert known not in page, known


def test_staff_and_the_circles_moderators_see_no_report_of_a_space(app, scene):
    with app.app_context():
        circle = community.find("retail")
        community.join(scene.space.people["Neighbour"], circle, community.Role.MODERATOR)
    for who in ("staff", "Neighbour"):
        page = scene.clients[who].get("/c/retail/reports")
        assert page.status_code == 200
        assert "Nothing" in page.text or "No " in page.text
        assert not CANARIES.search(page.text)


def test_no_row_of_any_table_says_a_canary_in_plain_words(app, scene):
    """Nor a letter, a job or a time-out, which are rows too."""
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(unscoped(select(table), Reason.SET_UP)):
                for column, value in row._mapping.items():
                    said = value if isinstance(value, bytes) else str(value).encode()
                    assert b"canary" not in said.lower(), f"{table.name}.{column}"
                    assert NOTE.encode() not in said, f"{table.name}.{column}"
                    if table.name != "pseudonym":
                        assert not any(v.encode() in said for v in scene.voices), table.name


def test_no_letter_job_or_time_out_was_made(app, scene):
    with app.app_context():
        assert left_behind() == scene.before


def test_no_line_of_the_log_says_a_canary(scene, caplog):
    for who in OUTSIDE:
        scene.clients[who].get(f"/t/{scene.ids[0]}")
    said = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert not CANARIES.search(said)
    assert scene.ids[0] not in said


def test_no_file_holds_a_canary(app, scene, sqlite_file: Path):
    """On SQLite, the write-ahead log included."""
    for file in (
        *sqlite_file.parent.glob(f"{sqlite_file.name}*"),
        *Path(app.config["DATA"]).rglob("*"),
    ):
        if file.is_file():
            held = file.read_bytes().lower()
            assert b"canary" not in held, file.name
            assert NOTE.encode() not in held, file.name


def left_behind() -> set[str]:
    tables = [Base.metadata.tables[name] for name in ("job", "letter", "throttle")]
    return {str(row) for table in tables for row in db.session.execute(select(table))}


def _added(client: FlaskClient, path: str) -> str:
    """A picture whose name and remarks are markers too; its public id."""
    remarks = PngInfo()
    remarks.add_text("Comment", "canaryremark")
    hostile.scenery(64, 48).save(file := BytesIO(), "PNG", pnginfo=remarks)
    assert b"canaryremark" in file.getvalue()
    file.seek(0)
    sent = {"csrf_token": csrf(client), "file": (file, "canaryname.png")}
    got = client.post(path, data=sent, headers={"Accept": "application/json"})
    return got.get_json()["url"].removeprefix("/files/")


def _sent(client: FlaskClient, path: str, **words: str):
    sent = {"csrf_token": csrf(client), "nonce": f"{next(_nonces):022d}", **words}
    return client.post(path, data=sent)
