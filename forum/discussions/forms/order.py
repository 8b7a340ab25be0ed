"""Forms beside the writing: files, notes, reports, keeping order."""

from __future__ import annotations

from wtforms import (
    FileField,
    IntegerField,
    RadioField,
    SelectChoice,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    ValidationError,
)

from forum.core.i18n import _l
from forum.discussions.queries.reports import REASONS
from forum.models.discussions import REASON_CHARS
from forum.models.spaces import LONGEST_LIFE_DAYS, SHORTEST_LIFE_DAYS
from forum.web.forms import Form, LineField, TextField


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
