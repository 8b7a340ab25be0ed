"""Forms for writing, reporting and keeping order."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from forum.core.i18n import _l
from forum.core.markup import MAX_BODY_CHARS, pictures_without_words
from forum.discussions.queries.reports import REASONS
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
    decorative = BooleanField(_l("My pictures without words only decorate."))
    """Asked only when there are such."""
    has_bare_pictures = False

    def validate_body(self, field: TextField) -> None:
        """Asked once when it is sent; a preview may be had without."""
        if not pictures_without_words(field.data or "") or "preview" in request.form:
            return
        self.has_bare_pictures = True
        if not self.decorative.data:
            raise ValidationError(
                str(
                    _l(
                        "A picture has no words for those who can't see it. Write between its"
                        " brackets what it shows, or say below that it only decorates."
                    )
                )
            )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not _NONCE.fullmatch(self.nonce.data or ""):
            self.nonce.data = new_nonce()


class ReplyForm(WritingForm):
    body = TextField(_l("Your reply"), _BODY)


WISHES = {
    "advice": _l("I would like advice"),
    "similar": _l("I would like to hear of similar stories"),
    "listen": _l("Please just listen"),
}
_HELPS = _l("What would help you?")


def _wish() -> RadioField:
    """What would help, in a circle, where it can also be left open."""
    choices = {"": _l("Whatever comes to mind"), **WISHES}
    return RadioField(
        _HELPS,
        choices=[SelectChoice(value, words) for value, words in choices.items()],
        default="",
        validators=[Optional()],
    )


class TopicForm(WritingForm):
    title = LineField(_l("Title"), _TITLE)
    body = TextField(_l("Your text"), _BODY)
    wish = _wish()


_NOTES = {
    "label": _l("Content notes"),
    "choices": [SelectChoice(key, words) for key, words in NOTES.items()],
}


class SpaceTopicForm(TopicForm):
    """A topic in a private space; its author says what would help, and what it touches on."""

    wish = RadioField(
        _HELPS,
        choices=[SelectChoice(value, words) for value, words in WISHES.items()],
        validators=[Optional()],
    )
    notes = TicksField(**_NOTES)


class EditForm(WritingForm):
    """An edit; title and wish only where the post opens its topic."""

    title = LineField(_l("Title"), _TITLE)
    body = TextField(_l("Your text"), _BODY)
    wish = _wish()
    shown = HiddenField()
    """Which version of the post the writer was shown, as `actions.version_of` tells it."""


class SpaceEditForm(EditForm):
    """The same in a private space, where what would help is said once."""

    wish = None
    notes = TicksField(**_NOTES)


class FileForm(Form):
    """A picture or PDF for a text; the file itself is not read by the form."""

    file = FileField(_l("File"))
    words = LineField(
        _l("What the picture shows"),
        [Length(max=300, message=_l("Use at most 300 characters."))],
    )
    refused_with: int | None = None


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


class NoteForm(Form):
    note = TextField(_l("Your note"))


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
