"""`flask mailbox parse`: what would be taken from a mail, without posting it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import AppGroup

from forum.mailbox.limited import NoChild, Taken, parse_limited
from forum.mailbox.parsing import Letter
from forum.mailbox.rawness import raw_bytes
from forum.mailbox.verdicts import Verdict

group = AppGroup("mailbox", help="Mail coming in.")
FIELDS = {
    "parent_text": "text",
    "parent_html": "html",
    "from_name": "from_name",
    "reply_address": "reply_address",
    "subject": "subject",
}


@group.command("parse")
@click.argument("mail", type=click.File("rb"), default="-")
@click.option("--jsonl", is_flag=True, help="MAIL holds a JSON object a line instead of one mail.")
@click.option("--parent-text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--parent-html", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from-name", default="", help="The name in the letter's From.")
@click.option("--reply-address", default="", help="The letter's Reply-To.")
@click.option("--subject", default="", help="The letter's subject.")
def parse(
    mail: IO[bytes],
    jsonl: bool,
    parent_text: Path | None,
    parent_html: Path | None,
    **known: str,
) -> None:
    """Show what would be taken from MAIL (a file, or - for standard input), without posting it.

    The letter it answers is described by the other options. With --jsonl each line of MAIL holds
    "id", "raw" and, as far as known, "parent_text", "parent_html", "from_name", "reply_address" and
    "subject" of the letter; for each a line with "id", "reply", "cut" and "verdict" is written, in
    the same order. A line that can't be used gets the verdict "error".
    """
    if jsonl:
        for line in mail:
            if line.strip():
                click.echo(json.dumps(answer(line)))
        return
    letter = Letter(text=read(parent_text), html=read(parent_html), **known)
    show(parse_limited(mail.read(), letter))


def read(path: Path | None) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path else ""


def answer(line: bytes) -> dict[str, Any]:
    """The answer to one line of JSON, whatever it holds."""
    number: Any = None
    try:
        asked = json.loads(line)
        number = asked.get("id")
        taken = parse_limited(raw_bytes(asked["raw"]), letter_of(asked))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NoChild):
        taken = Taken(Verdict.ERROR)
    found = {"reply": taken.reply, "cut": taken.cut, "verdict": str(taken.verdict)}
    return {"id": number, **found}


def letter_of(asked: Mapping[str, Any]) -> Letter:
    """What the line tells of the letter; raises TypeError for what is no text."""
    known = {ours: asked.get(theirs) or "" for theirs, ours in FIELDS.items()}
    if not all(isinstance(value, str) for value in known.values()):
        raise TypeError
    return Letter(**known)


def show(taken: Taken) -> None:
    click.echo(f"verdict: {taken.verdict}")
    for name, kind, size in taken.attachments:
        click.echo(f"attachment: {name} ({kind}, {size} bytes)")
    for title, text in (("reply", taken.reply), ("cut", taken.cut)):
        if text:
            click.echo(f"\n--- {title} ---\n{text}")
