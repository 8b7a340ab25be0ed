"""Signed in, signed out: sessions live on the server, and their cookies are hardened."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

import config
from forum.accounts import actions
from forum.core.db import db
from forum.home import queries as letters
from forum.home.letters import carrier
from forum.models.accounts import SignIn
from tests.support import community
from tests.support.application import KEY, SPACE_KEYS
from tests.support.community import PASSWORD, csrf, person, sign_in

NEW_PASSWORD = "seven boats past the lighthouse"


@pytest.fixture
def ana(app, app_context):
    return person("Ana")


@pytest.fixture
def phone(app, ana) -> FlaskClient:
    """Another browser of hers, signed in."""
    client = app.test_client()
    sign_in(client, ana)
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("cahoots")
    assert found is not None
    return found.value


def with_cookie(app, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("cahoots", value)
    return client


def test_signing_in_makes_a_new_session(client, ana):
    """Whoever planted a session before gets nothing by it."""
    client.get("/sign-in")
    planted = cookie(client)
    token = csrf(client)
    sign_in(client, ana)
    assert cookie(client) != planted
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_what_stood_in_the_session_before_is_gone_after_signing_in(client, ana):
    with client.session_transaction() as session:
        session["planted"] = "here"
    sign_in(client, ana)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_each_sign_in_has_a_token_of_its_own(client, phone, ana):
    sign_in(client, ana)
    digests = db.session.execute(select(SignIn.token_digest)).scalars().all()
    assert len(set(digests)) == 2


def test_signing_out_ends_the_session_on_the_server(app, client, ana):
    sign_in(client, ana)
    kept = with_cookie(app, cookie(client))
    assert is_in(kept)
    client.post("/sign-out", data={"csrf_token": csrf(client)})
    assert not is_in(kept)


def test_signing_out_here_leaves_other_browsers_in(client, phone, ana):
    sign_in(client, ana)
    client.post("/sign-out", data={"csrf_token": csrf(client)})
    assert not is_in(client)
    assert is_in(phone)


def test_signing_out_without_being_in_does_no_harm(client):
    answer = client.post("/sign-out", data={"csrf_token": csrf(client)})
    assert answer.location == "/"


def test_changing_the_password_ends_every_other_session(client, phone, ana):
    sign_in(client, ana)
    assert is_in(phone)
    words = {"current": PASSWORD, "password": NEW_PASSWORD, "csrf_token": csrf(client)}
    assert client.post("/settings/password", data=words).status_code == 302
    assert not is_in(phone)
    assert is_in(client)


def test_changing_the_password_renews_the_session_here(app, client, ana):
    sign_in(client, ana)
    stolen = with_cookie(app, cookie(client))
    words = {"current": PASSWORD, "password": NEW_PASSWORD, "csrf_token": csrf(client)}
    client.post("/settings/password", data=words)
    assert is_in(client)
    assert not is_in(stolen)


def test_a_wrong_present_password_changes_and_ends_nothing(client, phone, ana):
    sign_in(client, ana)
    words = {"current": "not hers", "password": NEW_PASSWORD, "csrf_token": csrf(client)}
    assert client.post("/settings/password", data=words).status_code == 422
    assert is_in(phone)
    sign_in(client.application.test_client(), ana)


def reset_link(app, client: FlaskClient, address: str) -> str:
    client.post("/reset", data={"address": address, "csrf_token": csrf(client)})
    with app.test_request_context():
        newest = letters.letters(carrier(app))[0]
    return "/reset/" + newest.text.split("/reset/")[1].split()[0]


def test_a_reset_ends_every_session(app, client, phone, ana):
    link = reset_link(app, client, ana.address)
    assert is_in(phone)
    words = {"password": NEW_PASSWORD, "csrf_token": csrf(client)}
    assert client.post(link, data=words).status_code == 302
    assert not is_in(phone)
    assert is_in(client)


def test_a_reset_link_works_once(app, client, ana):
    link = reset_link(app, client, ana.address)
    words = {"password": NEW_PASSWORD, "csrf_token": csrf(client)}
    assert client.post(link, data=words).status_code == 302
    again = app.test_client()
    assert again.get(link).status_code == 410
    assert again.post(link, data={**words, "csrf_token": csrf(again)}).status_code == 410


def test_looking_at_a_reset_link_does_not_use_it_up(app, client, ana):
    """Mail scanners follow links."""
    link = reset_link(app, client, ana.address)
    for _look in range(3):
        assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200


def test_a_reset_link_dies_after_half_an_hour(app, client, ana, held_clock):
    link = reset_link(app, client, ana.address)
    held_clock.forward(minutes=29)
    assert client.get(link).status_code == 200
    held_clock.forward(minutes=1)
    assert client.get(link).status_code == 410


def test_a_reset_ends_the_other_links_asked_for_before(app, client, ana):
    first = reset_link(app, client, ana.address)
    second = reset_link(app, client, ana.address)
    assert client.get(first).status_code == 200
    client.post(second, data={"password": NEW_PASSWORD, "csrf_token": csrf(client)})
    assert app.test_client().get(first).status_code == 410


def test_ending_one_session_from_the_settings_ends_just_that(app, client, phone, ana):
    sign_in(client, ana)
    with app.app_context():
        theirs = db.session.execute(select(SignIn.public_id).order_by(SignIn.id)).scalars().all()
    ended = next(one for one in theirs if _ends(client, one, phone))
    assert ended
    assert is_in(client)


def _ends(client: FlaskClient, public_id: str, other: FlaskClient) -> bool:
    """Ends a session unless it is this browser's own; whether the other browser is out."""
    mark = f"/settings/sign-ins/{public_id}/end"
    if mark not in client.get("/settings/sign-ins").text:
        return False
    client.post(mark, data={"csrf_token": csrf(client)})
    return not is_in(other)


