"""The circles a new site starts with, read from `standard_circles.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forum.models.circles import HUES, Visibility

SOURCE = Path(__file__).with_name("standard_circles.toml")
ISIC_SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"


@dataclass(frozen=True, slots=True)
class StandardCircle:
    """`isic` is a section letter of the UN's ISIC Rev. 4 for an industry, None for a topic."""

    slug: str
    name: str
    kind: str
    isic: str | None
    purpose: str
    rules: tuple[str, ...]
    hue: int
    visibility: str

    @property
    def rules_markdown(self) -> str:
        return "\n".join(f"{number}. {rule}" for number, rule in enumerate(self.rules, start=1))


def standard_circles(source: Path = SOURCE) -> tuple[StandardCircle, ...]:
    """Read the list, in the order of the file.

    Raises ValueError, naming the circle, where the file breaks its own conventions.
    """
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    shared = tuple(data["shared_rules"])
    circles = tuple(_circle(entry, shared) for entry in data["circle"])
    slugs = [circle.slug for circle in circles]
    if len(set(slugs)) != len(slugs):
        raise ValueError(f"{source.name}: a slug stands there twice")
    return circles


def _circle(entry: dict[str, Any], shared: tuple[str, ...]) -> StandardCircle:
    isic = entry.get("isic")
    circle = StandardCircle(
        slug=entry["slug"],
        name=entry["name"],
        kind="industry" if isic else "topic",
        isic=isic,
        purpose=entry["purpose"],
        rules=shared + tuple(entry.get("rules", ())),
        hue=entry["hue"],
        visibility=entry["visibility"],
    )
    _check(circle)
    return circle


def _check(circle: StandardCircle) -> None:
    if circle.visibility not in list(Visibility):
        raise ValueError(f"circle {circle.slug}: unknown visibility {circle.visibility!r}")
    if circle.isic is not None and circle.isic not in ISIC_SECTIONS:
        raise ValueError(f"circle {circle.slug}: {circle.isic!r} is no ISIC section")
    if not 0 <= circle.hue < HUES:
        raise ValueError(f"circle {circle.slug}: hue {circle.hue} is not in 0–{HUES - 1}")
