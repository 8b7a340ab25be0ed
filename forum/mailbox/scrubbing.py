"""Addresses that are a key: whoever reads one in a post could answer as somebody else."""

from __future__ import annotations

import re
from urllib.parse import quote

SCRUBBED = "[…]"
TOKEN = r"[a-z2-7]{20,40}"
ANY_KEY = re.compile(
    rf"(?i)(?:mailto:)?\b[rub](?:[+-]|%2b|\s)?{TOKEN}(?:@|%40)[\w.-]{{1,200}}\w"
    r"(?:\?[^\s<>]{0,500})?"
)


def scrubbed(text: str, reply_address: str = "") -> str:
    """The text without reply, unsubscribe and bounce addresses, and links that unsubscribe."""
    text = ANY_KEY.sub(SCRUBBED, text)
    host = reply_address.rpartition("@")[2]
    if not host:
        return text
    for written in {reply_address, quote(reply_address), quote(reply_address, safe="@")}:
        text = re.sub(rf"(?i)(?:mailto:)?{re.escape(written)}", SCRUBBED, text)
    site = re.escape(host.removeprefix("reply."))
    link = rf"(?i)https?://(?:[\w-]{{1,60}}\.){{0,3}}{site}/u/[^\s<>\"')\]]{{1,300}}"
    wrapped = rf"(?i)https?://[^\s<>]{{1,500}}{site}%2Fu%2F[^\s<>]{{1,1500}}"
    text = re.sub(link, SCRUBBED, text) if "/u/" in text else text
    return re.sub(wrapped, SCRUBBED, text) if "%2fu%2f" in text.lower() else text
