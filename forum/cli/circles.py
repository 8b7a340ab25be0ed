"""`flask circles …`: setting a site's circles up."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from forum.accounts import queries
from forum.circles import actions
from forum.cli.standard_circles import StandardCircle, standard_circles
from forum.core.errors import NotThere
from forum.models.circles import CircleKind, Role, Visibility

group = AppGroup("circles", help="Set up the site's circles.")


@group.command("init")
def init() -> None:
    """Add the industries people name and a few subjects; what is there stays as it is."""
    made = sum(actions.found(new_circle(circle)) for circle in standard_circles())
    click.echo(f"{made} circles added." if made else "All circles are there already.")


@group.command("moderator")
@click.argument("slug")
@click.argument("address")
def moderator(slug: str, address: str) -> None:
    """Make the account with ADDRESS a moderator of the circle SLUG, joining it if need be."""
    user = queries.user_by_address(address.strip().lower())
    if user is None:
        raise click.ClickException(f"There is no account with {address}.")
    try:
        actions.appoint(user.id, slug, Role.MODERATOR)
    except NotThere:
        raise click.ClickException(f"There is no circle {slug}.") from None
    click.echo(f"{address} moderates {slug} now.")


def new_circle(circle: StandardCircle) -> actions.NewCircle:
    """One of the standard circles, as the action takes it."""
    return actions.NewCircle(
        slug=circle.slug,
        name=circle.name,
        words=actions.CircleWords(circle.purpose, circle.rules_markdown, circle.hue),
        kind=CircleKind(circle.kind),
        isic=circle.isic,
        visibility=Visibility(circle.visibility),
    )
