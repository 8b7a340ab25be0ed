"""Whatever is sent: an answer in the site's look that says what is wrong, never a broken page."""

import time
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from forum.home.letters import carrier
from forum.home.queries import letters
from tests.architecture.test_routes import address
from tests.support import community
from tests.support.undoing import undo_commits
from tests.web.forms_of_the_site import FORM, Desk, settle

HOSTILE: dict[str, str | bytes] = {
    "nothing": "",
    "blanks": " \t\n\u00a0",
    "a NUL": "a\x00b",
    "control characters": "a\x01\x1b[2J\x7f\x85b",
    "bytes that are no UTF-8": b"a\xff\xfe\xc0\xafb",
    "half a surrogate pair": "a\ud800b",
    "the head of another answer": "a\r\nX-Injected: 1\r\n\r\n<p>",
    "letters that turn the line round": "\u202eabc\u2066",
    "far too much": "words " * 10_000,
    "a long number": "9" * 400,
    "a negative number": "-1",
    "markup": "<script>x</script>'\"{{ 7 * 7 }}${7}",
    "combining marks": "a" + "\u0301" * 500,
}
TEXTS = {"address", "body", "title", "purpose", "rules", "reason", "words", "employer", "group"}


@pytest.fixture
def desk(app, monkeypatch) -> Desk:
    desk = settle(app)
    undo_commits(monkeypatch)
    return desk


def assert_clear(answer: TestResponse, what: str) -> None:
    assert answer.status_code < 500, f"{what}: {answer.status}"
    assert "X-Injected" not in answer.headers, what
    if answer.status_code >= 400 and answer.mimetype == "text/html":
        assert "<h1>" in answer.text or "preview" in what, what


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_every_field_of_every_form_can_hold(desk, value):
    for where, fields in desk.forms.items():
        for name in fields:
            answer = desk.send(where, {**fields, name: value})
            assert_clear(answer, f"{name} of {where}")


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_somebodys_name_can_hold(app, app_context, value):
    """Nothing is undone here: the account is opened, and its pages are looked at."""
    desk = Desk(app.test_client(), "")
    desk.token = community.csrf(desk.client)
    desk.send("/join", {"address": "ana@site.example"})
    with app.test_request_context():
        link = "/confirm/" + letters(carrier(app))[0].text.split("/confirm/")[1].split()[0]
    answer = desk.send(link, {"name": value, "password": "seven boats past a lighthouse"})
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        for page in ("/", "/settings", "/drafts"):
            assert desk.client.get(page).status_code == 200, page


def test_every_form_well_filled_in_is_taken(desk):
    """Else the tests above and below would refuse for the wrong reason."""
    wrong_on_purpose = ("/settings/password", "/settings/staff", "/code")
    wrong_on_purpose += ("/settings/address/new", "/settings/closing")
    for where, fields in desk.forms.items():
        expected = {422} if where.endswith(wrong_on_purpose) else {200, 302}
        assert desk.send(where, fields).status_code in expected, where


@pytest.mark.parametrize(
    "at",
    [
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-01", "now"),
        *("2026-01-01T00:00:00", "2026-13-01T00:00:00+00:00", "+00:00"),
    ],
)
def test_a_moment_that_is_none_is_refused(desk, at):
    answer = desk.send("/catch-up/read", {"at": at, "topic": "abcdefghjkmn"})
    assert answer.status_code == 400


def test_a_form_without_its_fields_is_refused_on_its_own_page(desk):
    for where, fields in desk.forms.items():
        answer = desk.send(where, {})
        assert_clear(answer, where)
        assert not fields or answer.status_code in {200, 302, 404, 422}, where


def test_a_field_sent_twice_counts_once(desk):
    for where, fields in desk.forms.items():
        pairs = [(name, value) for name, value in fields.items() for _twice in range(2)]
        answer = desk.client.post(where, data={"csrf_token": desk.token} | dict(pairs))
        body = "&".join(f"{name}={value}" for name, value in pairs)
        twice = desk.client.post(where, data=f"csrf_token={desk.token}&{body}", content_type=FORM)
        assert twice.status_code == answer.status_code, where


def test_json_in_place_of_a_form_is_refused(desk):
    for where, fields in desk.forms.items():
        assert desk.client.post(where, json=fields).status_code == 400, where


