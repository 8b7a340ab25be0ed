"""What moderators write about their circle."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from forum.core.i18n import _l
from forum.models.circles import HUES
from forum.web.forms import Form, LineField, TextField


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
