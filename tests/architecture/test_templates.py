"""What templates may not hold: script, style, unsafe output, sentences nobody can translate."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.architecture import source

JINJA = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
PAGES = [pytest.param(path, id=source.name(path)) for path in source.templates()]
READ_ALOUD = {"title", "alt", "aria-label", "placeholder"}
CLASS_BLOCKS = {"frame", "palette"}
NOT_PROSE = {"code", "kbd", "script", "style"}


def markup(path: Path) -> str:
    """A template's own HTML: without Jinja's parts, and without what is translated as a block."""
    kept: list[str] = []
    statement: list[str] = []
    left_out = False
    for _line, kind, text in JINJA.lex(path.read_text(encoding="utf-8")):
        if kind == "block_begin":
            statement = []
        elif kind == "name":
            statement.append(text)
        elif kind == "block_end":
            left_out = _left_out(statement, left_out)
        elif kind == "data" and not left_out:
            kept.append(text)
    return "".join(kept)


def _left_out(statement: list[str], before: bool) -> bool:
    """Whether what follows is translated as a block, or is the name of a class, not words."""
    if statement[0] in {"trans", "endtrans"}:
        return statement[0] == "trans"
    if statement[0] in {"block", "endblock"}:
        return statement[0] == "block" and statement[1] in CLASS_BLOCKS
    return before


class Words(HTMLParser):
    """Collects what a reader would read or hear: text, and attributes that are read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_PROSE:
            self._inside.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD:
                self._keep(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._keep(data)

    def _keep(self, text: str) -> None:
        self.found += re.findall(r"\S*[^\W\d_]{2}.*", text)


class Tags(HTMLParser):
    """Collects start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(path: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    yield from Tags(markup(path)).found


@pytest.mark.parametrize("path", PAGES)
def test_every_sentence_can_be_translated_in(path):
    if path.suffix == ".xml":
        return
    assert not Words(markup(path)).found, (
        "Put what people read into _('…'), ngettext(…) or {% trans %}, so that it can be translated"
    )


def test_the_check_for_sentences_finds_one(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "{% block frame %}wide{% endblock %}<p title='Over here'>{{ _('Fine') }} Not fine"
        "{% trans %}Fine too{% endtrans %}</p><code>make run</code>"
    )
    assert Words(markup(page)).found == ["Over here", "Not fine"]


@pytest.mark.parametrize("path", PAGES)
def test_no_script_or_style_stands_in(path):
    for tag, attributes in tags(path):
        assert tag != "style", "style belongs in static/css: the site's policy refuses it here"
        assert tag != "script" or "src" in attributes, "a script belongs in static/js"
        for name, value in attributes.items():
            assert name != "style", f"style=… on <{tag}>: give it a class"
            assert not name.startswith("on"), f"{name}=… on <{tag}>: listen in static/js"
            assert not (value or "").strip().lower().startswith("javascript:")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_skips_escaping_in(path):
    text = path.read_text(encoding="utf-8")
    for way in ("|safe", "| safe", "Markup(", "autoescape false"):
        assert way not in text, f"{way}: only core.markup says what HTML is safe"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_foreign_is_named_in(path):
    for tag, attributes in tags(path):
        for name in ("src", "href", "action", "srcset", "data"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?:https?:)?//", value), f"{value} on <{tag}> leaves the site"


@pytest.mark.parametrize("path", PAGES)
def test_every_form_that_sends_has_a_token_in(path):
    for form in re.findall(r"<form\b[^>]*>.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
        if 'method="post"' in form and "reply_action_url" not in form:
            assert "csrf_token()" in form or "hidden_tag()" in form, form[:120]


def test_one_module_says_what_html_is_safe():
    using = {
        source.name(path)
        for path in source.python_files("forum")
        if source.calls(path, "Markup") or "|safe" in path.read_text(encoding="utf-8")
    }
    assert using == {"forum/core/markup/__init__.py"}, (
        "HTML that skips escaping comes from core.markup.as_markup and nowhere else "
        "(security.md B2)."
    )