def test_json_with_a_token_in_its_head_holds_no_fields(desk):
    headers = {"X-CSRFToken": desk.token}
    for where, fields in desk.forms.items():
        for value in ("Words", {"a": 1}, [1], None):
            sent = dict.fromkeys(fields, value)
            answer = desk.client.post(where, json=sent, headers=headers)
            assert_clear(answer, where)
            assert "Words" not in answer.text.split("<main")[-1] or not fields, where


def test_a_file_in_place_of_a_text_is_no_text(desk):
    for where, fields in desk.forms.items():
        files = {name: (BytesIO(b"words in a file"), "name.txt") for name in fields}
        answer = desk.client.post(where, data={"csrf_token": desk.token, **files})
        assert_clear(answer, where)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", "a/b"])
def test_a_body_that_is_not_what_it_says_is_refused(desk, kind):
    for where in desk.forms:
        answer = desk.client.post(where, data=b"--\r\n\r\n\xff", content_type=kind)
        assert answer.status_code == 400, where


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999", "1e3"])
def test_a_wrong_length_is_refused_clearly(desk, length):
    answer = desk.client.post("/preview", environ_overrides={"CONTENT_LENGTH": length})
    assert_clear(answer, length)
    assert answer.status_code in {400, 413}


def test_a_body_over_a_megabyte_is_refused(desk):
    for where in desk.forms:
        answer = desk.client.post(where, data={"body": "a" * 1_000_001})
        assert answer.status_code == 413, where
        assert "too large" in answer.text


def test_a_part_over_half_a_megabyte_is_refused(desk):
    part = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n%b\r\n--x--'
    kind = "multipart/form-data; boundary=x"
    answer = desk.client.post("/preview", data=part % (b"a" * 600_000), content_type=kind)
    assert answer.status_code == 413


def test_too_many_parts_are_refused(desk):
    parts = {f"part{number}": "a" for number in range(201)}
    answer = desk.client.post("/preview", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_tens_of_thousands_of_fields_make_no_large_page(client):
    """An error page shows what was typed, so that it can be copied."""
    body = "&".join(f"{number:x}=a" for number in range(60_000))
    began = time.process_time()
    answer = client.post("/sign-in", data=body, content_type=FORM)
    assert answer.status_code == 413
    assert len(answer.data) < 50_000
    assert time.process_time() - began < 2


def test_what_was_typed_is_on_the_page_that_refuses_it(desk):
    """One field is wrong at a time; the others, and it too where it is text, are kept."""
    kept = "Kept & whole"
    for where, fields in desk.forms.items():
        texts = TEXTS & set(fields) - ({"reason"} if "report" in where else set())
        for name in sorted(texts if where not in {"/drafts", "/preview"} else ()):
            typed = {key: kept if key in texts - {"address"} else fields[key] for key in fields}
            answer = desk.send(where, {**typed, name: ""})
            if answer.status_code == 422:
                shown = answer.text.count("Kept &amp; whole")
                assert shown >= len(texts) - 1, f"{where} without {name}"


def test_what_was_typed_survives_a_missing_token(desk):
    for where, fields in desk.forms.items():
        if "body" in fields:
            answer = desk.client.post(where, data={"body": "Kept & whole"})
            assert answer.status_code == 400
            assert "Kept &amp; whole" in answer.text, where


def test_what_was_typed_survives_having_been_signed_out(app, desk):
    guest = app.test_client()
    token = community.csrf(guest)
    for where, fields in desk.forms.items():
        if "body" in fields:
            answer = guest.post(where, data={"body": "Kept & whole", "csrf_token": token})
            assert answer.status_code == 401
            assert "Kept &amp; whole" in answer.text, where


def test_no_error_page_shows_a_password_again(client):
    words = {"address": "a@b.example", "password": "my secret words", "current": "my secret words"}
    answer = client.post("/sign-in", data=words)
    assert answer.status_code == 400
    assert "a@b.example" in answer.text
    assert "my secret words" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"])
def test_a_method_that_is_not_in_use_is_refused_everywhere(app, desk, method):
    for rule in app.url_map.iter_rules():
        answer = desk.client.open(address(rule), method=method)
        assert answer.status_code == 405, rule.rule
        assert "GET" in answer.headers["Allow"] or "POST" in answer.headers["Allow"]


WRONG_IDS = [
    *("a", "abcdefghjkm", "abcdefghjkmnp", "ABCDEFGHJKMN", "abcdefghjkm0", "abcdefghjkml"),
    *("abcdefghjkm%00", "abcdefghjkm%ff", "%ed%a0%80bcdefghjk", "abcdefghjkm'", "1%20or%201=1"),
    *("..%2f..%2fetc", "１２３４５６７８９abc", "-1", "%0d%0aX-Injected:%201", "a" * 5_000),
]


@pytest.mark.parametrize("wrong", WRONG_IDS, ids=lambda wrong: wrong[:24])
def test_there_is_nothing_at_an_address_with_a_wrong_id_like(app, desk, wrong):
    for rule in app.url_map.iter_rules():
        if {"public_id", "slug", "token"} & set(rule.arguments):
            method = "GET" if "GET" in rule.methods else "POST"
            where = rule.rule.split("<")[0] + wrong + rule.rule.split(">", 1)[1]
            data = {"csrf_token": desk.token} if method == "POST" else None
            answer = desk.client.open(where, method=method, data=data)
            assert_clear(answer, where)
            assert answer.status_code in {404, 405}, where


QUERIES = [
    *("view=", "view=x", "view=time&view=x", "from=x", "from=abcdefghjkmn", "before=", "at=x"),
    *("at=last&from=abcdefghjkmn", "fold=x", "fold=,,,", "fold=" + "abcdefghjkmn," * 100),
    *("tab=x", "tab=", "after=x", "after=abcdefghjkmn", "after=%00", "before=%ff", "%00=a"),
    *("q=%00", "q=%ff%25", "tag=%00", "size=%00", "barrier=%00", "edit=%00", "find=%00"),
    *("=&=&&", "a" * 8_000, "next=%00", "next=//x", "%", "%zz", "from=%ed%a0%80", "view[]=time"),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:24])
