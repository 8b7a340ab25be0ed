"""The lines that introduce a quote: "On Monday Jane wrote:", "-----Original Message-----", a
block of headers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_LINES = 4
MAX_CHARS = 300
WROTE = (
    r"wrote|writes|said|schrieb|schreibt|a [ée?]crit|[ée?]crit|ha scritto|scrive|escribi[óo?]"
    r"|escribe|schreef|skrev|kirjoitti|napisa[łl?]\w*|napsal\w*|написал\w*|пиш[еу]т|писал\w*|escreveu"
    r"|yazd[ıi?]|[íi?]rta|έγραψε|写道|書きました"
)
ENDS_IN_WROTE = re.compile(
    rf"(?i)(?:{WROTE})(?:\(a\)| on .{{1,60}}| in message [^:]{{1,80}})?\s*[:：]\s*\Z"
)
WROTE_SOMEWHERE = re.compile(rf"(?i){WROTE}")
VERB_BEFORE_NAME = re.compile(r"(?i)\b(?:schrieb|schreef|skrev|kirjoitti)\b.{0,120}[:：]\s*\Z")
OWN_SENTENCE = re.compile(
    r"(?i)(?:as|like|what|when|where|here|i|he|she|it|you|we|they|and|but|so|also|earlier|who|this"
    r"|that|my|your|somebody|someone|wie|ich|er|sie|wir|comme|je|il|elle|nous|como|yo)\b"
)
STARTER = re.compile(
    r"(?i)(?:on|am|le|el|op|den|il|em|dnia|w dniu|at|pe|p[åa]|tarihinde|a|dne|d\.)\s+"
    r"(?:[^\W\d_]{2,12}\.?,?\s+(?:de\s+|the\s+)?)?(?:\d|[^\W\d_]{3,10}\.?\s+\d)"
)
DATE = re.compile(
    r"(?i)\d{1,2}:\d{2}|\b(?:19|20)\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    r"|\d{1,2}\.?\s+(?:jan|feb|f[ée]v|mar|m[äa]r|apr|avr|ma[iyj]|ju[nil]|aug|ao|sep|o[ck]t|nov|de[cz])"
)
QUOTING = re.compile(
    r"(?i)(?:quoting|zitat von|citeren|citando|quotant|in article\b).{1,200}:\s*\Z"
)
WITH_ADDRESS = re.compile(r".{0,150}@.{1,150}[:：]\s*\Z")
DATE_AND_ADDRESS = re.compile(
    r"\d{4}[/-]\d{1,2}[/-]\d{1,2},? .{0,100}<[^<>\s]{1,100}@[^<>\s]{1,100}>:?\Z"
)
ORIGINAL = re.compile(
    r"(?i)\s*-{2,}\s*(?:original"
    r"|original[- ]?(?:message|nachricht|mail|meddelande|meddelelse|melding)"
    r"|urspr.{1,3}ngliche\s+(?:nachricht|mail)|message d.origine|message original|mensaje original"
    r"|mensagem original|messaggio originale|oorspronkelijk bericht|opprinnelig melding"
    r"|oprindelig meddelelse|ursprungligt meddelande|alkuper.{1,3}inen viesti|исходное сообщение"
    r"|oryginalna wiadomo.{1,3}|reply message|原始邮件|元のメッセージ)\s*-{2,}\s*\Z"
    r"|>>> .{3,200} >>>\s*\Z"
)
LABELS = re.compile(
    r"(?i)\s*\*?(?:from|von|de|van|da|från|fra|от|od|kimden|sent|gesendet|envoy.|enviado|inviato"
    r"|verzonden|skickat|sendt|date|datum|data|fecha|to|an|à|para|a|aan|till|til|cc|kopie|subject"
    r"|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|тема|кому|дата)\s?\*?:\*?(?:\s|\Z)"
)
MAIL_LABEL = re.compile(
    r"(?i)\s*\*?(?:sent|gesendet|envoy.|enviado|inviato|verzonden|skickat|sendt|subject|betreff|objet"
    r"|asunto|assunto|oggetto|onderwerp|ämne|emne|тема)\s?\*?:"
)
FROM_LABEL = re.compile(r"(?i)\s*\*?(?:from|von|de|van|da|från|fra|от|od|kimden)\s?:\*?\s+\S")
RULE = re.compile(r"\s*[_*-]{10,}\s*\Z")


def attribution_start(lines: Sequence[str], quote_start: int) -> int:
    """The index of the first line that introduces the quote at `quote_start`, or `quote_start` if
    none does.
    """
    end = quote_start
    while end > 0 and quote_start - end < 2 and not lines[end - 1].strip():
        end -= 1
    fallback = quote_start
    for count in range(1, MAX_LINES + 1):
        first = end - count
        if first < 0 or not lines[first].strip() or lines[first].lstrip().startswith(">"):
            break
        joined = " ".join(line.strip() for line in lines[first:end])
        if is_dated_attribution(joined):
            return first
        if count == 1 and is_short_attribution(joined):
            fallback = first
    return fallback


def is_dated_attribution(text: str) -> bool:
    """ "On 5 March 2003 at 14:02, Jane <…> wrote:" in any of its languages."""
    if len(text) > MAX_CHARS or not text.endswith((":", "：")):
        return False
    wrote = ENDS_IN_WROTE.search(text) or VERB_BEFORE_NAME.search(text)
    return bool(wrote and STARTER.match(text) and DATE.search(text))


def is_short_attribution(text: str) -> bool:
    """ "Jane Doe wrote:", "Jane schrieb am …:", "2003/3/5 Jane <…>"; not "As I wrote:"."""
    if DATE_AND_ADDRESS.match(text):
        return True
    if len(text) > MAX_CHARS or not text.endswith((":", "：")) or OWN_SENTENCE.match(text):
        return False
    dated = DATE.search(text)
    named = ENDS_IN_WROTE.search(text) and (dated or len(text.split()) <= 8)
    named = named or (VERB_BEFORE_NAME.search(text) and dated)
    return bool(named or QUOTING.match(text) or WITH_ADDRESS.match(text))


def original_start(lines: Sequence[str]) -> int | None:
    """The index where an unmarked copy of an earlier message starts (Outlook's way), or None."""
    for index, line in enumerate(lines):
        if ORIGINAL.match(line):
            return index
        if FROM_LABEL.match(line) and is_header_block(lines, index):
            ruled = index > 0 and RULE.match(lines[index - 1])
            return index - 1 if ruled else index
    return None


def is_header_block(lines: Sequence[str], start: int) -> bool:
    """A From: line with two more labels below it, one of them telling that this is about mail."""
    following = [line for line in lines[start + 1 : start + 14] if line.strip()][:6]
    labels = [line for line in following if LABELS.match(line)]
    return len(labels) >= 2 and any(MAIL_LABEL.match(line) for line in labels)


def unmarked_start(lines: Sequence[str]) -> int | None:
    """The index of the first dated attribution that no marked quote follows, or None."""
    for index, line in enumerate(lines):
        if not line.endswith((":", "：")) or not WROTE_SOMEWHERE.search(line[-160:]):
            continue
        first = attribution_start(lines, index + 1)
        dated = first <= index and is_dated_attribution(" ".join(lines[first : index + 1]))
        following = next((after for after in lines[index + 1 : index + 9] if after.strip()), "")
        if dated and following and not following.lstrip().startswith(">"):
            return first
    return None


def is_structure(line: str) -> bool:
    """A line that belongs to the frame of a quoted message, not to anybody's words."""
    if ORIGINAL.match(line) or RULE.match(line) or LABELS.match(line):
        return True
    return is_dated_attribution(line.strip())
