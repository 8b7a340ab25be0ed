"""Frames around or inside a text: PGP's armour and uuencoded files."""

from __future__ import annotations

import re

SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Z][A-Za-z]+: [^\n]*\n){0,5}\n?"
)
BLOCK = re.compile(
    r"-----BEGIN PGP (SIGNATURE|PUBLIC KEY BLOCK|MESSAGE)-----(?:\n[^\n]*){0,2000}?\n"
    r"-----END PGP \1-----[ \t]*"
)
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
    left_out += [f"PGP {kind.lower()}" for kind in BLOCK.findall(text) if kind != "SIGNATURE"]
    return BLOCK.sub("", text)
