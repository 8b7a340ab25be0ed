"""Breaking the glass: two guardians, each for themselves, agree to learn whose one handle is.

Only for the grounds listed, only for one post at a time, and never unnoticed: every step is in the
log, the author is told, and how often it happened is public (access-and-privacy.md).
"""

from forum.spaces.break_glass.agreeing import (
    AgreedAlready,
    Disclosed,
    SeenRequest,
    TooLate,
    agree,
    requests,
)
from forum.spaces.break_glass.asking import AskedAlready, ask, note_expired
from forum.spaces.log import times_used

__all__ = [
    "AgreedAlready",
    "AskedAlready",
    "Disclosed",
    "SeenRequest",
    "TooLate",
    "agree",
    "ask",
    "note_expired",
    "requests",
    "times_used",
]
