"""What somebody may tell of themselves. Nothing here must be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import LazyString
from wtforms import BooleanField, SelectChoice, SelectField, ValidationError
from wtforms.validators import Length

from forum.accounts import world
from forum.accounts.actions import Told
from forum.accounts.queries import MyProfile
from forum.circles.choices import BARRIERS, INDUSTRIES, MARKETS, PARTS, RHYTHMS, SIZES
from forum.core.i18n import _l
from forum.models.companies import Market, SizeBand
from forum.models.profiles import BIO_CHARS, Barrier, Part, Rhythm
from forum.web import locale
from forum.web.forms import Form, LineField, TextField, TicksField

E = TypeVar("E", bound=StrEnum)
_SHORT = Length(max=BIO_CHARS, message=_l("Use at most 1,000 characters."))
_LINE = Length(max=200, message=_l("Use at most 200 characters."))
_NOT_SAID = SelectChoice("", _l("Not said"))
_BARRIERS = [SelectChoice(each.value, words) for each, words in BARRIERS.items()]


def _one_of(label: LazyString, choices: Mapping[Any, LazyString]) -> SelectField:
    return SelectField(label, choices=[_NOT_SAID, *_listed(choices)], default="")


def _listed(choices: Mapping[Any, LazyString]) -> list[SelectChoice]:
    return [SelectChoice(str(value), words) for value, words in choices.items()]


class ProfileForm(Form):
    trying = TextField(_l("What are you trying to change?"), [_SHORT])
    part = _one_of(_l("Your part in it"), PARTS)
    industry = _one_of(_l("Industry"), INDUSTRIES)
    met = TicksField(_l("What you have met"), choices=_BARRIERS)
    broken = TicksField(_l("What you have broken through"), choices=_BARRIERS)
    broke_through = TextField(_l("How you did it"), [_SHORT])
    company_size = _one_of(_l("How many work there"), SIZES)
    company_market = _one_of(_l("Whom it sells to"), MARKETS)
    company_regulated = _one_of(
        _l("Closely regulated, like a bank"), {"yes": _l("Yes"), "no": _l("No")}
    )
    region = SelectField(_l("Part of the world"), default="")
    languages = LineField(_l("Languages you like to write in"), [_LINE])
    time_zone = LineField(_l("City whose time you live by"), [_LINE])
    listed = BooleanField(_l("List me among the people of my circles"))

    def __init__(self, **values: Any) -> None:
        self.codes: tuple[str, ...] = ()
        self.zone: str | None = None
        super().__init__(**values)
        names = world.region_names(locale.chosen())
        self.region.choices = [_NOT_SAID, *(SelectChoice(*each) for each in names)]

    def validate_languages(self, field: LineField) -> None:
        try:
            self.codes = world.language_codes(field.data or "", locale.chosen())
        except world.UnknownLanguage as error:
            raise ValidationError(str(error)) from None

    def validate_time_zone(self, field: LineField) -> None:
        try:
            self.zone = world.zone(field.data or "")
        except world.UnknownZone as error:
            raise ValidationError(str(error)) from None

    def told(self) -> Told:
        """What was filled in, once it holds."""
        regulated = self.company_regulated.data
        return Told(
            trying=self.trying.data or "",
            broke_through=self.broke_through.data or "",
            part=_chosen(Part, self.part),
            industry=self.industry.data or None,
            company_size=_chosen(SizeBand, self.company_size),
            company_market=_chosen(Market, self.company_market),
            company_regulated=regulated == "yes" if regulated else None,
            region=self.region.data or None,
            languages=self.codes,
            time_zone=self.zone,
            listed=self.listed.data,
            met=tuple(map(Barrier, self.met.data or ())),
            broken=tuple(map(Barrier, self.broken.data or ())),
        )


class FirstStepsForm(ProfileForm):
    """The same, with how often to be told."""

    rhythm = _one_of(_l("How often shall we write to you?"), RHYTHMS)

    def chosen_rhythm(self) -> Rhythm | None:
        return _chosen(Rhythm, self.rhythm)


def as_filled_in(profile: MyProfile) -> dict[str, Any]:
    """A profile as the fields' first values."""
    regulated = {None: "", True: "yes", False: "no"}[profile.company_regulated]
    return {
        "trying": profile.trying,
        "part": profile.part or "",
        "industry": profile.industry or "",
        "met": list(profile.met),
        "broken": list(profile.broken),
        "broke_through": profile.broke_through,
        "company_size": profile.company_size or "",
        "company_market": profile.company_market or "",
        "company_regulated": regulated,
        "region": profile.region or "",
        "languages": ", ".join(world.language_names(profile.languages, locale.chosen())),
        "time_zone": world.city(profile.time_zone),
        "listed": profile.listed,
        "rhythm": profile.rhythm or "",
    }


def _chosen(kind: type[E], field: SelectField) -> E | None:
    return kind(field.data) if field.data else None
