import time

import pytest

from forum.employments.names import BadName, key
from forum.models.employers import KEY_CHARS

ONE_NAME = {
    "case": ["Northwind", "NORTHWIND", "northwind"],
    "blanks and strokes": ["North Wind", "North-Wind", "  North  Wind ", "North_Wind"],
    "German forms": [
        "Northwind",
        "Northwind GmbH",
        "Northwind G.m.b.H.",
        "Northwind GmbH & Co. KG",
    ],
    "American forms": ["Northwind", "Northwind, Inc.", "Northwind LLC", "The Northwind Company"],
    "British forms": ["Northwind", "Northwind Ltd", "Northwind Ltd.", "Northwind p.l.c."],
    "French forms": ["Nestlé", "Nestlé S.A.", "nestle sa", "Nestlé S A"],
    "Polish forms": ["Żabka", "Żabka Sp. z o.o.", "Zabka sp z o o", "ŻABKA Sp.z o.o."],
    "Danish forms": ["Novo Nordisk", "Novo Nordisk A/S"],
    "Mexican forms": ["Bimbo", "Bimbo S.A. de C.V.", "Bimbo S. de R.L. de C.V."],
    "Japanese forms": ["トヨタ", "株式会社トヨタ", "トヨタ株式会社", "ﾄﾖﾀ"],
    "Russian forms": ["Ромашка", "ООО Ромашка", "ООО «Ромашка»"],
    "a sharp s": ["Strasse", "Straße AG", "STRASSE"],
    "an and": ["Procter & Gamble", "Procter and Gamble"],
    "an apostrophe": ["McDonald's", "McDonald’s", "McDonalds"],
    "dots": ["E.ON", "EON", "E.ON SE"],
    "full-width letters": ["Ｎｏｒｔｈｗｉｎｄ", "Northwind"],
}


@pytest.mark.parametrize("spellings", ONE_NAME.values(), ids=ONE_NAME)
def test_a_name_is_recognised_despite(spellings):
    assert len({key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northwind", "Southwind"),
        ("Northwind", "Northwind Logistics"),
        ("San Diego", "San Diego Zoo"),
        ("Plan A", "Plan B"),
        ("3M", "M3"),
        ("Müller", "Mailer"),
    ],
)
def test_different_names_stay_different(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("name", ["AG", "SA", "The Company", "株式会社", "S A", "Inc.", "The"])
def test_a_name_that_is_a_legal_form_is_a_name(name):
    assert key(name)


@pytest.mark.parametrize("name", ["", " ", "!!!", "—", "🏭", "\u0301"])
def test_without_a_letter_or_digit_there_is_no_name(name):
    with pytest.raises(BadName):
        key(name)


@pytest.mark.parametrize("name", ["ﷺ" * 120, "ß" * 120, "a" * 120, "㌖" * 120])
def test_however_a_name_unfolds_it_fits_its_column(name):
    assert len(key(name)) <= KEY_CHARS


@pytest.mark.parametrize("name", ["s a " * 30, "de " * 40 + "sa", ". a" * 40, "a" + "\u0301" * 119])
def test_no_name_takes_long(name):
    began = time.process_time()
    for _again in range(100):
        key(name)
    assert time.process_time() - began < 1


def test_folding_twice_is_folding_once():
    for spellings in ONE_NAME.values():
        assert key(key(spellings[0])) == key(spellings[0])
