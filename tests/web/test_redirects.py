"""After signing in or joining, back to where one was, inside this site only."""

import pytest

from forum.web.redirects import inside
from tests.support.community import PASSWORD, circle, csrf, person, sign_in

OUTSIDE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\x00//evil.example",
    "/\x00/evil.example",
    "/\x1f/evil.example",
    "evil.example",
    ".evil.example",
    "@evil.example",
    ":@evil.example",
    "//evil.example\\@localhost",
    "//evil.example%2f..",
    "//localhost@evil.example",
    "//[::1]@evil.example",
    "/" + "a" * 3_000,
    "\u2215\u2215evil.example",
    "\uff0f\uff0fevil.example",
    "/\x7f/evil.example\r\nSet-Cookie: a=b",
    "/a\r\nLocation: https://evil.example",
]
INSIDE = [
    "/",
    "/circles",
    "/t/abcdefghjkmn?view=time#p-abcdefghjkmn",
    "/c/retail?tab=new&after=abcdefghjkmn",
    "/%2f%2fevil.example",
    "/.//evil.example",
    "/@evil.example",
    "/é?ü=1",
]


def spelled(targets: list[str]) -> dict[str, str]:
    return {ascii(target)[:40]: target for target in targets}


def goes_to(location: str) -> str:
    """Where a browser ends up that is at http://localhost/sign-in."""
    assert location.startswith("/"), location
    assert not location.startswith(("//", "/\\")), location
    return location


@pytest.mark.parametrize("target", OUTSIDE, ids=spelled(OUTSIDE))
def test_nobody_is_sent_outside_by(target):
    assert inside(target) == "/"
    assert inside(target, "/c/retail") == "/c/retail"


@pytest.mark.parametrize("target", INSIDE, ids=spelled(INSIDE))
def test_somebody_is_sent_on_to(target):
    assert inside(target) == target


def test_without_a_wish_one_is_sent_to_the_front_page():
    assert inside(None) == inside("") == "/"


def test_no_spelling_leaves_the_site_after_signing_in(app, app_context):
    ana = person("Ana")
    for target in OUTSIDE:
        client = app.test_client()
        words = {"address": ana.address, "password": PASSWORD, "next": target}
        answer = client.post("/sign-in", data=words | {"csrf_token": csrf(client)})
        assert answer.status_code == 302, ascii(target)
        assert goes_to(answer.location) == "/welcome", ascii(target)
        assert "Set-Cookie: a=b" not in str(answer.headers)


def test_no_spelling_in_the_address_leaves_the_site_either(app, app_context):
    ana = person("Ana")
    for target in OUTSIDE:
        client = app.test_client()
        words = {"address": ana.address, "password": PASSWORD, "csrf_token": csrf(client)}
        answer = client.post("/sign-in", query_string={"next": target}, data=words)
        assert answer.status_code in {302, 404}, ascii(target)
        if answer.location:
            assert goes_to(answer.location) == "/welcome", ascii(target)


def test_no_spelling_leaves_the_site_for_somebody_already_in(client, app_context):
    sign_in(client, person("Ana"))
    for target in OUTSIDE:
        answer = client.get("/sign-in", query_string={"next": target})
        assert answer.status_code in {302, 404}, ascii(target)
        if answer.location:
            assert goes_to(answer.location) == "/", ascii(target)


def test_no_spelling_leaves_the_site_after_joining_a_circle(client, app_context):
    sign_in(client, person("Ana"))
    circle("retail")
    for target in OUTSIDE:
        words = {"next": target, "csrf_token": csrf(client)}
        answer = client.post("/c/retail/membership", data=words)
        assert goes_to(answer.location) == "/c/retail", ascii(target)


def test_the_way_back_is_kept_through_a_wrong_password(client, app_context):
    ana = person("Ana")
    words = {"address": ana.address, "password": "not hers", "next": "/c/retail?tab=new"}
    answer = client.post("/sign-in", data=words | {"csrf_token": csrf(client)})
    assert answer.status_code == 422
    assert 'value="/c/retail?tab=new"' in answer.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/..", "///evil.example"])
def test_the_router_does_not_send_anybody_outside_from(client, path):
    answer = client.get(path, base_url="http://localhost")
    if answer.location:
        assert answer.location.startswith(("/", "http://localhost/"))
        assert not answer.location.startswith("//")
