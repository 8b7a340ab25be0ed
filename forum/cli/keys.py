"""`flask keys …`: the keys that live outside the database, and what they open in it."""

from __future__ import annotations

import secrets

import click
from flask.cli import AppGroup

from forum.cli.rewrapping import WRAPPED, Census, census, rewrap
from forum.core import seal

group = AppGroup("keys", help="The keys of the private spaces.")
ROUNDS = 5
"""New rows can come in under an old key while a process is running that knows no newer one."""


@group.command("new")
def new() -> None:
    """Print a fresh key. It is in use once it is the first one configured and all restarted."""
    click.echo(secrets.token_urlsafe(seal.KEY_BYTES))


@group.command("rotate")
def rotate() -> None:
    """Wrap every secret with the newest key; can be stopped, and run again, while people write."""
    done = 0
    for _round in range(ROUNDS):
        changed = rewrap(WRAPPED)
        done += changed
        if not changed:
            break
    click.echo(f"{done} wrapped with the newest key.")
    found = census(WRAPPED)
    if found.old:
        raise click.ClickException(
            f"{found.old} still need an older key; keep it. Once every process has been restarted"
            " with the newest key, run this again."
        )
    _refuse_loss(found)


@group.command("check")
def check() -> None:
    """Say how many wrapped secrets each configured key opens; exit code 1 when some open none."""
    found = census(WRAPPED)
    for number, opened in enumerate(found.opened, start=1):
        newest = " (the newest)" if number == 1 else ""
        click.echo(f"Key {number}{newest} opens {opened}.")
    click.echo(f"No key opens {found.unopenable}.")
    _refuse_loss(found)


def _refuse_loss(found: Census) -> None:
    if found.unopenable:
        raise click.ClickException(
            f"{found.unopenable} can't be opened by any configured key. Is one missing?"
        )
