"""`flask circles …`: setting a site's circles up."""

from __future__ import annotations

import re

import click
from flask.cli import AppGroup

from forum.accounts import queries
from forum.circles import actions
from forum.cli.standard_circles import StandardCircle, standard_circles
from forum.core.errors import NotThere
from forum.models.circles import CircleKind, Role, Visibility

KINDS = [each.value for each in Visibility]
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


@group.command("add")
@click.argument("slug")
@click.argument("name")
@click.argument("purpose")
@click.option("--visibility", type=click.Choice(KINDS), default="open")
def add(slug: str, name: str, purpose: str, visibility: str) -> None:
    """Add a circle around a subject, for everybody or whoever --visibility says."""
    words = actions.CircleWords(purpose, "", 0)
    kind = Visibility(visibility)
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        raise click.ClickException("A slug is made of small letters, digits and single hyphens.")
    if not actions.found(actions.NewCircle(slug, name, words, CircleKind.TOPIC, None, kind)):
        raise click.ClickException(f"There is a circle {slug} already.")
    click.echo(f"{slug} is there, as a circle of the kind {kind}.")


@group.command("visibility")
@click.argument("slug")
@click.argument("visibility", type=click.Choice(KINDS))
def visibility(slug: str, visibility: str) -> None:
    """Say who may see the circle SLUG and how one comes in: open, members, approval or secret."""
    try:
        actions.set_visibility(slug, Visibility(visibility))
    except NotThere:
        raise click.ClickException(f"There is no circle {slug}.") from None
    click.echo(f"{slug} is of the kind {visibility} now.")


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
