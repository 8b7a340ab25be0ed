"""Whether an address has an account is told by no answer: not its words, its size or its work."""

import pytest

from forum.accounts import actions, passwords
from tests.support.community import PASSWORD, csrf, person, suspend
from tests.support.statements import heard

KNOWN, UNKNOWN = "known@site.example", "never@site.example"


@pytest.fixture
def somebody(app, app_context):
    """They, and this network, have been here before."""
    for path in ("/join", "/reset", "/sign-in"):
        asked(app, path, "third@site.example", password="x")
    return person("Known")


def asked(app, path: str, address: str, **more: str) -> dict[str, object]:
    """All that can be observed of sending a form as a browser nobody has seen before."""
    client = app.test_client()
    words = {"address": address, "csrf_token": csrf(client), **more}
    with heard(app) as listening:
        answer = client.post(path, data=words)
        said = [_shape(statement) for statement in listening.statements]
    left_out = {"Set-Cookie", "Date"}
    headers = sorted((key, value) for key, value in answer.headers if key not in left_out)
    cookies = [len(value) for value in answer.headers.getlist("Set-Cookie")]
    body = answer.text.replace(address, "…").replace(words["csrf_token"], "…")
    return {
        "status": answer.status,
        "headers": headers,
        "cookies": cookies,
        "body": body,
        "statements": said,
    }


def _shape(statement: str) -> str:
    return " ".join(statement.split())


@pytest.mark.parametrize("path", ["/join", "/reset"])
def test_a_known_address_is_answered_like_an_unknown_one_at(app, somebody, path):
    assert asked(app, path, KNOWN) == asked(app, path, UNKNOWN)


def test_a_wrong_password_is_answered_like_an_unknown_address(app, somebody):
    known = asked(app, "/sign-in", KNOWN, password="not theirs")
    assert known == asked(app, "/sign-in", UNKNOWN, password="not theirs")
    assert known["status"] == "422 UNPROCESSABLE ENTITY"


def test_a_suspended_account_is_answered_like_an_unknown_one(app, somebody):
    suspend(somebody)
    known = asked(app, "/sign-in", KNOWN, password="not theirs")
    assert known == asked(app, "/sign-in", UNKNOWN, password="not theirs")


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_one_password_is_hashed_for_each_try_whoever_it_is(app, somebody, monkeypatch, address):
    hashed: list[object] = []
    hasher = passwords._in_use[0].hasher
    verify = type(hasher).verify
    monkeypatch.setattr(
        type(hasher),
        "verify",
        lambda self, stored, given: hashed.append(stored) or verify(self, stored, given),
    )
    asked(app, "/sign-in", address, password="not theirs")
    assert len(hashed) == 1


def test_an_account_without_a_password_takes_as_long_as_any(app, app_context, monkeypatch):
    """Staff just named have none yet."""
    asked(app, "/sign-in", "third@site.example", password="x")
    actions.add_user(KNOWN, "Known", None)
    known = asked(app, "/sign-in", KNOWN, password="not theirs")
    assert known == asked(app, "/sign-in", UNKNOWN, password="not theirs")


@pytest.mark.parametrize("path", ["/join", "/reset", "/sign-in"])
def test_the_limit_is_met_after_as_many_tries_for_a_known_as_for_an_unknown(app, somebody, path):
    def tries_until_refused(address: str) -> int:
        for tries in range(30):
            if asked(app, path, address, password="x")["status"].startswith("429"):
                return tries
        return 30

    assert tries_until_refused(KNOWN) == tries_until_refused(UNKNOWN) < 30


def test_being_refused_says_the_same_of_both(app, somebody, held_clock):
    for _try in range(10):
        asked(app, "/sign-in", KNOWN, password="x")
        asked(app, "/sign-in", UNKNOWN, password="x")
    known = asked(app, "/sign-in", KNOWN, password="x")
    assert known == asked(app, "/sign-in", UNKNOWN, password="x")
    assert known["status"] == "429 TOO MANY REQUESTS"


def test_spelling_an_address_otherwise_does_not_go_round_the_limit(app, somebody):
    for number in range(10):
        spelled = KNOWN.upper() if number % 2 else f" {KNOWN} "
        asked(app, "/sign-in", spelled, password="x")
    assert asked(app, "/sign-in", KNOWN, password="x")["status"] == "429 TOO MANY REQUESTS"


def test_a_stranger_elsewhere_cannot_lock_somebody_out(app, somebody):
    for _try in range(12):
        asked(app, "/sign-in", KNOWN, password="x")
    client = app.test_client()
    words = {"address": KNOWN, "password": PASSWORD, "csrf_token": csrf(client)}
    at_home = {"REMOTE_ADDR": "198.51.100.7"}
    answer = client.post("/sign-in", data=words, environ_overrides=at_home)
    assert answer.status_code == 302
