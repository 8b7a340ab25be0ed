"""Who comes into a circle, how, and who goes; what a circle says of itself."""

from forum.circles.actions.asking import (
    AskLater,
    DecidedAlready,
    accept,
    ask,
    decline,
    take_back,
)
from forum.circles.actions.belonging import join, leave, leave_its_space
from forum.circles.actions.following import NoLink, NotInvited, follow, follow_link, turn_down
from forum.circles.actions.founding import (
    CircleWords,
    NewCircle,
    appoint,
    edit,
    found,
    set_visibility,
)
from forum.circles.actions.inviting import (
    NobodyOfThatName,
    end_link,
    invite,
    make_link,
    token_of,
    withdraw,
)
from forum.circles.actions.removing import let_back, send_away

__all__ = [
    "AskLater",
    "CircleWords",
    "DecidedAlready",
    "NewCircle",
    "NoLink",
    "NobodyOfThatName",
    "NotInvited",
    "accept",
    "appoint",
    "ask",
    "decline",
    "edit",
    "end_link",
    "follow",
    "follow_link",
    "found",
    "invite",
    "join",
    "leave",
    "leave_its_space",
    "let_back",
    "make_link",
    "send_away",
    "set_visibility",
    "take_back",
    "token_of",
    "turn_down",
    "withdraw",
]
