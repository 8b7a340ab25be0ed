"""Lines of a copy that are not quite the letter's: with an answer behind them, or changed by
programs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from forum.mailbox.replies.matching import NOWHERE, Parent
from forum.mailbox.replies.words import Line, weight_of, words_of

LINK = re.compile(r"<?mailto:[^\s<>]{0,300}>?|[<(\[]?https?://[^\s<>\"\])]{1,3000}[>)\]]?")
PICTURE = re.compile(
    r"(?i)\[(?:image|cid|inline|bild|imagen|immagine|photo)\b[^\[\]]{0,200}\]"
    r"|[\[(<{]\s?(?:snip(?:ped)?|schnipp|cut|gekürzt|coupé|\.{2,}|…)\s?[\])>}]"
)
BANNER = re.compile(
    r"(?i)aka\.ms/LearnAboutSender|\b(?:external (?:e-?mail|sender|message)|originated from outside"
    r"|outside (?:of )?(?:your|the|our) organi[sz]ation|don.t often get e-?mail from"
    r"|externe[rn]? (?:e-?mail|absender))\b|^\W{0,3}(?:external|extern|caution)\W{0,3}$"
)
MARK = re.compile(r"[^\w\s]")
SPLIT_WEIGHT = 2.0
UNMARKED_TAIL_WEIGHT = 6.0
"""Hardly anybody writes in front of a sentence that is not even marked as quoted."""
MAX_SPOILT = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a part of one, as it stood."""

    text: str
    line: Line


def is_leftover(text: str, parent: Parent) -> bool:
    """A line between or beside copies with nothing of anybody's: a rewritten link of the letter, a
    stand-in for a picture, a gateway's warning.
    """
    if BANNER.search(text):
        return True
    links = LINK.findall(text)
    rest = PICTURE.sub(" ", LINK.sub(" ", text))
    if words_of(rest) or (not links and rest == text):
        return False
    return all(is_of_the_letter(link, parent) for link in links)


def is_of_the_letter(link: str, parent: Parent) -> bool:
    """Whether a link, also one that a scanner wrapped, leads where one of the letter's does."""
    if "mailto:" in link:
        return True
    words = words_of(unquote(unquote(link)))
    runs = zip(words, words[1:], words[2:], strict=False)
    return any(run in parent.places for run in runs if run[0] not in ("https", "http"))


def split_line(line: Line, places: Sequence[int], parent: Parent) -> list[tuple[bool, Piece]]:
    """Divide a line into what is the letter's (True) and what its reader wrote into it (False).

    Only where the copy is the line's beginning, its end or both, in whole sentences: words that are
    the letter's by chance in the middle of one stay in it.
    """
    whole = [(False, Piece(line.whole, line))]
    if not places or all(place == NOWHERE for place in places):
        return bare(line, whole) if line.depth else whole
    head, tail = leading(places), leading(places[::-1])
    if head == len(places) or is_spoilt(places, head, tail):
        return [(True, Piece(line.whole, line))]
    while head and not (places[head - 1] + 1 in parent.stops and divides(line, head)):
        head -= 1
    while tail and not (places[-tail] in parent.openings and divides(line, len(places) - tail)):
        tail -= 1
    head = head if sum(map(weight_of, line.words[:head])) >= SPLIT_WEIGHT else 0
    least = SPLIT_WEIGHT if line.depth else UNMARKED_TAIL_WEIGHT
    tail = tail if sum(map(weight_of, line.words[len(places) - tail :])) >= least else 0
    if head == tail == 0:
        return bare(line, whole)
    start = behind_marks(line.text, line.spans[head - 1][1]) if head else 0
    end = line.spans[len(places) - tail][0] if tail else len(line.text)
    if is_leftover(line.text[start:end], parent):
        return [(True, Piece(line.whole, line))]
    parts = (True, line.text[:start]), (False, line.text[start:end]), (True, line.text[end:])
    return [(is_copy, Piece(text.strip(), line)) for is_copy, text in parts if text.strip()]


def divides(line: Line, number: int) -> bool:
    """Whether a mark of any kind stands between a word and the one before it."""
    return bool(MARK.search(line.text, line.spans[number - 1][1], line.spans[number][0]))


def is_spoilt(places: Sequence[int], head: int, tail: int) -> bool:
    """A few words in the middle of a copied sentence stand in place of a few others."""
    if not head or not tail or len(places) - head - tail > MAX_SPOILT:
        return False
    return 0 < places[-tail] - places[head - 1] - 1 <= MAX_SPOILT


def bare(line: Line, whole: list[tuple[bool, Piece]]) -> list[tuple[bool, Piece]]:
    """An answer typed inside a quote, without the quote's marks."""
    return [(False, Piece(line.text, line))] if line.depth else whole


def leading(places: Sequence[int]) -> int:
    """How many words at the beginning are copied."""
    return next((n for n, place in enumerate(places) if place == NOWHERE), len(places))


def behind_marks(text: str, start: int) -> int:
    """Full stops and closing quotes go with the sentence they end."""
    while start < len(text) and text[start] in ".,;:!?…)]}»”’\"'。！？、":
        start += 1
    return start
