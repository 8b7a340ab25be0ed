import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import seal
from forum.core.seal import digests

SECRETS = ["first secret of the site", "another secret of the site"]


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setattr(digests, "_secret", [SECRETS[0].encode()])


def test_a_value_is_recognised_again():
    assert seal.keyed_digest("claim", "ana@x.example") == seal.keyed_digest(
        "claim", "ana@x.example"
    )


@given(st.text(), st.text())
def test_two_values_have_two_digests(a, b):
    assert (seal.keyed_digest("claim", a) == seal.keyed_digest("claim", b)) is (a == b)


def test_each_purpose_has_its_own_key():
    assert seal.keyed_digest("claim", "x") != seal.keyed_digest("throttle", "x")


def test_another_secret_gives_another_digest():
    before = seal.keyed_digest("claim", "x")
    seal.configure(SECRETS[1])
    assert seal.keyed_digest("claim", "x") != before


def test_a_digest_is_64_hex_characters_and_hides_the_value():
    digest = seal.keyed_digest("claim", "ana@x.example")
    assert len(digest) == 64
    assert set(digest) <= set(string.hexdigits.lower())


def test_a_digest_is_hmac_sha_256_under_a_key_of_its_purpose():
    # RFC 2104 by hand: both steps HMAC-SHA-256.
    import hashlib
    import hmac

    key = hmac.new(SECRETS[0].encode(), b"claim", hashlib.sha256).digest()
    expected = hmac.new(key, b"x", hashlib.sha256).hexdigest()
    assert seal.keyed_digest("claim", "x") == expected


def test_a_token_has_256_bits_in_characters_fit_for_a_link():
    token = seal.keyed_token("address proof", "abc")
    assert len(token) == 43
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")


def test_a_token_is_derived_again_from_the_same_id():
    assert seal.keyed_token("p", "abc") == seal.keyed_token("p", "abc")
    assert seal.keyed_token("p", "abc") != seal.keyed_token("p", "abd")


def test_broken_unicode_can_be_digested_too():
    assert len(seal.keyed_digest("throttle", "\ud800")) == 64
    assert len(seal.plain_digest("\ud800")) == 64


def test_a_plain_digest_is_sha_256():
    assert seal.plain_digest("") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
