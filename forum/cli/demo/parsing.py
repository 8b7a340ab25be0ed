"""Reading the demo's text files, strictly: a mistake is an error with file and line.

A topic file is `key: value` lines, an empty line, the opening post in Markdown, then replies.
A reply starts with `== DEPTH HANDLE +TIME` and answers the nearest post above it that is one
level less deep (the opening post has depth 0); TIME counts from that post: `+2d 4h`, `+25m`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from forum.cli.demo.community import Reply, Topic
from forum.discussions.about import CompanyKind, TopicFacts, tags_in
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Wish
from forum.spaces.notes import NoSuchNote, checked

REQUIRED = frozenset({"title", "circle", "author", "ago"})
OPTIONAL = frozenset(
    {"pinned", "grow-to", "wish", "notes", "answer", "postscript", "tags", "company"}
)
_REPLY_LINE = re.compile(r"== (?P<depth>[1-9]\d?) (?P<author>[a-z]+) \+(?P<after>[0-9wdhm ]+)")
_SPAN = re.compile(r"(?P<amount>\d+)(?P<unit>[wdhm])")
_UNITS: Mapping[str, timedelta] = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}


class BadContent(ValueError):
    """A text file of the demo breaks the format; the message starts with file and line."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")


@dataclass(frozen=True, slots=True)
class TopicFile:
    """A topic as written, and the number of replies it is to grow to (0 = as written)."""

    topic: Topic
    grow_to: int


@dataclass(slots=True)
class _Block:
    """The lines of one post; `line` is where its heading stands."""

    line: int
    heading: str
    lines: list[str]

    def text(self, path: Path) -> str:
        text = "\n".join(self.lines).strip("\n")
        if not text:
            raise BadContent(path, self.line, "a post without text")
        return text


def parse_span(path: Path, line: int, text: str) -> timedelta:
    """Read `2w 3d 4h 5m`, any of them left out; it must be more than nothing."""
    span = timedelta()
    for word in text.split():
        match = _SPAN.fullmatch(word)
        if match is None:
            raise BadContent(path, line, f"{word!r} is no time like 3d or 4h")
        span += int(match["amount"]) * _UNITS[match["unit"]]
    if not span:
        raise BadContent(path, line, "a time of nothing")
    return span


def parse_topic(path: Path) -> TopicFile:
    """Read one topic file; raises BadContent."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if "" not in lines:
        raise BadContent(path, 1, "no empty line after the header")
    header_length = lines.index("")
    header = _header(path, lines[:header_length])
    opening, *answers = _blocks(lines, header_length)
    replies = _replies(path, answers)
    topic = Topic(
        circle=header["circle"],
        author=header["author"],
        title=header["title"],
        body=opening.text(path),
        ago=parse_span(path, 1, header["ago"]),
        replies=replies,
        pinned=_pinned(path, header),
        wish=header.get("wish", ""),
        notes=_notes(path, header),
        answer=_answer(path, header, len(replies)),
        postscript=header.get("postscript", ""),
        facts=_facts(path, header),
    )
    return TopicFile(topic, int(header.get("grow-to", "0")))


def _header(path: Path, lines: list[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        key, colon, value = line.partition(": ")
        if not colon or key not in REQUIRED | OPTIONAL or key in header:
            raise BadContent(path, number, f"{line!r} is no header line expected here")
        header[key] = value.strip()
    if missing := REQUIRED - header.keys():
        raise BadContent(path, 1, f"missing in the header: {', '.join(sorted(missing))}")
    return header


def _pinned(path: Path, header: dict[str, str]) -> bool:
    if header.get("pinned", "yes") != "yes":
        raise BadContent(path, 1, "pinned is yes or left out")
    return "pinned" in header


def _answer(path: Path, header: dict[str, str], replies: int) -> int:
    """The number of a reply, counted from 1; 0 when there is none."""
    number = header.get("answer", "0")
    if not number.isdecimal() or int(number) > replies or (number == "0" and "answer" in header):
        raise BadContent(path, 1, f"no reply has the number {number!r}")
    return int(number)


def _notes(path: Path, header: dict[str, str]) -> tuple[str, ...]:
    try:
        return checked(header["notes"].split(", ") if "notes" in header else ())
    except NoSuchNote:
        raise BadContent(path, 1, f"an unknown content note in {header['notes']!r}") from None


def _facts(path: Path, header: dict[str, str]) -> TopicFacts:
    """Of "tags: a, b" and "company: large b2b regulated", each word left out or one of its kind."""
    words = header.get("company", "").split()
    size = next((each for each in SizeBand if each in words), None)
    market = next((each for each in Market if each in words), None)
    said = [word for word in ("regulated", "unregulated") if word in words]
    if len(words) != len([*said, *(each for each in (size, market) if each)]):
        raise BadContent(path, 1, f"no kind of company: {words}")
    kind = CompanyKind(size, market, said == ["regulated"] if said else None)
    wish = Wish(header["wish"]) if header.get("wish") else None
    return TopicFacts(tags_in(header.get("tags", "")), kind, wish)


def _blocks(lines: list[str], header_length: int) -> list[_Block]:
    blocks = [_Block(header_length + 1, "", [])]
    for number, line in enumerate(lines[header_length:], start=header_length + 1):
        if line.startswith("== "):
            blocks.append(_Block(number, line, []))
        else:
            blocks[-1].lines.append(line.rstrip())
    return blocks


def _replies(path: Path, blocks: list[_Block]) -> tuple[Reply, ...]:
    replies: list[Reply] = []
    branch = [0]  # the number of the latest post at each depth
    for number, block in enumerate(blocks, start=1):
        match = _REPLY_LINE.fullmatch(block.heading)
        if match is None:
            raise BadContent(path, block.line, f"{block.heading!r} is not '== DEPTH HANDLE +TIME'")
        depth = int(match["depth"])
        if depth > len(branch):
            raise BadContent(path, block.line, f"nothing of depth {depth - 1} stands above")
        after = parse_span(path, block.line, match["after"])
        replies.append(Reply(match["author"], block.text(path), branch[depth - 1], after))
        branch[depth:] = [number]
    return tuple(replies)
