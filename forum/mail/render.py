"""A mail is a folder of three templates and a function that returns their context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from forum.core.i18n import _, ngettext
from forum.models.outbox import Letter

_TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "mail"


@dataclass(frozen=True, slots=True)
class Context:
    """What a letter says and to whom, as things stand now."""

    address: str
    words: Mapping[str, Any]
    template: str | None = None
    """A folder under templates/mail/ other than the letter's kind."""


ContextOf: TypeAlias = Callable[[Letter], Context | None]
"""None: the letter is no longer wanted, and is cancelled."""


@dataclass(frozen=True, slots=True)
class Rendered:
    address: str
    subject: str
    text: str
    html: str


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


_ENVIRONMENT = _environment()


def render(letter: Letter, context: Context, *, site_name: str, site_url: str) -> Rendered:
    """The letter's three parts. `site_url` makes every link absolute; nothing else names a host."""
    folder = context.template or letter.kind
    words = {"site_name": site_name, "site_url": site_url, **context.words}

    def part(name: str) -> str:
        return _ENVIRONMENT.get_template(f"{folder}/{name}").render(words)

    subject = " ".join(part("subject.txt").split())
    return Rendered(context.address, subject, part("body.txt"), part("body.html"))
