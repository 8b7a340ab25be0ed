"""What happens to topics and posts. Each action owns its transaction and never sees a request."""

from forum.discussions.actions.answering import accept_answer, take_back_answer
from forum.discussions.actions.drafting import add_to_draft, discard_draft, save_draft
from forum.discussions.actions.editing import edit_post
from forum.discussions.actions.following import follow_circle, follow_topic
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
from forum.discussions.actions.reading import (
    caught_up,
    end_mutes_here,
    mark_read,
    mute_voice,
    record_shown,
    set_unfolded,
)
from forum.discussions.actions.saving import end_save, note_why, save
from forum.discussions.actions.sealing import Head
from forum.discussions.actions.versions import version_of
from forum.discussions.actions.withdrawing import withdraw_words
from forum.discussions.actions.writing import Text, write_reply, write_topic

__all__ = [
    "Head",
    "Posted",
    "Reacted",
    "Text",
    "accept_answer",
    "add_to_draft",
    "caught_up",
    "close",
    "discard_draft",
    "edit_post",
    "end_mutes_here",
    "end_save",
    "follow_circle",
    "follow_topic",
    "hide",
    "mark_read",
    "mute_voice",
    "note_why",
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
    "save",
    "save_draft",
    "set_unfolded",
    "settle_report",
    "take_back_answer",
    "unhide",
    "unpin",
    "version_of",
    "withdraw_words",
    "write_reply",
    "write_topic",
]
