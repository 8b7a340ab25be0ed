"""`flask spaces …`: giving a circle its private space, and the space its moderators."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from forum.accounts import queries
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.circles import Circle
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions

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


def _circle_id(slug: str) -> int:
    known = select(Circle.id).where(Circle.slug == slug)
    circle_id: int | None = db.session.execute(unscoped(known, Reason.SET_UP)).scalar()
    if circle_id is None:
        raise click.ClickException(f"There is no circle {slug}.")
    return circle_id
