"""`flask import mbox FILE --circle SLUG`: a mailing list's archive becomes topics of a circle."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NoReturn

import click
from flask.cli import AppGroup
from tqdm import tqdm

from forum.cli.importing.loading import Loader
from forum.cli.importing.memory import Memory, Target, all_slugs, find_circle
from forum.cli.importing.plan import Plan, make_plan, read_entries
from forum.cli.importing.reading.archives import Archive, NotAnArchive, open_archive
from forum.cli.importing.reading.messages import Entry
from forum.cli.importing.report import Report
from forum.core import clock
from forum.core.db import Conflict

group = AppGroup("import", help="Bring conversations from elsewhere.")


@group.command("mbox")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--circle", "slug", required=True, help="The circle (its name in addresses) to fill.")
@click.option("--dry-run", is_flag=True, help="Read everything, report, and write nothing.")
@click.option(
    "--report",
    "report_file",
    type=click.File("w", encoding="utf-8"),
    help="Write what became of each message to this file, as lines of JSON.",
)
def mbox(archive: Path, slug: str, dry_run: bool, report_file: IO[str] | None) -> None:
    """Make topics of a circle from ARCHIVE: an mbox file (also .gz) or a Maildir folder.

    Authors become accounts that nobody can sign in to, until somebody proves the address. Run it
    again after a stop, or with a longer archive: only what is missing is added. Bad messages are
    skipped and reported. Exit codes: 0 done, 1 nothing could be done, 2 wrong usage.
    """
    circle = find_circle(slug)
    if circle is None:
        known = ", ".join(all_slugs()) or "none yet; see flask circles init"
        raise click.ClickException(f"There is no circle {slug}. There are: {known}.")
    report = Report(report_file)
    with ExitStack() as open_files:
        opened = open_or_explain(archive, open_files)
        new_topics = load_or_explain(opened, circle, report, dry_run)
    report.finish(new_topics)
    click.echo(report.as_text(new_topics, dry_run))


def open_or_explain(path: Path, open_files: ExitStack) -> Archive:
    try:
        return open_files.enter_context(open_archive(path))
    except NotAnArchive as error:
        raise click.ClickException(f"{path} is not an archive of mail: {error}.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror or error}.") from None


def load_or_explain(archive: Archive, circle: Target, report: Report, dry_run: bool) -> int:
    try:
        return load(archive, circle, report, dry_run)
    except KeyboardInterrupt:
        click.echo("Stopped. Run the same command again to go on from here.", err=True)
        raise SystemExit(130) from None
    except Conflict:
        raise click.ClickException(
            "Another import into this circle is running. Wait for it, then run this again."
        ) from None


def load(archive: Archive, circle: Target, report: Report, dry_run: bool) -> int:
    """Read, arrange and write; returns how many topics are new."""
    memory = Memory(circle)
    plan = planned(archive, memory, report)
    loader = Loader(archive, plan, memory, report)
    with progress(len(plan.entries), "messages", "Checking" if dry_run else "Importing") as bar:
        for done in loader.run(dry_run):
            bar.update(done)
    return loader.new_topics


def planned(archive: Archive, memory: Memory, report: Report) -> Plan:
    entries: list[Entry] = []
    now = clock.now()
    with progress(archive.size_bytes, "bytes", "Reading") as bar:
        for entry in read_entries(archive, now, report):
            entries.append(entry)
            bar.update(entry.position.length)
    memory.recall(entries)
    return make_plan(entries, now, memory.known_ids(entries), memory.known_subjects(entries))


def progress(total: int, unit: str, doing: str) -> tqdm[NoReturn]:
    """A bar on a terminal; silent elsewhere."""
    return tqdm(total=total, unit=unit, desc=doing, disable=not sys.stderr.isatty())
