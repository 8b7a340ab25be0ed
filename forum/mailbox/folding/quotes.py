"""Cutting the copy of an earlier message that a reply carries at its end."""

from __future__ import annotations

from collections.abc import Sequence

from forum.mailbox.folding.attributions import (
    attribution_start,
    is_structure,
    original_start,
    unmarked_start,
)
from forum.mailbox.folding.comparing import Heard
from forum.mailbox.folding.signatures import without_tail_blanks

LONG_QUOTE_LINES = 12
SHOWN_LINES = 4
ELLIPSIS = "> […]"


def is_quote(line: str) -> bool:
    return line[:4].lstrip(" ").startswith(">")


def cut_trailing_quote(lines: list[str], heard: Heard) -> tuple[list[str], list[str]]:
    """Take a marked quote (">") off the end of a text, with the line that introduces it.

    Returns the text before it and what must stay of the quote: nothing when it repeats what the
    thread holds; all of it when it is of something else, for this may be the only copy, or when
    the writer leads up to it ("as he says:").
    """
    start = trailing_quote_start(lines, heard)
    if start is None:
        return lines, []
    first = attribution_start(lines, start)
    introduced = first < start
    share = heard.share([unquoted(line) for line in lines[start:]])
    led_up_to = not introduced and last_line(lines[:start]).endswith((":", "："))
    keep = led_up_to or share < (0.3 if introduced else 0.8)
    before = without_tail_blanks(lines[:first])
    return before, lines[len(before) :] if keep else []


def trailing_quote_start(lines: Sequence[str], heard: Heard) -> int | None:
    """Where the quote at the end starts; a line torn off a quoted one by wrapping belongs to it."""
    if not is_quote(last_line(lines)):
        return None
    known = heard.repeated([unquoted(line) for line in lines])
    index, start = len(lines), None
    while index > 0:
        line = lines[index - 1]
        if is_quote(line):
            start = index - 1
        elif line.strip() and not (known[index - 1] and start is not None):
            break
        index -= 1
    return start


def last_line(lines: Sequence[str]) -> str:
    return next((line for line in reversed(lines) if line.strip()), "")


def unquoted(line: str) -> str:
    return line.lstrip(" >")


def fold_unmarked_copy(lines: list[str], heard: Heard) -> list[str]:
    """Cut an unmarked copy of an earlier message below the writer's words (Outlook's way).

    Lines in it that were never heard before may be answers written into the copy: they are kept,
    with what they answer as marked quotes. A copy of something unknown becomes a marked quote.
    """
    start, unmarked = original_start(lines), unmarked_start(lines)
    if unmarked is not None and heard.share(words_only(lines[unmarked:])) >= 0.5:
        start = unmarked if start is None else min(start, unmarked)
    if start is None:
        return lines
    copy = lines[start:]
    if heard.share(words_only(copy)) < 0.5:
        return [*lines[:start], *(marked(line) for line in copy)]
    return without_tail_blanks([*lines[:start], *answers_within(copy, heard)])


def words_only(copy: Sequence[str]) -> list[str]:
    return [unquoted(line) for line in copy if not is_structure(unquoted(line))]


def answers_within(copy: Sequence[str], heard: Heard) -> list[str]:
    """The copy as a quote with the lines that are new in it left unmarked; nothing when none is
    new.
    """
    known = heard.repeated([unquoted(line) for line in copy])
    new = [
        index
        for index, line in enumerate(copy)
        if known[index] is False and not is_quote(line) and not is_structure(line)
    ]
    if not new:
        return []
    fresh = set(new)
    return [line if n in fresh else marked(line) for n, line in enumerate(copy[: new[-1] + 1])]


def marked(line: str) -> str:
    if not line.strip():
        return ">"
    return f">{line}" if line.startswith(">") else f"> {line}"


def shorten_quotes(lines: Sequence[str], heard: Heard) -> list[str]:
    """Shorten a long marked quote of the thread to its first and last lines; others stay whole."""
    result: list[str] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and is_quote(lines[end]):
            end += 1
        run = list(lines[index:end])
        if len(run) > LONG_QUOTE_LINES and heard.share([unquoted(line) for line in run]) > 0.95:
            run = [*run[:SHOWN_LINES], ELLIPSIS, *run[-SHOWN_LINES:]]
        result += run or [lines[index]]
        index = max(end, index + 1)
    return result
