"""Parts of a page that stand on it fifty times: drawn once for each kind, then only filled in.

A template is drawn with gaps in place of what differs between two things of one kind: a name, a
time, a text. What remains is the same for everybody, and is kept; filling it costs a tenth of
drawing it. What is filled in is escaped, unless it is HTML made safe before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar

from flask import Flask, current_app
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from forum.web import locale

Kind = TypeVar("Kind", bound=Hashable)
Values: TypeAlias = Mapping[str, str]
_KINDS_KEPT = 2_048
_TEXTS_KEPT = 8_192
# Two characters for private use, so that no template holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_GAP = re.compile(f"{_OPEN}(\\w+){_CLOSE}")
_NOBODYS = dict.fromkeys(("request", "session", "g", "csrf_token", "get_flashed_messages"))
"""What Flask lets every template see of whoever asks. A pattern is everybody's: it gets none."""


def init_app(app: Flask) -> None:
    app.extensions["patterns"] = app.jinja_env.overlay(undefined=StrictUndefined)


def gap(name: str) -> str:
    """What a template gets in place of the value of that name."""
    return f"{_OPEN}{name}{_CLOSE}"


class Pattern(Generic[Kind]):
    """A template with gaps. `context` makes of a kind all that the template gets, gaps and all.

    Of whoever asks it gets nothing, not even what other templates always have: what is drawn is
    kept, and shown to the next one too. A name it does not know is an error.
    """

    def __init__(self, template: str, context: Callable[[Kind], Mapping[str, Any]]) -> None:
        self._template, self._context = template, context
        self._drawn = lru_cache(_KINDS_KEPT)(self._draw)

    def fill(self, things: Iterable[tuple[Kind, Values]]) -> list[str]:
        """The HTML of each. KeyError when a gap of its kind has no value."""
        language = locale.chosen()
        return [self._drawn(language, kind) % _escaped(values) for kind, values in things]

    def _draw(self, _language: str, kind: Kind) -> str:
        """As a string that % fills."""
        environment: Environment = current_app.extensions["patterns"]
        template = environment.get_template(self._template)
        html = template.render(_NOBODYS | dict(self._context(kind)))
        return _GAP.sub(r"%(\1)s", html.replace("%", "%%"))


def _escaped(values: Values) -> dict[str, str]:
    return {
        name: value if isinstance(value, Markup) else _escaped_text(value)
        for name, value in values.items()
    }


@lru_cache(_TEXTS_KEPT)
def _escaped_text(text: str) -> str:
    """Names, times and addresses: the same few come again and again."""
    return str(escape(text))
