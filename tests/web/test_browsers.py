"""Telling sign-ins apart by what a browser says of itself, without keeping what it says."""

import pytest

from forum.web.browsers import family

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (FIREFOX, "Firefox/Android"),
        (EDGE, "Edge/Windows"),
        (IPHONE, "Safari/iPhone"),
        (CHROME, "Chrome/Android"),
        ("curl/8.5.0", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_of_each_its_family_and_system_and_no_version(said, known):
    assert family(said) == known
