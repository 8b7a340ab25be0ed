"""A message's words as they will stand in a post, once its place in a thread is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.cli.importing.reading.messages import Entry
from forum.core.markup import MAX_IMPORTED_CHARS, normalise, one_line
from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.masking import mask
from forum.mailbox.folding.own_words import fold
from forum.mailbox.reading.parts import Contents
from forum.mailbox.reading.subjects import Subject
from forum.models.discussions import TITLE_CHARS

CUT_NOTICE = "\n\n[The rest of this message was too long to be imported.]"
NO_TEXT = "[This message has no text.]"
LEFT_OUT = "[Attachment not imported: {names}]"
NO_SUBJECT = "(no subject)"
DECORATION = re.compile(r"(?i)(?:image|att|outlook-?)[\w-]{0,20}\.(?:png|gif|jpe?g|bmp|txt|htm)\Z")
FIRST_LINE_CHARS = 80


@dataclass(frozen=True, slots=True)
class Words:
    """What a post will say; `said` is False when its writer wrote no text at all."""

    source: str
    said: bool
    notes: tuple[str, ...]


def words_of(contents: Contents, heard: Heard, changed_subject: str = "") -> Words:
    """Fold a message's text and put it into the form of a post, at most 100,000 characters.

    `changed_subject` comes first: where a reply has another subject than its parent, these are its
    writer's words too. `heard` learns the whole text.
    """
    folded = fold(contents.text, heard)
    heard.add(contents.text)
    text = normalise(folded.text)
    notes = [*contents.notes]
    left_out = [*contents.attachments, *folded.left_out]
    named = [mask(one_line(name)) for name in left_out if is_worth_naming(name)]
    notes += ["attachment left out"] if left_out else []
    parts = [f"Subject: {mask(changed_subject)}"] if changed_subject else []
    parts += [text] if text else []
    parts += [LEFT_OUT.format(names=", ".join(dict.fromkeys(named)))] if named else []
    source = "\n\n".join(parts)
    if len(source) > MAX_IMPORTED_CHARS:
        source = source[: MAX_IMPORTED_CHARS - len(CUT_NOTICE)] + CUT_NOTICE
        notes.append("text cut to 100,000 characters")
    return Words(source or NO_TEXT, bool(text.strip() or named or changed_subject), tuple(notes))


def is_worth_naming(name: str) -> bool:
    """A file somebody named; not a MIME type, not the pictures of a signature."""
    return "." in name and "/" not in name and not DECORATION.match(name)


def title_of(subject: Subject, words: Words) -> str:
    """A topic's title: the subject, or the beginning of the text."""
    title = one_line(mask(subject.shown))
    if not title and words.said:
        first = next((line for line in words.source.split("\n") if line.strip("> ")), "")
        title = shortened(one_line(first).strip("> "), FIRST_LINE_CHARS)
    return shortened(title, TITLE_CHARS) or NO_SUBJECT


def shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def changed_subject(subject: Subject, parent: Subject | None) -> str:
    """A reply's subject if it is another than its parent's."""
    if parent is None or not subject.key or subject.key == parent.key:
        return ""
    return subject.shown


def shown_name(entry: Entry, circle_name: str, limit: int) -> str:
    """The name a post is signed with; never an address."""
    name = one_line(mask(entry.sender.name))
    return shortened(name or f"Member of {circle_name}", limit)
