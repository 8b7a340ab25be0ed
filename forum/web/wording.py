"""What templates say in the reader's language: sentences, times and numbers, each made out once.

Flask-Babel looks for language, zone and catalogue anew at every word, and Babel reads its pattern
anew at every date: together that was two thirds of what drawing a topic page cost. The answers are
few, so they are kept, by language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import flask_babel
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup

from forum.core.markup import as_markup
from forum.web import locale

_DATE, _TIME = "d MMM yyyy", "HH:mm"
_KEPT = 8_192
"""Answers kept of each kind: days, minutes of a day, numbers, sentences."""


def init_app(app: Flask) -> None:
    """Give the templates of pages their filters and their gettext."""
    wording = Wording(app.config["LOCALES"])
    app.jinja_env.filters.update(
        datetime=wording.datetime, isodate=isodate, number=wording.number, day=wording.day
    )
    app.jinja_env.globals.update(
        _=wording.gettext, gettext=wording.gettext, ngettext=wording.ngettext
    )


class Wording:
    """The words of a site that speaks these languages. For templates that escape."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._only = languages[0] if len(languages) == 1 else None

    def _language(self) -> str:
        return self._only or locale.chosen()

    def gettext(self, message: str, /, **values: object) -> Markup:
        """A sentence; values are escaped."""
        language = self._language()
        return _sentence(language, message) % values if values else _fixed(language, message)

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> Markup:
        """A sentence about a number of things, which is %(num)s in it."""
        return _plural(self._language(), one, many, num) % {"num": num, **values}

    def datetime(self, moment: datetime | date) -> str:
        """Day and minute, such as 14 Nov 2026, 09:05; of a day alone only the day."""
        if not isinstance(moment, datetime):
            return self.day(moment)
        here, language = moment.astimezone(_zone(locale.time_zone())), self._language()
        return f"{_day(language, here.date())}, {_minute(language, here.hour, here.minute)}"

    def day(self, on: date) -> str:
        """A day, such as 14 Nov 2026."""
        return _day(self._language(), on)

    def number(self, value: float) -> str:
        return _number(self._language(), value)


def isodate(moment: datetime | date) -> str:
    """For machines: 2026-11-14T09:05:00Z, or 2026-11-14."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).isoformat("T", "seconds")[:19] + "Z"


@lru_cache(_KEPT)
def _sentence(_language: str, message: str) -> Markup:
    """Ours or a translator's words, no HTML of others. Flask-Babel has chosen the language too."""
    return as_markup(flask_babel.gettext(message))


@lru_cache(_KEPT)
def _fixed(language: str, message: str) -> Markup:
    """A sentence with no values in it. Every sentence is a pattern, so %% is one %."""
    return _sentence(language, message) % {}


@lru_cache(_KEPT)
def _plural(_language: str, one: str, many: str, num: int) -> Markup:
    found = flask_babel.get_translations().ungettext(one, many, num)
    return as_markup(found)


@lru_cache(_KEPT)
def _day(language: str, on: date) -> str:
    return str(format_date(on, _DATE, locale=language))


@lru_cache(_KEPT)
def _minute(language: str, hour: int, minute: int) -> str:
    return str(format_time(time(hour, minute), _TIME, locale=language))


@lru_cache(_KEPT)
def _number(language: str, value: float) -> str:
    return str(format_decimal(value, locale=language))


@lru_cache(512)
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)
