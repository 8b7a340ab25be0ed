"""The figures as a file for programs, a table for people, and the limits that must hold."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from pathlib import Path

from bench.rounds import Figures
from forum.core import clock

Results = Mapping[str, Figures]
WHO = ("member", "guest")
TOPIC = "topic-50-member"
LIKE = {
    **{f"{page}-{who}": f"topic-50-{who}" for page in ("long-first", "long-last") for who in WHO},
    "space-list": "open-list",
    "space-topic": "open-topic",
}
"""What a page is compared with."""
MOST_GROWTH = {
    **{f"long-last-{who}": 1.15 for who in WHO},
    "space-list": 3.0,
    "space-topic": 2.0,
}
LEAST_SHARE, AIM = 0.15, 0.40
MOST_BYTES = 60_000
_COLUMNS = (
    "page", "CPU ms", "floor ms", "share", "× its like", "req/s", "p50 ms", "p99 ms", "statements",
    "bytes zstd", "gzip", "HTML", "first visit", "MiB",
)  # fmt: skip


def failures(results: Results) -> list[str]:
    """A sentence for every limit that does not hold; limits of pages left out are not looked at."""
    found = []
    topic = results.get(TOPIC)
    if topic and topic.share < LEAST_SHARE:
        found.append(
            f"The signed-in topic page reaches {topic.share:.0%} of the floor; it must reach"
            f" {LEAST_SHARE:.0%}."
        )
    found += [
        f"{name} costs {results[name].growth:.2f} times {LIKE[name]}; at most {most} is allowed."
        for name, most in MOST_GROWTH.items()
        if name in results and results[name].growth > most
    ]
    found += [
        f"{name} takes {figures.first_visit_bytes} bytes with style and scripts; at most"
        f" {MOST_BYTES} are allowed."
        for name, figures in results.items()
        if figures.first_visit_bytes > MOST_BYTES
    ]
    return found


def table(results: Results, title: str) -> str:
    """A Markdown table with a line on what its columns say."""
    said = (
        f"{clock.today()}, {platform.machine()}, Python {platform.python_version()}. CPU of all the"
        " server's processes for one request; share: what the smallest honest signed-in page of the"
        f" same size costs, as a part of it (must for a topic: {LEAST_SHARE:.0%}, aim: {AIM:.0%});"
        f" × its like: times the page it is compared with ({_compared()})."
        " Both round by round, the middle one."
        " Bytes with headers; first visit: with style and scripts. MiB: the largest process."
    )
    lines = [f"# {title}", "", said, "", _line(_COLUMNS)]
    lines.append(_line(["---", *["--:"] * (len(_COLUMNS) - 1)]))
    return "\n".join([*lines, *(_row(name, each) for name, each in results.items()), ""])


def _compared() -> str:
    said = (
        f"{name} with {like}" + (f", must {MOST_GROWTH[name]}" if name in MOST_GROWTH else "")
        for name, like in LIKE.items()
    )
    return "; ".join(said)


def _row(name: str, each: Figures) -> str:
    cells = [name, f"{each.cpu_ms:.2f}", f"{each.floor_cpu_ms:.2f}", f"{each.share:.0%}"]
    cells.append(f"{each.growth:.2f}" if each.growth else "")
    cells += [f"{each.rps:.0f}", f"{each.p50_ms:.1f}", f"{each.p99_ms:.1f}", f"{each.statements}"]
    cells += [f"{each.bytes:,}", f"{each.bytes_gzip:,}", f"{each.html_bytes:,}"]
    return _line([*cells, f"{each.first_visit_bytes:,}", f"{each.memory_mb:.0f}"])


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write(results: Results, said: str, folder: Path, name: str = "latest") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    figures = {page: each.as_json() for page, each in results.items()}
    (folder / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n")
    (folder / f"{name}.md").write_text(said)
