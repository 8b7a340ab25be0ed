"""What lists, archives, scanners and telephones add to a message."""

from __future__ import annotations

import re
from collections.abc import Sequence

QUOTE_MARK = re.compile(r"(?:\s?>)+\s?")
MAILMAN_RULE = re.compile(r"_{20,}\s*\Z")
LIST_NAMED = re.compile(r"(?i)\S.{0,80}\b(?:mailing ?list|maillist)\b")
ANY_RULE = re.compile(r"(?:[-_=*~#+]{8,}|-- ?|--~--~[-~]+)\s*\Z")
OF_A_LIST = re.compile(
    r"(?i)\b(?:unsubscribe|subscribe|listinfo|mailing list|list archives?|signoff|google groups"
    r"|additional commands)\b|\S@\S+|https?://|\Ato (?:post|view|reply)\b"
)
GOOGLE = re.compile(r"You received this message because you are subscribed to the Google Groups?\b")
YAHOO = re.compile(r"(?i)(?:-{3,}\s*)?Yahoo! Groups (?:Links|Sponsor)\b.{0,80}\Z")
YAHOO_LINE = re.compile(
    r"(?i)\s*(?:<\*>|https?://|\S+@\S+\s*\Z|-{8,}|\(.*\)\Z|your use of yahoo|\Z)"
)
REMARK = re.compile(
    r"(?i)\s*\[(?:\[alternative HTML version deleted\]"
    r"|Non-text portions of this message have been removed)\]\s*\Z"
    r"|-{8,} next part -{8,}\s*\Z"
)
SCRUBBED = re.compile(
    r"(?:An? .{1,80}|Skipped content of type .{1,80}) (?:was scrubbed|scrubbed)\.\.\.\s*\Z"
)
SCRUB_FIELD = re.compile(r"(?i)(?:name|type|size|desc|url|from|subject|date)\s*:\s*(.*)")
DEVICE = re.compile(
    r"(?i)\s*(?:sent (?:from|via|with|using)|get outlook for|von meinem|envoyé (?:de|depuis)"
    r"|enviado (?:desde|do)|inviato da|verzonden (?:vanaf|met)|gesendet (?:von|mit|über))\s.{0,40}"
    r"\b(?:iphone|ipad|ipod|blackberry|android|samsung|galaxy|mobile|phone|handheld|outlook|yahoo"
    r"|windows|smartphone|handy|tablet|nexus|verizon|wireless|thunderbird)\b.{0,40}\Z"
)
VIRUS = re.compile(
    r"(?i)(?:_{3,} Information from ESET|No virus found in this|This (?:e-?mail|message) has been"
    r" (?:checked|scanned) (?:for|by)|The message was checked by ESET)"
)
MAX_FOOTER_LINES = 12


def cut_archive_remarks(lines: list[str], left_out: list[str]) -> list[str]:
    """Drop what an archive wrote in place of attachments; their names go to `left_out`."""
    kept: list[str] = []
    index = 0
    while index < len(lines):
        bare = QUOTE_MARK.sub("", lines[index], count=1)
        if REMARK.match(bare):
            index += 1
        elif SCRUBBED.match(bare):
            index = scrubbed_end(lines, index + 1, left_out)
        else:
            kept.append(lines[index])
            index += 1
    return kept


def scrubbed_end(lines: Sequence[str], index: int, left_out: list[str]) -> int:
    """Pass the fields that describe a scrubbed attachment."""
    while index < len(lines):
        field = SCRUB_FIELD.match(QUOTE_MARK.sub("", lines[index], count=1))
        if field is None:
            break
        if lines[index].lower().startswith("name") and field[1] and field[1] != "not available":
            left_out.append(field[1].strip()[:120])
        index += 1
    return index


def cut_footers(lines: list[str]) -> list[str]:
    """Drop list footers wherever they stand, in quotes too."""
    kept: list[str] = []
    index = 0
    while index < len(lines):
        end = footer_end(lines, index)
        if end == index:
            kept.append(lines[index])
        index = max(end, index + 1)
    return kept


def footer_end(lines: Sequence[str], start: int) -> int:
    """The index behind a footer that starts at `start`; `start` itself if none does."""
    mark = QUOTE_MARK.match(lines[start])
    depth = lines[start].count(">") if mark else 0
    first = bare(lines[start])
    if GOOGLE.match(first):
        return block_end(lines, start, depth, over_blanks=True)
    if YAHOO.match(first.strip()):
        return yahoo_end(lines, start)
    if VIRUS.match(first):
        return virus_end(lines, start)
    if not ANY_RULE.match(first) or start + 1 >= len(lines):
        return start
    second = bare(lines[start + 1])
    if GOOGLE.match(second):
        return block_end(lines, start, depth, over_blanks=True)
    if MAILMAN_RULE.match(first) and LIST_NAMED.match(second):
        return block_end(lines, start, depth)
    if not OF_A_LIST.search(second):
        return start
    end = block_end(lines, start, depth)
    block = [bare(line) for line in lines[start + 1 : end] if not ANY_RULE.match(bare(line))]
    of_a_list = (
        all(OF_A_LIST.search(line) for line in block) and "subscribe" in " ".join(block).lower()
    )
    return end if block and of_a_list else start


def block_end(lines: Sequence[str], start: int, depth: int, over_blanks: bool = False) -> int:
    """Behind the last line in a row, of the same quote depth, that may belong to a footer."""
    end = start + 1
    while end < min(len(lines), start + MAX_FOOTER_LINES):
        text = bare(lines[end])
        if depth != (lines[end].count(">") if QUOTE_MARK.match(lines[end]) else 0):
            break
        if not text.strip() and not (over_blanks and more_of_google(lines, end)):
            break
        end += 1
    return end


def more_of_google(lines: Sequence[str], blank: int) -> bool:
    following = [bare(line) for line in lines[blank + 1 : blank + 3] if bare(line).strip()]
    return bool(following) and bool(OF_A_LIST.search(following[0]))


def yahoo_end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines) and (
        YAHOO_LINE.match(bare(lines[end])) or lines[end].startswith("    ")
    ):
        end += 1
    return end


def virus_end(lines: Sequence[str], start: int) -> int:
    """Behind a scanner's remark and the link that may follow it."""
    end = start + 1
    while end < len(lines) and re.match(
        r"\s*(?:https?://\S+|www\.\S+|Checked by .{1,80}|\Z)", bare(lines[end])
    ):
        end += 1
    return end


def bare(line: str) -> str:
    return QUOTE_MARK.sub("", line, count=1) if line[:3].lstrip().startswith(">") else line


def cut_device_line(lines: list[str]) -> list[str]:
    """Drop a last line that a telephone added."""
    return lines[:-1] if lines and DEVICE.match(lines[-1]) else lines
