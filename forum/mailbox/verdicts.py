"""What becomes of a mail that came in."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    REPLY = "reply"
    """Somebody's words are in it."""
    EMPTY = "empty"
    """Nothing but quotes, signatures and blanks."""
    AUTO_REPLY = "auto-reply"
    """A program answered: out of office, vacation, a ticket system."""
    BULK = "bulk"
    LIST = "list"
    CALENDAR = "calendar"
    BOUNCE = "bounce"
    """A report of delivery, or any mail with the null sender."""
    RECEIPT = "receipt"
    """A report that a mail was read."""
    LOOP = "loop"
    """A mail of ours, come back."""
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    """Over 12 MB, or over 64 kB of headers."""
    TOO_MANY_PARTS = "too-many-parts"
    """Over 50 parts, or nested deeper than 10."""
    TOO_HEAVY = "too-heavy"
    """Reading it took over two seconds or 256 MB."""
    ERROR = "error"
    """What was given is no mail, or reading it failed."""
