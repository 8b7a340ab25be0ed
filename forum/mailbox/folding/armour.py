"""Frames around or inside a text: PGP's armour and uuencoded files."""

from __future__ import annotations

import re

SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Z][A-Za-z]+: [^\n]*\n){0,5}\n?"
)
BLOCK_KINDS = ("SIGNATURE", "PUBLIC KEY BLOCK", "MESSAGE")
DASHED = re.compile(r"(?m)^- (?=[-]|From )")
UUENCODED = re.compile(
    r"(?m)^begin [0-7]{3,4} ([^\n]{1,120})\n(?:[!-`][ -`]{1,90}\n){1,20000}`?\n?end[ \t]*$"
)


def cut_armour(text: str, left_out: list[str]) -> str:
    """Take a text out of its PGP frame; drop keys, signatures, ciphertext and uuencoded files."""
    if "-----BEGIN PGP" in text:
        text = cut_pgp(text, left_out)
    if "\nend" in text and "begin " in text:
        left_out += [name.strip() for name in UUENCODED.findall(text)]
        text = UUENCODED.sub("", text)
    return text


def cut_pgp(text: str, left_out: list[str]) -> str:
    before, frame, after = text.partition("-----BEGIN PGP SIGNED MESSAGE-----")
    if frame and not before.strip(" \n").endswith(">"):
        text = before + DASHED.sub("", SIGNED.sub("", frame + after, count=1))
    for kind in BLOCK_KINDS:
        text = without_blocks(text, kind, left_out)
    return text


def without_blocks(text: str, kind: str, left_out: list[str]) -> str:
    """Drop every complete block of a kind; one that never ends stays."""
    begin, end = f"-----BEGIN PGP {kind}-----", f"-----END PGP {kind}-----"
    kept, done = [], 0
    while (start := text.find(begin, done)) >= 0:
        stop = text.find(end, start)
        if stop < 0:
            break
        kept.append(text[done:start])
        done = stop + len(end)
        left_out += [f"PGP {kind.lower()}"] if kind != "SIGNATURE" else []
    return "".join([*kept, text[done:]])
