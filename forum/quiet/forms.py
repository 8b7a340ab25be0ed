"""The one form of what somebody wants less of."""

from __future__ import annotations

from wtforms import BooleanField

from forum.core.i18n import _l
from forum.web.forms import Form, LineField


class BlockForm(Form):
    in_spaces = BooleanField(_l("In private spaces too"))


class WordForm(Form):
    word = LineField(_l("Word to mute"))