def test_nobody_ends_a_session_of_somebody_else(app, client, phone, ana):
    sign_in(client, person("Ben"))
    hers = db.session.execute(select(SignIn.public_id).where(SignIn.user_id == ana.id)).scalar()
    answer = client.post(f"/settings/sign-ins/{hers}/end", data={"csrf_token": csrf(client)})
    nobodys = client.post(f"/settings/sign-ins/{'z' * 12}/end", data={"csrf_token": csrf(client)})
    assert (answer.status, answer.location) == (nobodys.status, nobodys.location)
    assert is_in(phone)


def test_a_session_used_every_week_goes_on(client, ana, held_clock):
    sign_in(client, ana)
    for _week in range(6):
        held_clock.forward(days=7)
        assert is_in(client)


def test_a_session_unused_for_three_weeks_has_ended(client, ana, held_clock):
    sign_in(client, ana)
    held_clock.forward(days=21)
    assert not is_in(client)


@pytest.mark.parametrize(
    "value", ["", "x", ".eJw", "a.b.c", "é", "0" * 3_000, "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbb"]
)
def test_a_made_up_cookie_makes_a_guest(app, value):
    assert with_cookie(app, value).get("/").status_code == 200
    assert not is_in(with_cookie(app, value))


def test_a_cookie_signed_with_another_key_makes_a_guest(app, make_app, client, ana):
    elsewhere = make_app(SECRET_KEY=KEY[::-1]).test_client()
    with elsewhere.session_transaction() as session:
        session["_user_id"] = "x" * 43
    assert not is_in(with_cookie(app, cookie(elsewhere)))


def test_the_browser_is_told_to_keep_the_cookie_from_scripts_and_other_sites(client, ana):
    set_cookie = sign_in(client, ana).headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Path=/" in set_cookie
    assert "Domain" not in set_cookie


def test_over_http_the_cookie_has_a_plain_name(client, ana):
    set_cookie = sign_in(client, ana).headers["Set-Cookie"]
    assert set_cookie.startswith("cahoots=")
    assert "Secure" not in set_cookie


def test_over_https_the_cookie_is_bound_to_this_very_host(make_app, database, tmp_path):
    environ = {"SITE_URL": "https://forum.example", "DATA": str(tmp_path)}
    environ |= {"SECRET_KEY": KEY, "SPACE_KEYS": SPACE_KEYS, "DATABASE_URL": database.url}
    production = make_app(**config.from_environment(environ))
    answer = production.test_client().get("/sign-in", base_url="https://forum.example")
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-cahoots=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in set_cookie
    assert "Domain" not in set_cookie


def test_the_token_of_a_sign_in_is_nowhere_in_the_database(app, client, ana):
    sign_in(client, ana)
    with client.session_transaction() as session:
        token = session["_user_id"]
    stored = db.session.execute(select(SignIn.token_digest)).scalar_one()
    assert token != stored
    assert token not in stored


def test_signing_in_again_after_a_password_changed_elsewhere_needs_the_new_one(client, ana):
    actions.change_password(community.viewer(ana), PASSWORD, NEW_PASSWORD)
    words = {"address": ana.address, "password": PASSWORD, "csrf_token": csrf(client)}
    assert client.post("/sign-in", data=words).status_code == 422
    sign_in(client, ana, NEW_PASSWORD)
    assert db.session.execute(select(func.count(SignIn.id))).scalar_one() == 2
