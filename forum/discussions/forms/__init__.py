"""Forms for writing, reporting and keeping order."""

from forum.discussions.forms.about import WISHES
from forum.discussions.forms.order import FileForm, HidingForm, LifeForm, NoteForm, ReportForm
from forum.discussions.forms.writing import (
    CircleEditForm,
    CircleTopicForm,
    EditForm,
    ReplyForm,
    SpaceEditForm,
    SpaceTopicForm,
    WritingForm,
    new_nonce,
)

__all__ = [
    "WISHES",
    "CircleEditForm",
    "CircleTopicForm",
    "EditForm",
    "FileForm",
    "HidingForm",
    "LifeForm",
    "NoteForm",
    "ReplyForm",
    "ReportForm",
    "SpaceEditForm",
    "SpaceTopicForm",
    "WritingForm",
    "new_nonce",
]
