"""`flask spaces guardians …` and `verify-log`: who guards the private spaces, and their log."""

from __future__ import annotations

import click

from forum.accounts import queries
from forum.cli.spaces import group
from forum.core.errors import ForumError
from forum.models.accounts import User
from forum.spaces import log
from forum.spaces.guardians import LEAST, come_apart, dismiss_guardian, guardians, name_guardian


@group.group("guardians")
def guarding() -> None:
    """The named people who are asked where no moderator of a space may be."""


@guarding.command("add")
@click.argument("address")
def add(address: str) -> None:
    """Make the account with ADDRESS a guardian. Each must have an employer of their own."""
    try:
        name_guardian(_account(address).id)
    except ForumError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{address} is a guardian now.")
    _count()


@guarding.command("remove")
@click.argument("address")
def remove(address: str) -> None:
    """The account with ADDRESS is no guardian any more."""
    dismiss_guardian(_account(address).id)
    click.echo(f"{address} is no guardian.")
    _count()


@guarding.command("list")
def show() -> None:
    """Who they are; suspended ones don't count."""
    for one in guardians():
        click.echo(f"{one.address}  {one.name}")
    _count()


@group.command("verify-log")
@click.option("--last", default="", help="A hash printed before: is it still in the log?")
def verify_log(last: str) -> None:
    """Look whether the log is whole; name the first broken row, with exit code 1."""
    found = log.verify(last)
    if found.broken is not None:
        raise click.ClickException(f"Row {found.broken} of the log is broken; those before hold.")
    if not found.has_noted:
        raise click.ClickException("Every row holds, but rows at the end have gone.")
    click.echo(f"{found.sound} rows, all whole. Keep this elsewhere: {found.last}")


def _account(address: str) -> User:
    user = queries.user_by_address(address.strip().lower())
    if user is None:
        raise click.ClickException(f"There is no account with {address}.")
    return user


def _count() -> None:
    missing = LEAST - len(guardians())
    if missing > 0:
        click.echo(f"{missing} more are needed: with fewer than {LEAST} nothing is opened to any.")
    if not come_apart():
        click.echo("Two of them have one employer by now: one should be replaced.")


__all__ = ["group"]
