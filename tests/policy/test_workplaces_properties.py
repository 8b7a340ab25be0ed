"""On random worlds: a wall stands between two people exactly where they are colleagues."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from forum.core import ids
from forum.core.db import db, transaction
from forum.models.accounts import User
from forum.models.employers import Employer, EmployerDomain, EmployerGroup, Employment, Tie
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
worlds = st.fixed_dictionaries(
    {
        "group": st.lists(st.none() | st.integers(0, GROUPS - 1), min_size=5, max_size=5),
        "alias_of": st.lists(st.none() | st.integers(0, 1), min_size=3, max_size=3),
        "owner": st.lists(st.none() | st.integers(0, 1), min_size=3, max_size=3),
        "one": people,
        "other": people,
    }
)


def settle(world, users: tuple[User, User]) -> None:
    """Employers 0 and 1 are never aliases; 2 to 4 may stand for one of them."""
    with transaction() as session:
        for table in (Employment, EmployerDomain, Employer, EmployerGroup):
            session.execute(delete(table))
        for number in range(GROUPS):
            session.add(EmployerGroup(id=number + 1, name=f"G{number}", name_key=f"g{number}"))
        session.flush()
        for number in range(EMPLOYERS):
            root = root_of(world, number)
            session.add(
                Employer(
                    id=number + 1,
                    public_id=ids.public_id(),
                    name=f"E{number}",
                    name_key=f"e{number}",
                    merged_into_id=root + 1 if root != number else None,
                    group_id=None if root != number else group_of(world, number),
                )
            )
            session.flush()
        for domain, owner in zip(DOMAINS, world["owner"], strict=True):
            if owner is not None:
                session.add(EmployerDomain(domain=domain, employer_id=owner + 1))
        for user, name in zip(users, ("one", "other"), strict=True):
            session.add_all(_row(user, job) for job in world[name])
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
    last_year = a_year_before(TODAY)
    author = belongs(world, "one", at_least=last_year + timedelta(days=1))
    viewer = belongs(world, "other", at_least=last_year)
    held = {
        (kind, value)
        for kind, value, until in viewer_entries(users[1].id)
        if until is None or until >= last_year
    }
    wall = author_entries(users[0].id, TODAY)
    assert wall.isdisjoint(held) == author.isdisjoint(viewer)
