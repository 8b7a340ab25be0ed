"""Parts of pages that are drawn once and then filled in."""

import pytest
from flask import Flask
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from forum.web.patterns import Pattern, gap


@pytest.fixture
def templates(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates of the test's own, by name."""
    written: dict[str, str] = {}
    environment = app.extensions["patterns"].overlay(loader=DictLoader(written), cache_size=0)
    monkeypatch.setitem(app.extensions, "patterns", environment)
    return written


def drawn_by(template: str) -> Pattern[bool]:
    return Pattern(template, lambda loud: {"loud": loud, "name": gap("name"), "text": gap("text")})


@pytest.fixture
def greeting(templates: dict[str, str]) -> Pattern[bool]:
    templates["a.html"] = (
        "<p title='100%'>{{ name }}{% if loud %}!{% endif %} {{ text }} {{ name }}</p>"
    )
    return drawn_by("a.html")


def test_each_kind_looks_its_own_way_and_holds_its_own_words(
    app: Flask, greeting: Pattern[bool]
) -> None:
    with app.test_request_context():
        drawn = greeting.fill(
            (loud, {"name": name, "text": "so"})
            for loud in (True, False)
            for name in ("Ana", "Ben")
        )
    assert drawn == [
        "<p title='100%'>Ana! so Ana</p>",
        "<p title='100%'>Ben! so Ben</p>",
        "<p title='100%'>Ana so Ana</p>",
        "<p title='100%'>Ben so Ben</p>",
    ]


def test_what_is_filled_in_is_escaped_unless_it_was_made_safe(
    app: Flask, greeting: Pattern[bool]
) -> None:
    with app.test_request_context():
        safe = {"name": "<i>'\"%(text)s", "text": Markup("<b>&amp;</b>")}
        (page,) = greeting.fill([(False, safe)])
    assert "&lt;i&gt;&#39;&#34;%(text)s" in page
    assert "<b>&amp;</b>" in page


def test_that_a_text_was_safe_once_does_not_make_it_safe(
    app: Flask, greeting: Pattern[bool]
) -> None:
    said = [Markup("<b>"), "<b>", Markup("<b>")]
    with app.test_request_context():
        pages = greeting.fill((False, {"name": text, "text": ""}) for text in said)
    assert ["&lt;b&gt;" in page for page in pages] == [False, True, False]


def test_a_gap_without_a_value_is_an_error(app: Flask, greeting: Pattern[bool]) -> None:
    with app.test_request_context(), pytest.raises(KeyError):
        greeting.fill([(False, {"name": "Ana"})])


@pytest.mark.parametrize(
    "private",
    [
        "viewer.name",
        "nav_circles|length",
        "current_user.get_id()",
        "session.keys()",
        "request.path",
        "g.viewer",
        "csrf_token()",
        "get_flashed_messages()",
    ],
)
def test_nothing_of_whoever_asks_can_be_drawn(
    app: Flask, templates: dict[str, str], private: str
) -> None:
    templates["b.html"] = "{{ %s }}" % private
    with app.test_request_context(), pytest.raises((UndefinedError, TypeError)):
        drawn_by("b.html").fill([(False, {})])
