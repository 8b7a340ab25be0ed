"""Fields for what a topic of a circle says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import (
    Length,
    Optional,
    ValidationError,
)

from forum.circles.choices import MARKET_WORDS, SIZES
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.discussions.about import CompanyKind, TopicFacts, from_company, tags_in
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Wish
from forum.web.forms import LineField

_REGULATED = {"1": _l("regulated"), "0": _l("not regulated")}


def _choices(said: Mapping[Any, Any]) -> list[SelectChoice]:
    choices = [SelectChoice(str(each), words) for each, words in said.items()]
    return [SelectChoice("", _l("not said")), *choices]


WISHES = {
    "advice": _l("I would like advice"),
    "similar": _l("I would like to hear of similar stories"),
    "listen": _l("Please just listen"),
}
HELPS = _l("What would help you?")


def _wish() -> RadioField:
    """What would help, in a circle, where it can also be left open."""
    choices = {"": _l("Whatever comes to mind"), **WISHES}
    return RadioField(
        HELPS,
        choices=[SelectChoice(value, words) for value, words in choices.items()],
        default="",
        validators=[Optional()],
    )


def in_fields(kind: CompanyKind) -> dict[str, str]:
    """A kind of company as the fields of these names hold it."""
    return {
        "company_size": kind.size or "",
        "company_market": kind.market or "",
        "company_regulated": "" if kind.regulated is None else str(int(kind.regulated)),
    }


class AboutTopic:
    """Fields for what a topic of a circle says of itself; none of them is asked for."""

    wish = _wish()
    tags = LineField(_l("Tags"), [Length(max=300, message=_l("Use at most five short tags."))])
    company_size = SelectField(_l("Size of the company"), choices=_choices(SIZES), default="")
    company_market = SelectField(_l("Whom it sells to"), choices=_choices(MARKET_WORDS), default="")
    company_regulated = SelectField(
        _l("Whether it is regulated"), choices=_choices(_REGULATED), default=""
    )

    def facts(self) -> TopicFacts:
        """What was typed and chosen, once it was found to hold."""
        wish = Wish(self.wish.data) if self.wish.data else None
        return TopicFacts(tags_in(self.tags.data or ""), self._company(), wish)

    def _company(self) -> CompanyKind:
        size, market, regulated = (
            field.data or None
            for field in (self.company_size, self.company_market, self.company_regulated)
        )
        return CompanyKind(
            SizeBand(size) if size else None,
            Market(market) if market else None,
            regulated == "1" if regulated else None,
        )

    def show_facts(self, facts: TopicFacts) -> None:
        """Put what is known into the fields."""
        self.wish.data = facts.wish.value if facts.wish else ""
        self.tags.data = ", ".join(facts.tags)
        for name, value in in_fields(facts.company).items():
            getattr(self, name).data = value

    def company_words(self) -> str:
        """What is chosen, as readers will see it; nothing for a choice there is not."""
        try:
            return from_company(self._company())
        except ValueError:
            return ""

    def validate_tags(self, field: LineField) -> None:
        try:
            tags_in(field.data or "")
        except ForumError as error:
            raise ValidationError(str(error)) from None
