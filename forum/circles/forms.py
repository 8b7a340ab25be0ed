"""What moderators write about their circle, and what is written at its door."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from forum.core.i18n import _l
from forum.models.circles import HUES, WORDS_CHARS
from forum.web.forms import Form, LineField, TextField

_SHORT = Length(max=WORDS_CHARS, message=_l("Use at most 500 characters."))


class CircleForm(Form):
    purpose = LineField(
        _l("Purpose"), [DataRequired(_l("Say in a sentence what it is for.")), Length(max=500)]
    )
    rules = TextField(_l("Rules"), [Length(max=5_000)])
    hue = RadioField(
        _l("Colour"),
        choices=[SelectChoice(hue, str(hue)) for hue in range(HUES)],
        coerce=int,
        validators=[InputRequired(_l("Choose a colour."))],
    )
    version = HiddenField()
    """Of the words that the writer was shown."""


class AskForm(Form):
    note = TextField(_l("A few words to the moderators"), [_SHORT])


class ReasonForm(Form):
    """Why somebody is not let in, or sent away."""

    reason = TextField(
        _l("Reason, as they will read it"),
        [DataRequired(_l("Give a reason: they read it.")), _SHORT],
    )


class InviteForm(Form):
    handle = LineField(
        _l("Handle"), [DataRequired(_l("Whom do you want to invite?")), Length(max=31)]
    )
