"""`flask spaces …`: giving a circle its private space, the space its moderators and their hours."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from forum.accounts import queries
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.circles import Circle
from forum.models.spaces import Space
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions, moderators
from forum.spaces.hours import Hours, NotHours, put_hours

group = AppGroup("spaces", help="The private spaces of circles.")


@group.command("found")
@click.argument("slug")
def found(slug: str) -> None:
    """Give the circle SLUG a private space; where there is one, it stays as it is.

    Its members find the way in on the circle's page. It opens by itself once enough people of
    enough employers are in it and two of them, of different employers, are its moderators.
    """
    actions.found_space(_circle_id(slug))
    click.echo(
        f"{slug} has a private space. Once two of its members, of different employers, are in it:"
        f" flask spaces moderator {slug} ADDRESS"
    )


@group.command("moderator")
@click.argument("slug")
@click.argument("address")
def moderator(slug: str, address: str) -> None:
    """Make the account with ADDRESS a moderator of the private space of the circle SLUG.

    They must be in it, and of another employer than its other moderators.
    """
    circle_id, user = _circle_id(slug), queries.user_by_address(address.strip().lower())
    if user is None:
        raise click.ClickException(f"There is no account with {address}.")
    try:
        actions.appoint(user.id, circle_id)
    except NotThere:
        raise click.ClickException(f"{address} is not in the private space of {slug}.") from None
    except actions.SameEmployer as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{address} moderates the private space of {slug} now.")


@group.command("check")
def check() -> None:
    """Say which private spaces lack two moderators of different employers; then exit code 1.

    One may have left, or two may have come to have the same employer since.
    """
    spaces = moderators.all_kept()
    for space in spaces:
        click.echo(f"{space.slug}: {_told(space)}")
    if not all(space.are_apart for space in spaces):
        raise click.exceptions.Exit(1)


def _told(space: moderators.Kept) -> str:
    if space.are_apart:
        return "it has its moderators."
    shared = " with one employer" if space.moderators > 1 else ""
    return (
        f"moderators: {space.moderators}{shared}. Two of different employers are needed:"
        f" flask spaces moderator {space.slug} ADDRESS"
    )


@group.command("hours")
@click.argument("slug")
@click.argument("begins", type=int, required=False)
@click.argument("ends", type=int, required=False)
@click.option("--none", "no_hours", is_flag=True, help="Nobody looks in at fixed hours.")
def hours(slug: str, begins: int | None, ends: int | None, no_hours: bool) -> None:
    """Say that moderators of the private space of SLUG look in from BEGINS to ENDS each day.

    Whole hours, UTC; 22 6 goes past midnight. Everybody in the space reads them. Outside of them
    the third report of a post hides it until somebody has looked.
    """
    if (begins is None or ends is None) != no_hours:
        raise click.UsageError("Say two hours, such as 8 18, or --none.")
    wanted = None if begins is None or ends is None else (begins, ends)
    try:
        put_hours(_space_id(slug), wanted)
    except NotHours as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{slug}: " + (f"{Hours(*wanted)} is moderated." if wanted else "no fixed hours."))


def _space_id(slug: str) -> int:
    known = select(Space.id).where(Space.circle_id == _circle_id(slug))
    space_id: int | None = db.session.execute(unscoped(known, Reason.SET_UP)).scalar()
    if space_id is None:
        raise click.ClickException(f"{slug} has no private space.")
    return space_id


def _circle_id(slug: str) -> int:
    known = select(Circle.id).where(Circle.slug == slug)
    circle_id: int | None = db.session.execute(unscoped(known, Reason.SET_UP)).scalar()
    if circle_id is None:
        raise click.ClickException(f"There is no circle {slug}.")
    return circle_id
