"""On random worlds: a wall stands between two people where they are colleagues, and stays."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from forum.core import ids
from forum.core.db import db, transaction
from forum.employments.actions.kin import write_kin
from forum.models.accounts import User
from forum.models.employers import (
    Employer,
    EmployerDomain,
    EmployerGroup,
    EmployerKin,
    Employment,
    KinMember,
    Tie,
)
from forum.policy.workplaces import a_year_before, author_entries, viewer_entries
from tests.support import community

TODAY = date(2026, 3, 2)
EMPLOYERS, GROUPS, DOMAINS = 5, 2, ("a.example", "b.example", "c.example")


@dataclass(frozen=True)
class Job:
    """One line of somebody's list: which employer, which proved domain, how many days ago over."""

    employer: int
    domain: str | None
    ended: int | None


jobs = st.builds(
    Job,
    st.integers(0, EMPLOYERS - 1),
    st.none() | st.sampled_from(DOMAINS),
    st.none() | st.integers(0, 800),
)
people = st.lists(jobs, max_size=3)
ties = {
    "group": st.lists(st.none() | st.integers(0, GROUPS - 1), min_size=5, max_size=5),
    "alias_of": st.lists(st.none() | st.integers(0, 1), min_size=3, max_size=3),
    "owner": st.lists(st.none() | st.integers(0, 1), min_size=3, max_size=3),
}
worlds = st.fixed_dictionaries({**ties, "one": people, "other": people})
later_ties = st.fixed_dictionaries(ties)


def settle(world, users: tuple[User, User]) -> None:
    """Employers 0 and 1 are never aliases; 2 to 4 may stand for one of them."""
    with transaction() as session:
        for table in (Employment, KinMember, EmployerKin, EmployerDomain, Employer, EmployerGroup):
            session.execute(delete(table))
        for number in range(GROUPS):
            session.add(EmployerGroup(id=number + 1, name=f"G{number}", name_key=f"g{number}"))
        session.flush()
        for number in range(EMPLOYERS):
            names = {"name": f"E{number}", "name_key": f"e{number}"}
            session.add(Employer(id=number + 1, public_id=ids.public_id(), **names))
            session.flush()
        for user, name in zip(users, ("one", "other"), strict=True):
            session.add_all(_row(user, job) for job in world[name])
    tie(world)


def tie(world) -> None:
    """Let staff say who belongs together, whatever they said before."""
    with transaction() as session:
        session.execute(delete(EmployerDomain))
        for number in range(EMPLOYERS):
            root = root_of(world, number)
            is_alias = root != number
            values = {
                "merged_into_id": root + 1 if is_alias else None,
                "group_id": None if is_alias else group_of(world, number),
            }
            session.execute(update(Employer).where(Employer.id == number + 1).values(**values))
        for domain, owner in zip(DOMAINS, world["owner"], strict=True):
            if owner is not None:
                session.add(EmployerDomain(domain=domain, employer_id=owner + 1))
        session.flush()
        for number in range(EMPLOYERS):
            write_kin(number + 1)
    db.session.rollback()


def _row(user: User, job: Job) -> Employment:
    return Employment(
        id=ids.random_key(),
        public_id=ids.public_id(),
        user_id=user.id,
        employer_id=job.employer + 1,
        told_name="Told",
        tie=Tie.WORKS_FOR,
        told_on=TODAY,
        ended_on=None if job.ended is None else TODAY - timedelta(days=job.ended),
        verified_on=TODAY if job.domain else None,
        verified_domain=job.domain,
    )


def root_of(world, number: int) -> int:
    alias_of = world["alias_of"][number - 2] if number >= 2 else None
    return number if alias_of is None else alias_of


def group_of(world, number: int) -> int | None:
    group = world["group"][number]
    return None if group is None else group + 1


def at(world, job: Job) -> set[str]:
    """The families somebody with this job belongs to, worked out in the plainest way."""
    roots = {root_of(world, job.employer)}
    found = set()
    if job.domain:
        found.add(job.domain)
        owner = world["owner"][DOMAINS.index(job.domain)]
        roots |= set() if owner is None else {owner}
    for root in roots:
        group = group_of(world, root)
        found.add(f"root {root}" if group is None else f"group {group}")
    return found


def belongs(world, name: str, *, at_least: date) -> set[str]:
    lasting = [
        job
        for job in world[name]
        if job.ended is None or TODAY - timedelta(days=job.ended) >= at_least
    ]
    return set().union(*(at(world, job) for job in lasting))


@pytest.fixture
def users(app_context: None) -> tuple[User, User]:
    return community.person("One"), community.person("Other")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds)
def test_the_wall_between_two_people_stands_exactly_where_they_are_colleagues(users, world):
    settle(world, users)
    assert walled(users) == are_colleagues(world)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, st.lists(later_ties, min_size=1, max_size=3))
def test_nothing_that_staff_do_changes_what_a_wall_that_is_up_holds_back(users, world, acts):
    settle(world, users)
    wall = author_entries(users[0].id, TODAY)
    before = wall.isdisjoint(held(users[1]))
    for act in acts:
        tie(act)
        assert wall.isdisjoint(held(users[1])) == before
        assert walled(users) == are_colleagues(world | act)


def held(user: User) -> set[tuple[str, str]]:
    last_year = a_year_before(TODAY)
    return {
        (kind, value)
        for kind, value, until in viewer_entries(user.id)
        if until is None or until >= last_year
    }


def walled(users: tuple[User, User]) -> bool:
    return not author_entries(users[0].id, TODAY).isdisjoint(held(users[1]))


def are_colleagues(world) -> bool:
    last_year = a_year_before(TODAY)
    author = belongs(world, "one", at_least=last_year + timedelta(days=1))
    return not author.isdisjoint(belongs(world, "other", at_least=last_year))
