"""What staff do with employers: names, groups, mail domains, merging; and allowing a change early.

Staff see which employers there are and never who works there. What they change holds for posts that
are written from then on, and stands in a log.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Update, delete, select, update

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.employments import domains, names, queries
from forum.employments.actions.kin import new_kin, note
from forum.models.accounts import User
from forum.models.employers import (
    ChangePermit,
    Employer,
    EmployerDomain,
    EmployerGroup,
    StaffAct,
)
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Description:
    """How an employer is called, and the group it is in; "" for none."""

    name: str
    group: str


class NameTaken(ForumError):
    status = 409
    sentence = _l("Another employer has this name, or one that differs only in how it is written.")


class NoSuchEmployer(ForumError):
    status = 422
    sentence = _l("There is no other employer of that name.")


class OtherGroup(ForumError):
    status = 409
    sentence = _l("They are in different groups. Put both into one first, or take one out.")


class DomainTaken(ForumError):
    status = 409
    sentence = _l("This domain is an employer's already.")


class NotOneEmployers(ForumError):
    status = 422
    sentence = _l("Anybody can have an address there, so it is no employer's.")


class NobodyThere(ForumError):
    status = 422
    sentence = _l("Nobody signs in with that address.")


def add_employer(viewer: Viewer, name: str) -> str:
    """Add an employer by name; its public id. Raises BadName, NameTaken."""
    _for_staff(viewer)
    new = Employer(
        id=ids.random_key(), public_id=ids.public_id(), name=name, name_key=names.key(name)
    )
    try:
        with transaction() as session:
            session.add(new)
    except Conflict:
        raise NameTaken from None
    return new.public_id


def describe(viewer: Viewer, public_id: str, words: Description) -> None:
    """Rename an employer and put it into a group, made where there is none of that name.

    The old name stays as an alias, so that who types it is still understood. Raises NotThere,
    BadName, NameTaken.
    """
    key = names.key(words.name)
    with transaction() as session:
        found = queries.entry(viewer, public_id)
        if key != found.name_key:
            _free_name(viewer, found, key)
        group_id = _group_named(viewer, words.group) if words.group else None
        with new_kin(found.id):
            session.execute(
                update(Employer)
                .where(Employer.id == found.id)
                .values(name=words.name, name_key=key, group_id=group_id)
            )
        if words.group != found.group:
            note(viewer, StaffAct.GROUPED, public_id, words.group)
        if words.name != found.name:
            note(viewer, StaffAct.RENAMED, public_id, found.name)
        if found.group_id and not queries.is_group_in_use(viewer, found.group_id):
            session.execute(delete(EmployerGroup).where(EmployerGroup.id == found.group_id))


def add_domain(viewer: Viewer, public_id: str, domain: str) -> None:
    """Say that a mail domain is an employer's. Raises NotThere, NotOneEmployers, DomainTaken.

    Only the part an organisation registers is kept: mail.firm.example is firm.example.
    """
    if domains.is_open_to_all(domain):
        raise NotOneEmployers
    try:
        with transaction() as session:
            found = queries.entry(viewer, public_id)
            owned = domains.registered(domain)
            with new_kin(found.id):
                session.add(EmployerDomain(domain=owned, employer_id=found.id))
            note(viewer, StaffAct.DOMAIN_ADDED, public_id, owned)
    except Conflict:
        raise DomainTaken from None


def end_domain(viewer: Viewer, public_id: str, domain: str) -> None:
    """Say that a mail domain is not this employer's. Walls that are up stay. NotThere."""
    with transaction() as session:
        found = queries.entry(viewer, public_id)
        theirs = (EmployerDomain.domain == domain, EmployerDomain.employer_id == found.id)
        with new_kin(found.id):
            gone = session.execute(delete(EmployerDomain).where(*theirs))
        if gone.rowcount:  # type: ignore[attr-defined]
            note(viewer, StaffAct.DOMAIN_ENDED, public_id, domain)


def merge(viewer: Viewer, public_id: str, into: str) -> str:
    """Make an employer an alias of another, given by name; the other's public id.

    Its domains and its own aliases move along; a group that only one of them is in holds for both.
    Raises NotThere, NoSuchEmployer, OtherGroup.
    """
    with transaction() as session:
        one = queries.entry(viewer, public_id)
        other = queries.named(viewer, into)
        if other is None or other.id == one.id:
            raise NoSuchEmployer
        if one.group_id and other.group_id and one.group_id != other.group_id:
            raise OtherGroup
        with new_kin(one.id, other.id):
            for change in _changes_of_merging(one, other):
                session.execute(change)
        note(viewer, StaffAct.MERGED, public_id, other.public_id)
        return other.public_id


def separate(viewer: Viewer, public_id: str, alias_id: str) -> None:
    """Undo a merge: the alias is an employer of its own again; its domains stay. NotThere."""
    with transaction() as session:
        found = queries.entry(viewer, public_id)
        with new_kin(found.id):
            parted = session.execute(
                update(Employer)
                .where(Employer.public_id == alias_id, Employer.merged_into_id == found.id)
                .values(merged_into_id=None)
            )
        if not parted.rowcount:  # type: ignore[attr-defined]
            raise NotThere
        note(viewer, StaffAct.SEPARATED, public_id, alias_id)


def allow_change(viewer: Viewer, address: str) -> None:
    """Let the member with this sign-in address change employers once, before their time.

    Raises NobodyThere. Where they work is not shown for it.
    """
    _for_staff(viewer)
    with transaction() as session:
        user_id = session.execute(select(User.id).where(User.address == address)).scalar()
        if user_id is None:
            raise NobodyThere
        session.execute(delete(ChangePermit).where(ChangePermit.user_id == user_id))
        session.add(ChangePermit(user_id=user_id, given_on=clock.today()))


def _for_staff(viewer: Viewer) -> None:
    if not viewer.is_staff:
        raise NotThere


def _changes_of_merging(one: queries.Entry, other: queries.Entry) -> tuple[Update, ...]:
    its_names = (Employer.id == one.id) | (Employer.merged_into_id == one.id)
    group_id = one.group_id or other.group_id
    return (
        update(EmployerDomain)
        .where(EmployerDomain.employer_id == one.id)
        .values(employer_id=other.id),
        update(Employer).where(its_names).values(merged_into_id=other.id, group_id=None),
        update(Employer).where(Employer.id == other.id).values(group_id=group_id),
    )


def _free_name(viewer: Viewer, found: queries.Entry, key: str) -> None:
    """Leave the old name as an alias; an alias of this employer may give its name back."""
    holder = queries.id_of_key(viewer, key)
    if holder is not None and holder[1] != found.id:
        raise NameTaken
    with transaction() as session:
        if holder is not None:  # the two change places; a name stands only once at any moment
            _call(holder[0], found.name, f"-{holder[0]}")
        _call(found.id, found.name, key)
        if holder is not None:
            _call(holder[0], found.name, found.name_key)
            return
        session.add(
            Employer(
                id=ids.random_key(),
                public_id=ids.public_id(),
                name=found.name,
                name_key=found.name_key,
                merged_into_id=found.id,
            )
        )
        session.flush()


def _call(employer_id: int, name: str, key: str) -> None:
    called = update(Employer).where(Employer.id == employer_id)
    db.session.execute(called.values(name=name, name_key=key))


def _group_named(viewer: Viewer, name: str) -> int:
    key = names.key(name)
    known = queries.group_of_key(viewer, key)
    if known is not None:
        return known
    new = EmployerGroup(id=ids.random_key(), name=name, name_key=key)
    with savepoint() as session:
        session.add(new)
    return new.id
