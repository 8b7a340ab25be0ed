"""What goes wrong in a private space says nowhere who was there, and tells nobody else more."""

import re

import pytest

from forum.core.ids import PUBLIC_LENGTH
from tests.support import community
from tests.support.community import csrf
from tests.support.space_people import Space

NOBODYS = "z" * PUBLIC_LENGTH
WORDS = "Half an hour of careful words."
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@pytest.fixture
def space(app, held_clock) -> Space:
    space = Space.founded(app, {"Ana": "Northwind", "Ben": "Northwind", "Cem": "Contoso"})
    space.come("Neighbour", "Northwind")
    return space


@pytest.fixture
def told(space) -> str:
    return space.tell("Ana", "It failed", "We failed.")


def is_veiled(answer, name: str) -> bool:
    """Dusk, without the name, with ways out, a neutral title and the headers of a space."""
    text = answer.text
    signs = (
        'class="dusk"' in text,
        f"{name} {name}son" not in text,
        "data-leave" in text,
        "/help-now" in text,
        re.search("<title>[^·<]*</title>", text) is not None,
        all(answer.headers[header] == value for header, value in HEADERS.items()),
    )
    assert all(signs) or not signs[0], signs
    return all(signs)


def wrong(space, told) -> dict[str, tuple[str, str, dict]]:
    here = f"/s/{space.public_id}"
    return {
        "400, a new topic": ("POST", f"{here}/new", {"body": WORDS}),
        "400, a reply": ("POST", f"/p/{told}/reply", {"body": WORDS}),
        "400, closing": ("POST", f"/t/{told}/closure", {}),
        "400, leaving": ("POST", f"{here}/leave", {}),
        "400, the door": ("POST", f"/c/{space.slug}/space", {}),
        "403, another's post": ("GET", f"/p/{told}/edit", {}),
        "403, hiding": ("GET", f"/p/{told}/hiding", {}),
        "405, a topic": ("POST", f"/t/{told}", {"csrf_token": "asked"}),
        "405, the space": ("PUT", here, {"csrf_token": "asked"}),
    }


def asked(client, what: tuple[str, str, dict]):
    method, path, data = what
    if "csrf_token" in data:
        data = {"csrf_token": csrf(client)}
    return client.open(path, method=method, data=data)


def test_every_error_of_a_space_has_its_frame(space, told):
    client = space.client("Cem")
    for name, what in wrong(space, told).items():
        answer = asked(client, what)
        assert (answer.status_code, is_veiled(answer, "Cem")) == (int(name[:3]), True), name


def test_what_was_typed_is_given_back_without_a_name(space, told):
    answer = asked(space.client("Cem"), wrong(space, told)["400, a reply"])
    assert WORDS in answer.text


def test_what_a_signed_out_member_had_typed_stands_in_the_frame_too(app, space, told):
    client = app.test_client()
    data = {"body": WORDS, "csrf_token": csrf(client)}
    answer = client.post(f"/p/{told}/reply", data=data)
    assert answer.status_code == 401
    assert WORDS in answer.text
    assert is_veiled(answer, "Cem")


def test_a_way_leads_back(space, told):
    client = space.client("Cem")
    assert f'href="/p/{told}"' in client.get(f"/p/{told}/edit").text
    answer = asked(client, wrong(space, told)["400, a new topic"])
    assert f'href="/s/{space.public_id}"' in answer.text


def test_the_door_has_the_frame(space):
    for name in ("Cem", "Neighbour"):
        assert is_veiled(space.client(name).get(f"/c/{space.slug}/space"), name)


def test_the_same_errors_in_a_circle_keep_its_look(app, space):
    with app.app_context():
        cem = space.people["Cem"]
        open_talk = community.topic(community.person("Dan"), community.find(space.slug))
    client = space.client("Cem")
    for path in (f"/p/{open_talk}/reply", f"/t/{open_talk}/closure"):
        answer = client.post(path)
        assert answer.status_code == 400
        assert not is_veiled(answer, "Cem")
        assert cem.name in answer.text


@pytest.mark.parametrize("who", ["Ben", "Neighbour", "guest"])
def test_an_error_is_the_same_for_what_one_must_not_know_and_for_what_is_not_there(
    app, space, told, who
):
    client = app.test_client() if who == "guest" else space.client(who)
    client.get("/")
    hidden = {name: asked(client, what) for name, what in wrong(space, told).items()}
    for name, what in wrong(space, told).items():
        if "/c/" in what[1]:
            continue
        it = told if told in what[1] else space.public_id
        absent = asked(client, (what[0], what[1].replace(it, NOBODYS), what[2]))
        assert seen(hidden[name], it) == seen(absent, NOBODYS), name


def seen(answer, it: str) -> tuple[int, dict, str]:
    headers = {name: value for name, value in answer.headers if name not in ("Date", "Set-Cookie")}
    text = re.sub(r'(csrf_token"[^>]*value=")[^"]*', r"\1", answer.text)
    located = headers.get("Location", "").replace(it, "")
    return answer.status_code, headers | {"Location": located}, text.replace(it, "")
