"""Forms for topics, replies and their edits."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
)
from wtforms.validators import (
    DataRequired,
    Length,
    Optional,
    ValidationError,
)
from wtforms.widgets import TextArea

from forum.core.i18n import _l
from forum.core.markup import MAX_BODY_CHARS, pictures_without_words
from forum.discussions.forms.about import HELPS, WISHES, AboutTopic
from forum.models.discussions import TITLE_CHARS
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


def _title() -> LineField:
    """A line that shows all of itself on a phone, too."""
    return LineField(_l("Title"), _TITLE, widget=TextArea())


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


class TopicForm(WritingForm):
    title = _title()
    body = TextField(_l("Your text"), _BODY)


_NOTES = {
    "label": _l("Content notes"),
    "choices": [SelectChoice(key, words) for key, words in NOTES.items()],
}


class CircleTopicForm(AboutTopic, TopicForm):
    """A topic in a circle."""


class SpaceTopicForm(TopicForm):
    """A topic in a private space; its author says what would help, and what it touches on."""

    wish = RadioField(
        HELPS,
        choices=[SelectChoice(value, words) for value, words in WISHES.items()],
        validators=[Optional()],
    )
    notes = TicksField(**_NOTES)


class EditForm(WritingForm):
    """An edit; title and wish only where the post opens its topic."""

    title = _title()
    body = TextField(_l("Your text"), _BODY)
    shown = HiddenField()
    """Which version of the post the writer was shown, as `actions.version_of` tells it."""


class CircleEditForm(AboutTopic, EditForm):
    """The same of a post that opens a topic of a circle."""


class SpaceEditForm(EditForm):
    """The same in a private space, where what would help is said once."""

    wish = None
    notes = TicksField(**_NOTES)