def test_no_page_breaks_at_the_query(app, desk, query):
    theirs = next(where.split("/")[2] for where in desk.forms if where.endswith("/reply"))
    pages = ["/", "/circles", "/c/retail", "/c/retail/about", "/sign-in", "/drafts", "/settings"]
    pages += ["/saved", "/notices", "/catch-up", "/c/retail/people", "/c/retail/members"]
    pages += ["/c/retail/names", "/staff/employers", f"/p/{theirs}/history"]
    pages += [f"/t/{theirs}", f"/p/{theirs}", f"/t/{theirs}/next-unread", "/sitemap.xml"]
    for page in pages:
        for client in (desk.client, app.test_client()):
            assert_clear(client.get(f"{page}?{query}"), page)


HEADERS = {
    "Accept-Language": "x" * 3_000 + ";q=nan, *;q=-1, é",
    "Accept-Encoding": "zstd;q=x, br;q=2, *;q=",
    "Accept": "\xff/\xff",
    "Cookie": "cahoots; =; cahoots=\xff; a=\x01",
    "If-None-Match": '"x", W/"',
    "If-Modified-Since": "yesterday",
    "Range": "bytes=9999999999-",
    "Referer": "javascript:alert(1)",
    "User-Agent": "\xff" * 1_000,
    "X-Forwarded-For": "' or 1=1, ::1, 999.999.999.999",
    "X-Forwarded-Host": "evil.example",
    "X-Original-URL": "/settings",
    "X-HTTP-Method-Override": "DELETE",
    "Sec-Purpose": "prefetch\xff",
    "Content-Type": "text/plain; charset=\xff",
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_page_breaks_at_the_header(app, desk, name):
    for page in ("/", "/circles", "/sign-in", "/assets/0/site.css", "/nowhere"):
        answer = desk.client.get(page, headers={name: HEADERS[name]})
        assert_clear(answer, page)
        assert answer.status_code in {200, 302, 304, 404, 206, 416}, page
        assert b"evil.example" not in answer.data


def test_a_very_long_address_is_answered_clearly(client):
    assert client.get("/" + "a" * 60_000).status_code == 404
    assert client.get("/?" + "a=b&" * 20_000).status_code in {200, 400, 413, 414}
