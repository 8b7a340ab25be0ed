"""What happens to topics and posts. Each action owns its transaction and never sees a request."""

from forum.discussions.actions.answering import accept_answer, take_back_answer
from forum.discussions.actions.drafting import discard_draft, save_draft
from forum.discussions.actions.editing import edit_post
from forum.discussions.actions.once import Posted
from forum.discussions.actions.order import (
    close,
    hide,
    pin,
    reopen,
    report,
    settle_report,
    unhide,
    unpin,
)
from forum.discussions.actions.posting import (
    post_reply,
    post_topic,
    post_topic_in_space,
    remove_own_in_space,
    remove_post,
)
from forum.discussions.actions.reacting import Reacted, react
from forum.discussions.actions.reading import mark_read, record_shown, set_unfolded
from forum.discussions.actions.sealing import Head
from forum.discussions.actions.versions import version_of
from forum.discussions.actions.writing import Text, write_reply, write_topic

__all__ = [
    "Head",
    "Posted",
    "Reacted",
    "Text",
    "accept_answer",
    "close",
    "discard_draft",
    "edit_post",
    "hide",
    "mark_read",
    "pin",
    "post_reply",
    "post_topic",
    "post_topic_in_space",
    "react",
    "record_shown",
    "remove_own_in_space",
    "remove_post",
    "reopen",
    "report",
    "save_draft",
    "set_unfolded",
    "settle_report",
    "take_back_answer",
    "unhide",
    "unpin",
    "version_of",
    "write_reply",
    "write_topic",
]
