"""What members say of where they work, and staff of employers."""

from __future__ import annotations

import calendar
import re
from datetime import date

from flask import current_app
from wtforms import RadioField, SelectChoice, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from forum.core import addresses, clock
from forum.core.i18n import _l
from forum.employments import names
from forum.models.employers import EMPLOYER_CHARS, Tie
from forum.web.addresses import AddressForm
from forum.web.forms import Form, LineField

_NEEDED = DataRequired(_l("Please fill this in."))
_SHORT = Length(max=EMPLOYER_CHARS, message=_l("Use at most 120 characters."))
_FIRST_YEAR = 1950
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")


def _is_a_name(_form: Form, field: LineField) -> None:
    try:
        names.key(field.data)
    except names.BadName as error:
        raise ValidationError(str(error)) from None


class MonthField(LineField):
    """A month as 2024-03, which browsers without a field for months show as text."""

    def month(self) -> date | None:
        """Its first day; None when it is empty or no month."""
        found = _MONTH.fullmatch(self.data or "")
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < _FIRST_YEAR:
            return None
        return date(int(found[1]), int(found[2]), 1)

    def pre_validate(self, form: Form) -> None:
        month = self.month()
        if self.data and month is None:
            raise ValidationError(_l("Write a year and a month, like 2024-03, or leave it empty."))
        if month and month > clock.today():
            raise ValidationError(_l("That month is still to come."))


class EmploymentForm(Form):
    employer = LineField(_l("Name of the employer"), [_NEEDED, _SHORT, _is_a_name])
    tie = RadioField(
        _l("What ties you to it"),
        choices=[
            SelectChoice(Tie.WORKS_FOR.value, _l("I work for them")),
            SelectChoice(Tie.WORKS_AT.value, _l("I work at their sites, for somebody else")),
        ],
        default=Tie.WORKS_FOR.value,
        validators=[InputRequired(_l("Choose one."))],
    )
    time = RadioField(
        _l("Is it still so?"),
        choices=[SelectChoice("now", _l("Yes")), SelectChoice("past", _l("No, that is over"))],
        default="now",
        validators=[InputRequired(_l("Choose one."))],
    )
    began = MonthField(_l("First month (if you like)"))
    ended = MonthField(_l("Last month, if it is over"))

    def validate_ended(self, field: MonthField) -> None:
        if self.time.data != "past":
            return
        if not field.data:
            raise ValidationError(_l("Say in which month it ended."))
        began, ended = self.began.month(), field.month()
        if not self.began.errors and began and ended and ended < began:
            raise ValidationError(_l("It can't have ended before it began."))

    def ended_on(self) -> date | None:
        """The last day of the last month, today at the latest; None while it goes on."""
        month = self.ended.month() if self.time.data == "past" else None
        if month is None:
            return None
        last_day = calendar.monthrange(month.year, month.month)[1]
        return min(month.replace(day=last_day), clock.today())


class WorkAddressForm(AddressForm):
    """The address at work; what it is called is in AddressForm."""


class CodeForm(Form):
    code = LineField(_l("The eight digits"), [_NEEDED, Length(max=40)])


class NewEmployerForm(Form):
    employer = LineField(_l("Name"), [_NEEDED, _SHORT, _is_a_name])


class DescriptionForm(NewEmployerForm):
    group = LineField(_l("Group"), [_SHORT])

    def validate_group(self, field: LineField) -> None:
        if field.data:
            _is_a_name(self, field)


class DomainForm(Form):
    """A mail domain; `normal` is its one form once validated."""

    domain = LineField(_l("Mail domain"), [_NEEDED, Length(max=253)])

    def validate_domain(self, field: LineField) -> None:
        tests = bool(current_app.config.get("DEVELOPMENT") or current_app.testing)
        try:
            if "@" in field.data:
                raise addresses.BadAddress
            found = addresses.normal(f"a@{field.data}", test_domains=tests)
        except addresses.BadAddress:
            raise ValidationError(_l("Write it like firm.example.")) from None
        self.normal = found.partition("@")[2]


class DomainEndForm(Form):
    domain = LineField()


class MergerForm(Form):
    into = LineField(_l("Name of the other employer"), [_NEEDED, _SHORT, _is_a_name])


class AliasForm(Form):
    alias = LineField()
