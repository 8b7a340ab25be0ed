"""Topics and posts, and what a person leaves at them."""

from forum.models.discussions.left import (
    Draft,
    Reaction,
    ReactionKind,
    ReadMark,
    Report,
    ReportReason,
    SubmitNonce,
)
from forum.models.discussions.revisions import Revision
from forum.models.discussions.topics import (
    REASON_CHARS,
    TAG_CHARS,
    TITLE_CHARS,
    Post,
    Topic,
    TopicTag,
    Wish,
)

__all__ = [
    "REASON_CHARS",
    "TAG_CHARS",
    "TITLE_CHARS",
    "Draft",
    "Post",
    "Reaction",
    "ReactionKind",
    "ReadMark",
    "Report",
    "ReportReason",
    "Revision",
    "SubmitNonce",
    "Topic",
    "TopicTag",
    "Wish",
]
