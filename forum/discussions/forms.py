"""Forms for writing, reporting and keeping order."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.core.markup import MAX_BODY_CHARS
from forum.discussions.about import MARKETS, PEOPLE, CompanyKind, TopicFacts, from_company, tags_in
from forum.discussions.queries.reports import REASONS
from forum.models.companies import Market, SizeBand
from forum.models.discussions import REASON_CHARS, TITLE_CHARS
from forum.models.spaces import LONGEST_LIFE_DAYS, SHORTEST_LIFE_DAYS
from forum.spaces.notes import NOTES
from forum.web.forms import Form, LineField, TextField, TicksField

_NONCE = re.compile(r"[A-Za-z0-9_-]{22}")
_BODY = [
    DataRequired(_l("Please write something first.")),
    Length(
        max=MAX_BODY_CHARS,
        message=_l("Use at most 20,000 characters; split the text in two posts."),
    ),
]
_TITLE = [
    DataRequired(_l("Give it a title that says what it is about.")),
    Length(max=TITLE_CHARS, message=_l("Use at most 200 characters.")),
]


def new_nonce() -> str:
    """What makes a form that is sent twice count once."""
    return secrets.token_urlsafe(16)


class WritingForm(Form):
    """A text with a nonce, which makes a second click harmless, and the place of its draft."""

    refused_with: int | None = None
    """The status of what was in the way, when it was not the form itself."""
    findings: Sequence[Any] = ()
    """What in the text could tell who wrote it, in a private space."""
    may_confirm = False
    """Whether all of that passes once the writer has looked at it."""

    is_barred = False
    """Whether a sanction is in the way: then a link leads to why, and to the appeal."""

    body = TextField(_l("Your text"), _BODY)
    looked = BooleanField(_l("I have looked at this; it tells nobody who I am or who they are."))
    """Asked only in a private space, and only when something was found."""
    nonce = HiddenField()
    draft_place = HiddenField()
    draft_version = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not _NONCE.fullmatch(self.nonce.data or ""):
            self.nonce.data = new_nonce()


class ReplyForm(WritingForm):
    body = TextField(_l("Your reply"), _BODY)


class TopicForm(WritingForm):
    title = LineField(_l("Title"), _TITLE)
    body = TextField(_l("Your text"), _BODY)


_REGULATED = {"1": _l("regulated"), "0": _l("not regulated")}


def _choices(said: Mapping[Any, Any]) -> list[SelectChoice]:
    choices = [SelectChoice(str(each), words) for each, words in said.items()]
    return [SelectChoice("", _l("not said")), *choices]


class AboutTopic:
    """Fields for what a topic of a circle says of itself; none of them is asked for."""

    tags = LineField(_l("Tags"), [Length(max=300, message=_l("Use at most five short tags."))])
    company_size = SelectField(_l("Size of the company"), choices=_choices(PEOPLE), default="")
    company_market = SelectField(_l("Whom it sells to"), choices=_choices(MARKETS), default="")
    company_regulated = SelectField(
        _l("Whether it is regulated"), choices=_choices(_REGULATED), default=""
    )

    def facts(self) -> TopicFacts:
        """What was typed and chosen, once it was found to hold."""
        size, market, regulated = (
            field.data or None
            for field in (self.company_size, self.company_market, self.company_regulated)
        )
        kind = CompanyKind(
            SizeBand(size) if size else None,
            Market(market) if market else None,
            regulated == "1" if regulated else None,
        )
        return TopicFacts(tags_in(self.tags.data or ""), kind)

    def show_facts(self, facts: TopicFacts) -> None:
        """Put what is known into the fields."""
        kind = facts.company
        self.tags.data = ", ".join(facts.tags)
        self.company_size.data = kind.size.value if kind.size else ""
        self.company_market.data = kind.market.value if kind.market else ""
        self.company_regulated.data = "" if kind.regulated is None else str(int(kind.regulated))

    def company_words(self) -> str:
        """What is chosen, as readers will see it."""
        try:
            return from_company(self.facts().company)
        except (ForumError, ValueError):
            return ""

    def validate_tags(self, field: LineField) -> None:
        try:
            tags_in(field.data or "")
        except ForumError as error:
            raise ValidationError(str(error)) from None


class CircleTopicForm(AboutTopic, TopicForm):
    """A topic in a circle."""


WISHES = {
    "advice": _l("I would like advice"),
    "similar": _l("I would like to hear of similar stories"),
    "listen": _l("Please just listen"),
}


_NOTES = {
    "label": _l("Content notes"),
    "choices": [SelectChoice(key, words) for key, words in NOTES.items()],
}


class SpaceTopicForm(TopicForm):
    """A topic in a private space; its author says what would help, and what it touches on."""

    wish = RadioField(
        _l("What would help you?"),
        choices=[SelectChoice(value, words) for value, words in WISHES.items()],
        validators=[Optional()],
    )
    notes = TicksField(**_NOTES)


class EditForm(WritingForm):
    """An edit; the title only where the post opens its topic."""

    title = LineField(_l("Title"), _TITLE)
    body = TextField(_l("Your text"), _BODY)


class CircleEditForm(AboutTopic, EditForm):
    """The same of a post that opens a topic of a circle."""


class SpaceEditForm(EditForm):
    """The same in a private space."""

    notes = TicksField(**_NOTES)


class ReportForm(Form):
    reason = RadioField(
        _l("What is wrong?"),
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
        validators=[InputRequired(_l("Choose what comes closest."))],
    )
    words = TextField(
        _l("Anything the moderators should know"),
        [Length(max=REASON_CHARS, message=_l("Use at most 500 characters."))],
    )

    def validate_words(self, field: TextField) -> None:
        if self.reason.data == "other" and not (field.data or "").strip():
            raise ValidationError(str(_l("Say in a few words what is wrong.")))


class LifeForm(Form):
    """How many days topics of a space stay open."""

    days = IntegerField(
        _l("Days until a conversation closes"),
        [NumberRange(SHORTEST_LIFE_DAYS, LONGEST_LIFE_DAYS, _l("Choose from 30 to 365 days."))],
    )


class HidingForm(Form):
    reason = TextField(
        _l("Reason, as its author will read it"),
        [
            DataRequired(_l("Give a reason: its author reads it.")),
            Length(max=REASON_CHARS, message=_l("Use at most 500 characters.")),
        ],
    )
