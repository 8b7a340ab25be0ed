import pytest

from forum.discussions.about import CompanyKind, TagTooLong, TooManyTags, from_company, tags_in
from forum.models.companies import Market, SizeBand

LARGE, B2B = SizeBand.LARGE, Market.B2B


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" , ;, ", ()),
        ("Pilots, pilots,  PILOTS", ("pilots",)),
        ("  Due   diligence ,zero\u200b-waste", ("due diligence", "zero-waste")),
        ("due -- diligence", ("due-diligence",)),
        ("#reuse", ("reuse",)),
        ("Stra\u00dfe, cafe\u0301", ("caf\u00e9", "strasse")),
        ("\u0623\u060c\u0628", ("\u0623", "\u0628")),
        ("a\u202eb\nc", ("ab c",)),
        ("x" * 40, ("x" * 40,)),
    ],
)
def test_tags_are_made_alike(typed, tags):
    assert tags_in(typed) == tags


def test_made_alike_once_they_stay_so():
    once = tags_in("Due -- Diligence, #Reuse, Stra\u00dfe")
    assert tags_in(", ".join(once)) == once


def test_there_are_five_at_most():
    assert len(tags_in("a,b,c,d,e,a")) == 5
    with pytest.raises(TooManyTags):
        tags_in("a,b,c,d,e,f")


def test_of_forty_characters_at_most():
    with pytest.raises(TagTooLong):
        tags_in("x" * 41)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CompanyKind(), ""),
        (CompanyKind(LARGE, B2B, True), "from a large B2B company, regulated"),
        (CompanyKind(LARGE, B2B, False), "from a large B2B company, not regulated"),
        (CompanyKind(LARGE), "from a large company"),
        (CompanyKind(market=Market.BOTH), "from a B2B and B2C company"),
        (CompanyKind(regulated=True), "from a regulated company"),
        (CompanyKind(regulated=False), "from a company that is not regulated"),
    ],
)
def test_what_was_said_of_a_company_is_told_in_words(app_context, kind, words):
    assert from_company(kind) == words
