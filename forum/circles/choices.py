"""What the choices are called that people make about themselves, and about where they work."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from forum.core.i18n import _l
from forum.models.companies import Market, SizeBand
from forum.models.profiles import Barrier, Part, Rhythm

PARTS: Mapping[Part, LazyString] = {
    Part.INTRAPRENEUR: _l("Intrapreneur: I change something where I am employed"),
    Part.ALLY: _l("Ally or manager: I help somebody who does"),
    Part.SOCIAL_ENTREPRENEUR: _l("Social entrepreneur: I have started something of my own"),
    Part.INTERMEDIARY: _l("Intermediary: I bring the two together"),
}
PART_NAMES: Mapping[Part, LazyString] = {
    Part.INTRAPRENEUR: _l("Intrapreneur"),
    Part.ALLY: _l("Ally or manager"),
    Part.SOCIAL_ENTREPRENEUR: _l("Social entrepreneur"),
    Part.INTERMEDIARY: _l("Intermediary"),
}
BARRIERS: Mapping[Barrier, LazyString] = {
    Barrier.SPONSOR: _l("No sponsor, or one who left"),
    Barrier.INCENTIVES: _l("Targets and bonuses that point elsewhere"),
    Barrier.LEGAL: _l("Legal, compliance or procurement"),
    Barrier.BUDGET: _l("No budget for it"),
    Barrier.MIDDLE: _l("Middle management"),
    Barrier.MANDATE: _l("No mandate, no time for it"),
    Barrier.BRAND: _l("Fear for the brand"),
    Barrier.PARTNER: _l("Working with a partner outside"),
    Barrier.ISOLATION: _l("Being alone with it"),
    Barrier.SCALING: _l("From pilot to normal"),
    Barrier.OTHER: _l("Something else"),
}
SIZES: Mapping[SizeBand, LazyString] = {
    SizeBand.SMALL: _l("Under 50 people"),
    SizeBand.MEDIUM: _l("50 to 249 people"),
    SizeBand.LARGE: _l("250 to 4,999 people"),
    SizeBand.VERY_LARGE: _l("5,000 to 49,999 people"),
    SizeBand.GIANT: _l("50,000 people and more"),
}
SIZE_WORDS: Mapping[SizeBand, LazyString] = {
    SizeBand.SMALL: _l("small"),
    SizeBand.MEDIUM: _l("mid-sized"),
    SizeBand.LARGE: _l("large"),
    SizeBand.VERY_LARGE: _l("very large"),
    SizeBand.GIANT: _l("giant"),
}
MARKET_WORDS: Mapping[Market, LazyString] = {
    Market.B2B: _l("B2B"),
    Market.B2C: _l("B2C"),
    Market.BOTH: _l("B2B and B2C"),
}
MARKETS: Mapping[Market, LazyString] = {
    Market.B2B: _l("Other organisations (B2B)"),
    Market.B2C: _l("People (B2C)"),
    Market.BOTH: _l("Both"),
}
RHYTHMS: Mapping[Rhythm, LazyString] = {
    Rhythm.INSTANT: _l("At once"),
    Rhythm.DAILY: _l("Once a day at most"),
    Rhythm.WEEKLY: _l("Once a week at most"),
    Rhythm.NONE: _l("Not at all"),
}
INDUSTRIES: Mapping[str, LazyString] = {
    "A": _l("Agriculture, forestry and fishing"),
    "B": _l("Mining and quarrying"),
    "C": _l("Manufacturing"),
    "D": _l("Electricity, gas and heat"),
    "E": _l("Water, sewage and waste"),
    "F": _l("Construction"),
    "G": _l("Wholesale and retail"),
    "H": _l("Transport and storage"),
    "I": _l("Hotels and restaurants"),
    "J": _l("Information and communication"),
    "K": _l("Finance and insurance"),
    "L": _l("Real estate"),
    "M": _l("Professional, scientific and technical services"),
    "N": _l("Administrative and support services"),
    "O": _l("Public administration and defence"),
    "P": _l("Education"),
    "Q": _l("Health and social work"),
    "R": _l("Arts, entertainment and recreation"),
    "S": _l("Associations and other services"),
    "T": _l("Private households"),
    "U": _l("International organisations"),
}
"""Sections of the UN's International Standard Industrial Classification, Rev. 4, in short words."""
