"""Subjects without what mail programs and lists put in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_SUBJECT_CHARS = 2_000
MAX_PREFIXES = 50
REPLY = (
    r"re|aw|antw|antwort|sv|vs|rif|odp|res|rép|réf|ynt|vá|bls|atb|απ|ответ|回复|回覆|答复|返信|답장"
)
FORWARD = r"fw|fwd|wg|tr|rv|enc|vb|doorst|転送|转发"
COUNTED = r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4}|\*\d{1,4}|\d{1,3})?\s*[:：]"
REPLY_PREFIX = re.compile(rf"(?i)(?:{REPLY}){COUNTED}\s*")
FORWARD_PREFIX = re.compile(rf"(?i)(?:{FORWARD}){COUNTED}\s*")
SUBJECT_PREFIX = re.compile(r"(?i)(?:subject|betreff|objet|asunto|oggetto)\s*:\s*(?=\S)")
TAG = re.compile(r"\[([^\[\]]{1,60})\]\s*")
TAIL = re.compile(r"(?i)\s*\((?:fwd|fw|forwarded)\)\s*\Z")
NOTHING = {"", "(no subject)", "no subject", "(none)", "none", "(kein betreff)", "(sans objet)"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject taken apart: what to show, what to compare, and whether it says that it answers."""

    shown: str
    key: str
    is_reply: bool
    tags: tuple[str, ...]


def take_apart(subject: str, list_tags: frozenset[str] = frozenset()) -> Subject:
    """Cut reply and forward marks and the list's own tags from a subject (RFC 5256, 2.1).

    Other tags, such as [SOLVED], stay in what is shown but not in what is compared.
    """
    rest = " ".join(subject[:MAX_SUBJECT_CHARS].split())
    kept: list[str] = []
    tags: list[str] = []
    is_reply = False
    for _ in range(MAX_PREFIXES):
        if match := REPLY_PREFIX.match(rest):
            is_reply = True
        elif match := TAG.match(rest):
            tags.append(match[1])
            if match[1].casefold() not in list_tags and match[0].strip() not in kept:
                kept.append(match[0].strip())
        else:
            match = FORWARD_PREFIX.match(rest) or SUBJECT_PREFIX.match(rest)
        if match is None:
            break
        rest = rest[match.end() :]
    rest = TAIL.sub("", rest).strip()
    shown = " ".join([*kept, rest]).strip()
    key = rest.casefold() or shown.casefold()
    if key in NOTHING:
        return Subject("", "", is_reply, tuple(tags))
    return Subject(shown, " ".join(key.split()), is_reply, tuple(tags))
