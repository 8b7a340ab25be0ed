"""What stands below somebody's words without being said: signatures, cards, device lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forum.mailbox.folding.devices import is_device_line
from forum.mailbox.folding.own_words import cut_additions
from forum.mailbox.folding.signatures import RULE, without_tail_blanks
from forum.mailbox.replies.words import words_of

MAX_ROUNDS = 6
MAX_CARD_LINES = 12
MAX_CARD_LINE_CHARS = 90
CONTACT = re.compile(
    r"(?i)(?:\+|\b00|\()\d[\d ()./-]{6,}\d|\b(?:tel|phone|mobil\w*|cell|fax|telefon|tél|mob"
    r"|direct)\b\s?[.:]"
    r"|\b[TMPEFWD]\s?[:|.]\s?[+\d(]|\b\d{2,5}[ /-]\d{3,}[\d -]*\b|\S@\S+\.\w|\bwww\.|https?://"
    r"|\b(?:gmbh|ag|ltd|inc|llc|plc|corp|s\.?a\.?r?\.?l?|b\.?v|oy|ab|a/s|s\.?r\.?o|s\.?p\.?a|kft"
    r"|sp\. z o\.o|limited|株式会社|有限公司)\.?(?:\s|,|\||\Z)"
)
ROLE = re.compile(
    r"(?i)\b(?:head|director|manager|lead|officer|chief|c[etfo]o|president|engineer"
    r"|consultant|analyst"
    r"|specialist|coordinator|partner|founder|leiter\w*|referent\w*|directeur|directrice"
    r"|responsable"
    r"|responsabile|director[a]?|gerente|ingenieur\w*|chef\w*|berater\w*|kierownik"
    r"|manažer\w*|руководитель"
    r"|менеджер|директор|department|abteilung|service|team)\b|部|課|经理|總監|总监"
)
CLOSING = re.compile(
    r"(?i)\W{0,3}(?:(?:best|kind|warm|many|with)\b.{0,20}|regards|sincerely|cheers"
    r"|thanks(?: again)?"
    r"|thank you|yours.{0,15}|(?:mit|viele|beste|liebe|herzliche"
    r"|freundliche).{0,25}(?:gr[üu](?:ß|ss)\w*)"
    r"|mfg|vg|lg|cordialement|bien (?:à vous|cordialement)|salutations.{0,20}"
    r"|(?:un )?(?:cordial )?saludos?"
    r".{0,20}|atentamente|atenciosamente|cumprimentos|abraços?|cordiali saluti|saluti"
    r"|distinti saluti"
    r"|met vriendelijke groet\w*|groet\w*|(?:med )?v[äe]nliga? h[äi]lsning\w*|mvh|venlig hilsen"
    r"|med vennlig hilsen|ystävällisin terveisin|pozdrawiam|z poważaniem|s pozdravem|s pozdravom"
    r"|üdvözlettel|cu stimă|с уважением|з повагою|με εκτίμηση|saygılarımla|よろしく.{0,15}"
    r"|此致|敬礼"
    r"|감사합니다|בברכה|مع التحية|trân trọng|salam|hormat saya)\W{0,3}\Z"
)


def cut_endings(lines: Sequence[str], sender: str, marked: Sequence[str]) -> list[str]:
    """The lines without what was added below them.

    `sender` is the name in From, `marked` what the sender's program itself calls a signature.
    """
    kept = without_tail_blanks(list(lines))
    for _ in range(MAX_ROUNDS):
        before = len(kept)
        kept = without_device_line(without_tail_blanks(kept))
        kept = without_marked(kept, marked)
        kept = cut_additions(kept)
        kept = without_tail_blanks(without_card(kept, sender))
        kept = kept[:-1] if kept and RULE.match(kept[-1]) else kept
        if len(kept) == before:
            break
    return kept


def without_device_line(lines: list[str]) -> list[str]:
    return lines[:-1] if lines and is_device_line(lines[-1]) else lines


def without_marked(lines: list[str], marked: Sequence[str]) -> list[str]:
    """Cut an ending whose words are those of a signature marked in the HTML."""
    for text in marked:
        wanted = words_of(text)
        if not wanted or text.count("\n") > MAX_CARD_LINES or len(text) > 1_000:
            continue
        words: list[str] = []
        for number in range(len(lines) - 1, -1, -1):
            words = [*words_of(lines[number]), *words]
            if len(words) >= len(wanted):
                break
        if words == wanted and any(line.strip() for line in lines[:number]):
            return without_dashes(lines[:number])
    return lines


def without_dashes(lines: list[str]) -> list[str]:
    lines = without_tail_blanks(lines)
    return lines[:-1] if lines and re.fullmatch(r"\s*(?:--|—|_{2,})\s*", lines[-1]) else lines


def without_card(lines: list[str], sender: str) -> list[str]:
    """Cut a visiting card without a line of dashes: the sender's name, or a closing, and below it
    short lines of which some tell a job, a firm, a number or an address.
    """
    lowest = max(len(lines) - MAX_CARD_LINES - 4, 0)
    for number in range(lowest, len(lines)):
        led_up_to = number > 0 and lines[number - 1].rstrip().endswith((":", "："))
        if not led_up_to and is_name(lines[number], sender) and is_card(lines[number + 1 :]):
            return above_closing(lines[:number])
    return lines


def is_name(line: str, sender: str) -> bool:
    """The whole name and nothing else but titles and marks."""
    names, words = words_of(sender), words_of(line)
    return len(names) > 1 and set(names) <= set(words) and len(words) <= len(names) + 4


def is_card(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    if not 1 <= len(filled) <= MAX_CARD_LINES:
        return False
    if any(len(line) > MAX_CARD_LINE_CHARS for line in filled):
        return False
    telling = [line for line in filled if CONTACT.search(line) or ROLE.search(line)]
    sentences = [line for line in filled if line not in telling and is_sentence(line)]
    return bool(telling) and not sentences


def is_sentence(line: str) -> bool:
    return len(line.split()) > 5 and line.rstrip().endswith((".", "!", "?", "…", "。"))


def above_closing(lines: list[str]) -> list[str]:
    """With a card goes the closing above it ("Kind regards,")."""
    lines = without_tail_blanks(lines)
    if len(lines) > 1 and CLOSING.match(lines[-1]):
        return without_tail_blanks(lines[:-1])
    return lines
