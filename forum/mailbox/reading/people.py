"""Who wrote a message: an address to key the account by, and a name to show that is never an
address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.mailbox.reading.headers import Headers

MAX_FROM_CHARS = 1_000
MAX_NAME_CHARS = 40
ADDRESS = re.compile(
    r"[^\s<>()\[\]\"',;:@]{1,100}@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,10}"
)
SPELT_OUT = re.compile(
    r"([^\s<>()\"',;:@]{1,100})\s+(?:at|\(at\)|\[at\])\s+"
    r"([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10})"
)
SHORTENED = re.compile(r"([^\s<>()\"',;:@]{1,100}?)(?:\.{2,}@[\w.-]{0,200}|@\.{2,})")
VIA = re.compile(r"(?i)\s+(?:via|über|par|vía)\s+.{1,200}\Z")
ROUTES = ("x-original-from", "x-original-sender", "reply-to", "x-google-original-from")
TITLES = frozenset("phd md jr sr esq mba dr msc ma cpa inc ltd llc gmbh".split())
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Sender:
    """An author: `address` in lower case, `name` one that may be shown; "" where there is none."""

    address: str
    name: str


def sender_of(headers: Headers, envelope: str) -> Sender:
    """Find the author, also behind a list that put its own address into From (DMARC rewriting)."""
    shown = headers.text("from") or headers.text("sender") or headers.text("reply-to")
    sender = read_sender(shown)
    if VIA.search(sender.name) or is_list_address(sender.address, headers):
        sender = behind_the_list(sender, headers)
    if not sender.address and not sender.name:
        return read_sender(envelope.partition(" ")[0])
    return sender


def read_sender(value: str) -> Sender:
    """Read one author from a From header: `Name <address>`, `address (Name)`, also with "at".

    An address that an archive has shortened (jan...@firm.example) may be several people's: none.
    """
    value = SPELT_OUT.sub(r"\1@\2", value[:MAX_FROM_CHARS])
    if short := SHORTENED.search(value):
        return Sender("", shown_name(SHORTENED.sub("", value), short[1] + "@"))
    found = ADDRESS.search(value, max(value.rfind("<"), 0)) or ADDRESS.search(value)
    address = found[0].strip(".").lower() if found else ""
    return Sender(address, shown_name(name_part(value, found), address))


def name_part(value: str, found: re.Match[str] | None) -> str:
    if found is None:
        return value
    before = value[: found.start()].rstrip(" <\t")
    if before.strip(" \"'"):
        return before
    comment = re.search(r"\(([^()]{1,200})\)", value[found.end() :])
    return comment[1] if comment else ""


def shown_name(name: str, address: str) -> str:
    """A name fit to be shown: no address in it, no quotes around it, not over 40 characters."""
    cleaned = re.sub(r"[\x00-\x1f\x7f\\\"<>]+", " ", ADDRESS.sub(" ", SPELT_OUT.sub(" ", name)))
    cleaned = " ".join(cleaned.split()).strip("'`,;:.-()[] ")
    cleaned = in_natural_order(cleaned)
    if sum(character.isalpha() for character in cleaned) < 2:
        return prettified(address)
    return cleaned[:MAX_NAME_CHARS].strip()


def in_natural_order(name: str) -> str:
    """ "Doe, Jane" is Jane Doe."""
    family, comma, given = (part.strip() for part in name.partition(","))
    is_title = given.replace(".", "").lower() in TITLES
    if not comma or not given or not family or is_title or not re.fullmatch(r"[^\W\d_. -]+", given):
        return name
    return f"{given} {family}" if len(family.split()) <= 2 else name


def prettified(address: str) -> str:
    """The words of the part before the @: "jane.doe77" gives "Jane Doe"; nothing if that leaves
    no name.
    """
    local = address.partition("@")[0].partition("+")[0]
    words = WORDS.findall(local.replace("_", " "))
    is_code = len(re.findall(r"\d", local)) > 4 or len(local) > 40
    pretty = " ".join(word.capitalize() for word in words if len(word) > 1)
    return "" if is_code or len(pretty) < 3 else pretty[:MAX_NAME_CHARS]


def is_list_address(address: str, headers: Headers) -> bool:
    post = headers.plain("list-post").lower() + headers.plain("x-beenthere").lower()
    return bool(address) and address in post


def behind_the_list(sender: Sender, headers: Headers) -> Sender:
    name = VIA.sub("", sender.name)
    for route in ROUTES:
        original = read_sender(headers.text(route))
        if original.address and not is_list_address(original.address, headers):
            return Sender(original.address, name or original.name)
    if is_list_address(sender.address, headers):
        return Sender("", name)
    return Sender(sender.address, name)
