"""Where people of a test work, in a line each.

    works_for(ana, "Northwind")                            # told, not verified
    works_for(ana, "Northwind", "northwind.example")       # and verified by a code
    worked_for(ben, "Contoso", until=date(2025, 11, 30))
    vouched_for(gil, retail, by=(ana, ben))
    group("Northwind Group", "Northwind", "Southwind")

All need an application context. Employments are named by their public ids.
"""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select, update

from forum.core.db import db, transaction
from forum.employments import actions, names, queries
from forum.employments.actions import Description, Workplace
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.employers import Employer, Employment, Tie, WorkCode
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from tests.support import community

NETWORK, MAIL_DOMAIN = "192.0.2", "forum.example"
STAFF = Viewer(id=1, is_staff=True, staff_account=True)
"""Whoever keeps the employers; their account need not exist."""
_mailboxes = count(1)


def works_for(user: User, name: str, domain: str = "", *, tie: Tie = Tie.WORKS_FOR) -> str:
    """Tell of a present employer; with a mail domain it is verified too."""
    told = _tell(user, Workplace(name, tie))
    if domain:
        verify(user, told, f"somebody-{next(_mailboxes)}@{domain}")
    return told


def worked_for(user: User, name: str, *, until: date) -> str:
    return _tell(user, Workplace(name, Tie.WORKS_FOR, ended_on=until))


def verify(user: User, employment: str, address: str) -> None:
    """Have an employment verified by a code to this address."""
    code = ask(user, employment, address)
    actions.confirm_address(community.viewer(user), employment, code)


def ask(user: User, employment: str, address: str) -> str:
    """Ask for a code to this address; the code, as whoever owns the mailbox reads it."""
    viewer = community.viewer(user)
    actions.ask_for_code(viewer, employment, address, f"192.0.{user.id % 250}", MAIL_DOMAIN)
    found = unscoped(select(WorkCode).where(WorkCode.user_id == user.id), Reason.SET_UP)
    return actions.code_of(db.session.execute(found).scalar_one().public_id)


def link(user: User, circle: Circle) -> str:
    """The token of a link that the user hands out in this circle."""
    viewer = community.viewer(user)
    actions.make_vouch_link(viewer, circle.slug)
    (mine,) = [one for one in queries.vouches(viewer) if one.slug == circle.slug]
    assert mine.token_of
    return actions.vouch_token(mine.token_of)


def vouched_for(user: User, circle: Circle, *, by: tuple[User, ...]) -> None:
    token = link(user, circle)
    for voucher in by:
        actions.vouch(community.viewer(voucher), token)


def group(name: str, *employers: str) -> None:
    """Staff put employers, known or not, into a group."""
    for employer in employers:
        actions.describe(STAFF, employer_id(employer), Description(employer, name))


def employer_id(name: str) -> str:
    """The public id of an employer, added where there is none."""
    known = queries.named(STAFF, name)
    return known.public_id if known else actions.add_employer(STAFF, name)


def add_alias(employer: str, alias: str, public_id: str) -> None:
    """Another name of an employer, as a merge leaves it, under a public id of one's choice."""
    actions.merge(STAFF, employer_id(alias), employer)
    with transaction() as session:
        here = update(Employer).where(Employer.name_key == names.key(alias))
        session.execute(here.values(public_id=public_id))


def row(name: str) -> Employer:
    """The row of a name, alias or not, as it is now."""
    found = select(Employer).where(Employer.name_key == names.key(name))
    return _fresh(found)  # type: ignore[no-any-return]


def employment_row(public_id: str) -> Employment:
    return _fresh(select(Employment).where(Employment.public_id == public_id))  # type: ignore[no-any-return]


def change(public_id: str, **values: Any) -> None:
    """Set columns of an employment as if time had passed or staff had."""
    with transaction() as session:
        here = update(Employment).where(Employment.public_id == public_id)
        assert session.execute(here.values(**values)).rowcount


def _tell(user: User, told: Workplace) -> str:
    viewer = community.viewer(user)
    before = {one.public_id for one in queries.employments(viewer)}
    actions.declare(viewer, told)
    (new,) = [one.public_id for one in queries.employments(viewer) if one.public_id not in before]
    return new


def _fresh(query: Any) -> Any:
    raw = unscoped(query, Reason.SET_UP).execution_options(populate_existing=True)
    found = db.session.execute(raw).scalar_one()
    db.session.expunge(found)
    return found
