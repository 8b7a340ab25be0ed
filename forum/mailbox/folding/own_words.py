"""The whole way from a mail's text to what its writer said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from forum.mailbox.folding.armour import cut_armour
from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.footers import cut_archive_remarks, cut_device_line, cut_footers
from forum.mailbox.folding.masking import mask
from forum.mailbox.folding.quotes import (
    cut_trailing_quote,
    fold_unmarked_copy,
    is_quote,
    shorten_quotes,
)
from forum.mailbox.folding.signatures import (
    cut_disclaimer,
    cut_signature,
    without_tail_blanks,
)

MAX_ROUNDS = 8
UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
LINE_ENDS = re.compile("\r\n?|\x0c|\x85|\u2028|\u2029")


@dataclass
class Folded:
    """A writer's words, and the names of what was taken out of the text."""

    text: str
    left_out: list[str] = field(default_factory=list)


def fold(text: str, heard: Heard) -> Folded:
    """Fold quotes, signatures and footers away, mask addresses; `heard` is what the thread held
    before.

    A message that is nothing but a quote keeps it.
    """
    left_out: list[str] = []
    lines = cut_armour(cleaned(text), left_out).split("\n")
    lines = without_tail_blanks(cut_footers(cut_archive_remarks(lines, left_out)))
    folded = fold_endings(fold_unmarked_copy(cut_additions(lines), heard), heard)
    if not any(line.strip() for line in folded):
        folded = lines
    return Folded(mask(tidied(shorten_quotes(folded, heard))), left_out)


def cleaned(text: str) -> str:
    """One kind of line end, no control characters, no blanks at line ends; "-- " keeps its
    meaning.
    """
    text = UNWANTED.sub("", LINE_ENDS.sub("\n", text)).replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def fold_endings(lines: list[str], heard: Heard) -> list[str]:
    """Take endings off one by one, as each may hide the next; quotes that must stay come back
    below.
    """
    stays: list[str] = []
    for _ in range(MAX_ROUNDS):
        before = len(lines)
        lines, quote = cut_trailing_quote(cut_additions(lines), heard)
        stays = [*quote, *stays]
        if len(lines) == before:
            break
    return [*lines, *stays]


def cut_additions(lines: list[str]) -> list[str]:
    """Cut what programs and habits add below the words: device lines, disclaimers, signatures."""
    for _ in range(MAX_ROUNDS):
        before = len(lines)
        lines = without_tail_blanks(cut_device_line(without_tail_blanks(lines)))
        lines = cut_signature(cut_disclaimer(lines))
        if len(lines) == before:
            break
    return lines


def tidied(lines: list[str]) -> str:
    """No blank lines around the text and at most two in a row within; in quotes none around, one
    within.
    """
    kept: list[str] = []
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if line.strip("> ") or line.lstrip().startswith("> […]"):
            kept.append(line)
        elif is_quote(line):
            if kept and is_quote(kept[-1]) and kept[-1].strip("> ") and is_quote(after):
                kept.append(line)
        elif kept[-2:] != ["", ""]:
            kept.append("")
    while kept and kept[-1].strip(" >") == "":
        kept.pop()
    return "\n".join(kept).strip("\n")
