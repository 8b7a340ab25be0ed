"""A key is missing or wrong, a wrap or a text is damaged: a page that says so, and nothing lost."""

import logging
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core import seal
from forum.web.door import public
from tests.support.application import SPACE_KEY
from tests.support.community import csrf, person, sign_in

SECRET = seal.Secret(bytes(range(32)))
OTHER_KEY = bytes(32)


def without_keys(wrapped: bytes) -> bytes:
    seal.configure_keys([])
    return wrapped


def with_another_key(wrapped: bytes) -> bytes:
    seal.configure_keys([OTHER_KEY])
    return wrapped


def with_a_damaged_wrap(wrapped: bytes) -> bytes:
    return wrapped[:-1] + bytes([wrapped[-1] ^ 1])


def with_an_empty_wrap(_wrapped: bytes) -> bytes:
    return b""


BAD_LUCK = [without_keys, with_another_key, with_a_damaged_wrap, with_an_empty_wrap]


@pytest.fixture
def kept() -> Iterator[list[bytes]]:
    """What the little site below has in its database: one wrapped secret."""
    seal.configure_keys([SPACE_KEY])
    yield [seal.wrap(SECRET.raw, "topic:1")]
    seal.configure_keys([SPACE_KEY])


@pytest.fixture
def site(make_app, kept) -> Flask:
    """A site with one sealed page."""
    app = make_app()

    @app.route("/sealed", methods=["GET", "POST"])
    @public
    def sealed() -> str:
        return seal.unwrap(kept[0], "topic:1").hex()

    return app


@pytest.fixture
def visitor(site) -> FlaskClient:
    return site.test_client()


def test_with_its_key_the_page_opens(visitor):
    assert visitor.get("/sealed").text == SECRET.raw.hex()


@pytest.mark.parametrize("struck", BAD_LUCK)
class TestBadLuck:
    def test_is_a_page_that_says_so(self, visitor, kept, struck):
        kept[0] = struck(kept[0])
        answer = visitor.get("/sealed")
        assert answer.status_code == 503
        assert str(seal.Unopenable.sentence) in unescape(answer.text)
        assert "<h1" in answer.text
        assert 'href="/"' in answer.text

    def test_shows_no_key_no_wrap_and_no_place(self, visitor, kept, struck, caplog):
        kept[0] = struck(kept[0])
        with caplog.at_level(logging.DEBUG):
            said = visitor.get("/sealed").text + caplog.text
        for part in (SECRET.raw, SPACE_KEY, OTHER_KEY, kept[0][:20]):
            assert not part or part.hex() not in said
        assert "topic:1" not in said
        assert "Traceback" not in said

    def test_is_noted_for_the_operator_without_the_place(self, visitor, kept, struck, caplog):
        kept[0] = struck(kept[0])
        with caplog.at_level(logging.ERROR):
            visitor.get("/sealed")
        assert [record.message for record in caplog.records] == ["refused with 503: Unopenable"]

    def test_keeps_what_was_typed(self, site, visitor, kept, struck):
        with site.app_context():
            sign_in(visitor, person("Ana"))
        token = csrf(visitor)
        kept[0] = struck(kept[0])
        answer = visitor.post("/sealed", data={"body": "Kept & whole", "csrf_token": token})
        assert answer.status_code == 503
        assert "Kept &amp; whole" in answer.text

    def test_leaves_the_rest_of_the_site_alone(self, visitor, kept, struck):
        kept[0] = struck(kept[0])
        for path in ("/", "/circles", "/sign-in", "/healthz"):
            assert visitor.get(path).status_code == 200, path


def test_when_the_key_is_back_the_page_opens_again(visitor, kept):
    seal.configure_keys([])
    assert visitor.get("/sealed").status_code == 503
    seal.configure_keys([SPACE_KEY])
    assert visitor.get("/sealed").text == SECRET.raw.hex()


def test_an_application_starts_with_the_keys_of_its_configuration(make_app, kept):
    make_app(SPACE_KEYS=(OTHER_KEY, SPACE_KEY))
    assert seal.key_number(kept[0]) == 1
    assert seal.unwrap(kept[0], "topic:1") == SECRET.raw
