"""Languages, regions and time zones, as people type them."""

import pytest
from babel.core import get_global

from forum.accounts import world
from forum.models.profiles import MOST_LANGUAGES, Profile


@pytest.mark.parametrize(
    "typed", ["English, German", "english; deutsch", "en, de", " EN ,, Deutsch "]
)
def test_a_language_may_be_typed_by_any_of_its_names(typed):
    assert world.language_codes(typed, "en") == ("en", "de")


def test_or_by_the_name_it_has_in_the_language_of_the_page():
    assert world.language_codes("Englisch, Französisch", "de") == ("en", "fr")


def test_said_twice_counts_once():
    assert world.language_codes("English, en, English", "en") == ("en",)


def test_what_is_no_language_is_named(app_context):
    with pytest.raises(world.UnknownLanguage) as refused:
        world.language_codes("English, Quux", "en")
    assert "Quux" in str(refused.value)


def test_more_than_five_are_refused(app_context):
    assert len(world.language_codes("en, de, fr, pt, es", "en")) == MOST_LANGUAGES
    with pytest.raises(world.UnknownLanguage):
        world.language_codes("en, de, fr, pt, es, it", "en")


def test_names_lead_back_to_the_codes_they_came_from():
    codes = ("pt", "ar", "zh", "sw", "tr")
    assert world.language_codes(", ".join(world.language_names(codes, "en")), "en") == codes


def test_any_five_languages_fit_into_their_column():
    longest = MOST_LANGUAGES * 3 + MOST_LANGUAGES - 1
    assert longest <= Profile.__table__.c.languages.type.length


def test_a_browser_says_what_it_reads_and_nothing_unknown():
    said = world.languages_of_browser(["pt-BR", "en-US", "en", "x-klingon"], "en")
    assert said == "Portuguese, English"


@pytest.mark.parametrize("typed", ["Lisbon", " lisbon ", "Europe/Lisbon", "europe/lisbon"])
def test_a_zone_may_be_typed_as_its_city(typed):
    assert world.zone(typed) == "Europe/Lisbon"


def test_nothing_typed_is_no_zone():
    assert world.zone("  ") is None


def test_a_city_nobody_knows_is_refused(app_context):
    with pytest.raises(world.UnknownZone):
        world.zone("Atlantis")


def test_the_city_of_every_zone_leads_to_a_zone_and_fits():
    for name in get_global("zone_territories"):
        assert world.zone(name) == name
        assert world.zone(world.city(name))
        assert len(name) <= Profile.__table__.c.time_zone.type.length


def test_every_region_has_a_name():
    for language in ("en", "de", "ar"):
        assert all(name for _code, name in world.region_names(language))
    assert len({code for code, _name in world.region_names("en")}) == len(world.REGIONS)
