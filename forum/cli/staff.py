"""`flask staff add ADDRESS`: the first way into a new site."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select, update

from forum.accounts import actions, addresses, queries
from forum.core import clock, ids, links, seal
from forum.core.db import db, transaction
from forum.models.accounts import AddressProof, ProofPurpose, User
from forum.models.employers import EmployerLogEntry
from forum.policy.visible import Reason, unscoped
from forum.spaces.returning import let_return

group = AppGroup("staff", help="Who looks after the site.")


@group.command("add")
@click.argument("address")
@click.option("--name", default="", help="Shown on posts; the address's first part by default.")
def add(address: str, name: str) -> None:
    """Make the account with ADDRESS staff; where there is none, open it.

    Prints a link, good for 30 minutes and once, to set the password.
    """
    known = _normal(address)
    user = queries.user_by_address(known)
    if user is None:
        actions.add_user(known, name or known.partition("@")[0][:40], None, staff=True)
        click.echo(f"{known} has an account now and is staff.")
    else:
        with transaction() as session:
            session.execute(update(User).where(User.id == user.id).values(is_staff=True))
        click.echo(f"{known} is staff now.")
    link = _link(known, ProofPurpose.RESET, actions.RESET_LIFE)
    click.echo(f"Set the password within 30 minutes: {link}")


@group.command("remove")
@click.argument("address")
def remove(address: str) -> None:
    """The account with ADDRESS is no longer staff; it stays a member's account."""
    user = _account(address)
    with transaction() as session:
        session.execute(update(User).where(User.id == user.id).values(is_staff=False))
    click.echo(f"{address} is no longer staff.")


@group.command("invite")
@click.argument("address")
def invite(address: str) -> None:
    """Print the link that opens an account for ADDRESS, to be sent by hand; good for three days."""
    known = _normal(address)
    if queries.user_by_address(known):
        raise click.ClickException(f"{known} has an account already.")
    click.echo(_link(known, ProofPurpose.JOIN, actions.JOIN_LIFE))


@group.command("open-spaces")
@click.argument("address")
def open_spaces(address: str) -> None:
    """Open private spaces again to the account with ADDRESS: the last resort after a reset.

    They were closed because the reset went to a mailbox that an employer may read. Two members'
    word is the usual way; do this only when you are sure in another way that its owner asks you. It
    goes into the log of spaces, which tells no name: write the receipt and your reason down.
    """
    user = _account(address)
    if not user.spaces_locked:
        raise click.ClickException(f"Private spaces are not locked to {user.address}.")
    receipt = let_return(user.id)
    opened = user.spaces_from if user.spaces_from and user.spaces_from > clock.now() else None
    when = f"on {opened:%Y-%m-%d, %H:%M} UTC" if opened else "now"
    click.echo(f"Private spaces open to {user.address} {when}. Receipt in the log: {receipt}")


@group.command("close-account")
@click.argument("address")
@click.option("--yes", is_flag=True, help="Don't ask.")
def close_account(address: str, yes: bool) -> None:
    """Close the account with ADDRESS for good, as its owner asked.

    What they wrote in circles stays, by a former member; in private spaces it is erased post by
    post within seven days. Nothing of it can be undone.
    """
    user = _account(address)
    if not yes:
        click.confirm(f"Close the account of {user.name}, {user.address}, for good?", abort=True)
    actions.close_account(user.id)
    click.echo("Closed.")


def _account(address: str) -> User:
    user = queries.user_by_address(address.strip().lower())
    if user is None:
        raise click.ClickException(f"There is no account with {address}.")
    return user


@group.command("employer-log")
def employer_log() -> None:
    """What staff did with employers: groups, names, domains, merging. The oldest first."""
    query = select(EmployerLogEntry, User.address)
    query = query.outerjoin(User, User.id == EmployerLogEntry.staff_id)
    ordered = query.order_by(EmployerLogEntry.id)
    for entry, address in db.session.execute(unscoped(ordered, Reason.SET_UP)):
        who = address or f"account {entry.staff_id}"
        about = f"{entry.employer_public_id}  {entry.about}"
        click.echo(f"{entry.logged_on}  {who}  {entry.act.value}  {about}")


def _normal(address: str) -> str:
    try:
        return addresses.normal(address, test_domains=bool(current_app.config["DEVELOPMENT"]))
    except addresses.BadAddress as error:
        raise click.ClickException(str(error)) from None


def _link(address: str, purpose: ProofPurpose, life: timedelta) -> str:
    public_id = ids.public_id()
    token = actions.proof_token(public_id)
    with transaction() as session:
        session.add(
            AddressProof(
                id=ids.random_key(),
                public_id=public_id,
                purpose=purpose,
                address=address,
                token_digest=seal.plain_digest(token),
                expires_at=clock.now() + life,
            )
        )
    path = links.confirm(token) if purpose is ProofPurpose.JOIN else links.new_password(token)
    return str(current_app.config["SITE_URL"]) + path
