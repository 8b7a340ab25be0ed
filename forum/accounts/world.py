"""Regions, languages and time zones, as people call them: from the tables that Babel brings along.

The regions are the sub-regions of the UN's M49; the two that it divides again, Sub-Saharan Africa
and Latin America with the Caribbean, by those parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.profiles import MOST_LANGUAGES

REGIONS = (
    *("015", "011", "017", "014", "018"),
    *("021", "013", "029", "005"),
    *("145", "143", "034", "030", "035"),
    *("154", "155", "151", "039"),
    *("053", "054", "057", "061"),
)
"""Africa, the Americas, Asia, Europe, Oceania."""
_SHORT = 3
"""Letters of a code of ISO 639; longer ones are varieties of a language."""
_BY_THEIR_OWN_NAME = (
    "ar bg bn cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl"
    " sr sv sw ta th tr uk ur vi zh"
).split()
"""Each takes a file to read, so not all there are."""


class UnknownLanguage(ForumError):
    status = 422


class UnknownZone(ForumError):
    status = 422
    sentence = _l("We know no such city. Take the nearest large one, such as Lisbon or Nairobi.")


def region_names(language: str) -> list[tuple[str, str]]:
    """Code and name of each region."""
    names = _locale(language).territories
    return [(code, names[code]) for code in REGIONS]


def language_names(codes: Iterable[str], language: str) -> list[str]:
    """How the languages of these codes are called."""
    names = _locale(language).languages
    return [names.get(code, code) for code in codes]


def language_codes(typed: str, language: str) -> tuple[str, ...]:
    """The codes of languages that were typed by name, with commas between them; each once.

    A name may be in the language of the page, in English or in the language itself. UnknownLanguage
    names what is none, or says that more than five is too many.
    """
    words = [word.strip() for word in typed.replace(";", ",").split(",") if word.strip()]
    known = _by_name(language)
    unknown = [word for word in words if word.casefold() not in known]
    if unknown:
        raise UnknownLanguage(_l("We know no language called %(name)s.", name=unknown[0][:40]))
    codes = tuple(dict.fromkeys(known[word.casefold()] for word in words))
    if len(codes) > MOST_LANGUAGES:
        raise UnknownLanguage(_l("Five at most, please: those you would like to write in."))
    return codes


def languages_of_browser(accepted: Iterable[str], language: str) -> str:
    """What a browser says it reads, as names to begin with."""
    codes = dict.fromkeys(tag.split("-")[0].lower() for tag in accepted)
    known = set(_by_name(language).values())
    return ", ".join(language_names([c for c in codes if c in known][:MOST_LANGUAGES], language))


def zone(typed: str) -> str | None:
    """The time zone of a city, or of its name in the IANA's table; None for "". UnknownZone."""
    words = " ".join(typed.replace("_", " ").split()).casefold()
    if not words:
        return None
    found = _zones().get(words)
    if found is None:
        raise UnknownZone
    return found


def city(zone_name: str | None) -> str:
    """The city a zone is named after, which `zone` understands."""
    return (zone_name or "").rpartition("/")[2].replace("_", " ")


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-" if "-" in language else "_")


@lru_cache(16)
def _by_name(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    here = _locale(language).languages
    codes = [code for code in map(str, here) if len(code) <= _SHORT and code.isalpha()]
    for code in codes:
        found.setdefault(code, code)
    for names in (_locale("en").languages, here):
        found |= {names[code].casefold(): code for code in codes if code in names}
    return found | {_own_name(code): code for code in _BY_THEIR_OWN_NAME}


@cache
def _own_name(code: str) -> str:
    """What a language is called by those who speak it."""
    return str(Locale(code).languages[code]).casefold()


@lru_cache(1)
def _zones() -> dict[str, str]:
    """Each zone by its name and by its city; of two cities of one name the first."""
    found: dict[str, str] = {}
    names = sorted(get_global("zone_territories"))
    for name in names:
        found.setdefault(city(name).casefold(), name)
    return found | {name.replace("_", " ").casefold(): name for name in names} | {"utc": "UTC"}
