"""Keeping order leaves no row that ties a person to a topic, and bars the barred alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime, inspect

from forum.core import names
from forum.core.db import Base
from forum.core.seal import Secret
from forum.models import guarding
from forum.models.accounts import User
from forum.models.guarding import Ability, Grounds, Guardian
from forum.models.spaces import SpaceMember
from forum.policy.allowed import Barred
from forum.policy.identity import Voice, mark
from forum.spaces import break_glass
from forum.spaces.reports import settle, take
from forum.spaces.sanctions import appeal, bar, warn
from tests.support import spaces
from tests.support.watched import GUARDIANS, rows

TABLES = sorted(
    (
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_.__module__ == guarding.__name__
    ),
    key=lambda table: table.__tablename__,
)


def everything_happens(watched) -> None:
    """Sanctions, notices, an appeal, reports and a broken glass in one space."""
    dora, ben = watched.reads("dora"), watched.reads("ben")
    answer = spaces.sealed_reply(watched.ben, watched.topic)
    warn(dora, answer, "Please.")
    sanction = bar(dora, answer, Ability.OPEN, 30, "Again.")
    appeal(ben, sanction, "No.")
    for reporter in (watched.ben, watched.cara, watched.finn):
        spaces.report(reporter, watched.topic)
    take(dora, watched.here.public_id)
    settle(dora, watched.topic, hide=False)
    request = break_glass.ask(dora, watched.topic, Grounds.BINDING_ORDER, "An order.")
    for name in GUARDIANS:
        if break_glass.requests(watched.reads(name)):
            break_glass.agree(watched.reads(name), request, "Valid.")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__tablename__)
def test_no_table_has_a_place_for_both_a_person_and_a_topic(table):
    columns = table.__table__.columns
    people = {column.key for column in columns if "user" in str(column.foreign_keys)}
    if table is Guardian:
        assert set(columns.keys()) == {"user_id", "named_on"}
    else:
        assert not people
        assert not {"user_id", "author_id", "member_id"} & set(columns.keys())


def test_no_row_holds_anything_that_is_kept_of_a_person(watched):
    everything_happens(watched)
    known = set()
    for user in rows(User):
        known |= {str(user.id), user.public_id, user.name, user.address}
    for member in rows(SpaceMember):
        known |= {str(member.number), member.secret.hex()}
    for table in TABLES:
        found = rows(table)
        assert found or table in {Guardian, guarding.ModeratedHours, guarding.ReportCase}, table
        if table is Guardian:
            continue
        for row in found:
            kept = [getattr(row, column.key) for column in inspect(table).columns]
            values = {each.hex() if isinstance(each, bytes) else str(each) for each in kept}
            assert not known & values, table
            assert not any(
                secret in value for secret in known if len(secret) > 8 for value in values
            )


def test_no_row_tells_a_time_but_the_end_of_a_request():
    timed = {
        f"{table.__tablename__}.{column.key}"
        for table in TABLES
        for column in table.__table__.columns
        if isinstance(getattr(column.type, "impl", column.type), DateTime)
    }
    assert timed == {"break_glass.expires_at"}


def test_marks_of_one_person_for_two_topics_or_two_requests_cannot_be_joined():
    one, other = Secret.new(), Secret.new()
    marks = {mark(key, 7, purpose) for key in (one, other) for purpose in ("a", "b")}
    assert len(marks) == 4


@given(st.binary(min_size=32, max_size=32), st.sets(st.integers(0, 65_535), min_size=2, max_size=9))
def test_a_handle_means_one_member_whatever_the_key(raw, numbers):
    """Else somebody would be barred, or named, for what another wrote."""
    handles = [Voice(Secret(raw), b"", number).name for number in numbers]
    assert len(set(handles)) == len(handles)
    assert all(names.number(handle) is not None for handle in handles)


@pytest.mark.parametrize("barred", [set(), {"ben"}, {"cara", "finn"}, {"ben", "cara", "finn"}])
def test_of_all_members_exactly_the_barred_are_refused_in_every_topic(watched, barred):
    people = {name: watched.people[name] for name in ("ana", "ben", "cara", "finn")}
    topics = spaces.many_topics([watched.ana, watched.finn], watched.here, 3)
    theirs = {name: spaces.sealed_reply(people[name], topics[0]) for name in barred}
    for post in theirs.values():
        bar(watched.reads("dora"), post, Ability.WRITE, 9, "So.")
    for topic in topics:
        refused = {name for name, person in people.items() if is_refused(person, topic)}
        assert refused == barred


def is_refused(person, topic) -> bool:
    try:
        spaces.sealed_reply(person, topic)
    except Barred:
        return True
    return False
