"""In the morning no file tells in which order, or at what time, anything was done."""

import logging
from bisect import bisect_left

import psycopg
import pytest
from sqlalchemy import literal_column, select

from forum.core import upkeep
from forum.core.db import db
from forum.models.accounts import LastSeen, SignIn
from forum.models.discussions import Post, ReadMark
from forum.policy.visible import Reason, unscoped
from forum.spaces import shuffling
from tests.support import community, spaces
from tests.support.database_files import LOG

on_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
STRANGERS = 3


def kept(table, what: str, where=None) -> list:
    """What the database keeps for itself of the rows of a table, in the order of their places."""
    db.session.rollback()
    place = "rowid" if db.engine.dialect.name == "sqlite" else "ctid"
    found = select(literal_column(what)).select_from(table.__table__)
    found = found.order_by(literal_column(place))
    found = found if where is None else found.where(where)
    told = list(db.session.execute(unscoped(found, Reason.TIDY)).scalars())
    db.session.rollback()
    return told


def in_order(ids: list[int]) -> int:
    """How many of them can be kept so that they rise: all but one if a row took a place let go."""
    tails: list[int] = []
    for each in ids:
        tails[(place := bisect_left(tails, each)) : place + 1] = [each]
    return len(tails)


@pytest.fixture
def visited(app, scene, held_clock) -> list[int]:
    """All members, and some who are none, come one after the other and read in the circle."""
    topic = community.topic(scene["Ana"], scene.circle)
    strangers = [community.person(f"Stranger{number}") for number in range(STRANGERS)]
    come = [*scene.people.values(), *strangers]
    spaces.sealed_topic(scene["Ana"], scene.space)
    browsers = [app.test_client() for _person in come]
    for person, client in zip(come, browsers, strict=True):
        community.sign_in(client, person)
    held_clock.forward(days=7)
    for client in browsers:
        client.get(f"/t/{topic}")
        client.get("/")
    return [person.id for person in come]


@pytest.mark.parametrize("table", [SignIn, LastSeen, ReadMark])
def test_visits_do_not_lie_in_the_order_in_which_they_were_made(visited, scene, table):
    members = [person.id for person in scene.people.values()]
    made = [who for who in kept(table, "user_id") if who in members]
    assert in_order(made) >= len(members) - 1, "the test must see the order that is to be hidden"
    shuffling.shuffle()
    told = [who for who in kept(table, "user_id") if who in members]
    assert sorted(told) == sorted(members)
    assert max(in_order(told), in_order(told[::-1])) < len(members) - 1


@on_postgresql
def test_visits_are_of_the_version_of_all_that_is_sealed(visited, scene):
    members = [person.id for person in scene.people.values()]
    shuffling.shuffle()
    sealed = kept(Post, "xmin::text", Post.pseudonym_id.is_not(None))
    for table in (SignIn, LastSeen, ReadMark):
        assert set(kept(table, "xmin::text", table.user_id.in_(members))) == set(sealed)


@on_postgresql
def test_what_strangers_to_every_space_read_is_left_alone(visited, scene):
    before = kept(ReadMark, "xmin::text", ReadMark.user_id.in_(visited[-STRANGERS:]))
    shuffling.shuffle()
    assert kept(ReadMark, "xmin::text", ReadMark.user_id.in_(visited[-STRANGERS:])) == before


def test_no_file_holds_a_row_twice(scene, files):
    """A second one would be as it lay before, between those that were written before and after."""
    people = list(scene.people.values())
    topics = spaces.many_topics(people, scene.space, 40)
    for number, topic in enumerate(topics[:20]):
        spaces.sealed_reply(people[(number + 5) % 9], topic)
    for _night in range(2):
        shuffling.shuffle()
    files.settle()
    everything = b"".join(content for _name, content in files.contents())
    sealed = [bytes(each)[:24] for each in kept(Post, "sealed", Post.pseudonym_id.is_not(None))]
    assert {everything.count(each) for each in sealed} == {1}


@on_postgresql
def test_the_write_ahead_log_is_let_go(scene, files):
    topic = spaces.sealed_topic(scene["Ana"], scene.space)
    logged = spaces.wall_of(topic)[:24]
    files.settle()
    assert any(LOG in name for name in files.holding(logged))
    shuffling.shuffle()
    assert not any(LOG in name for name in files.holding(logged))


@on_postgresql
def test_where_that_is_not_allowed_it_is_said_and_the_rest_is_done(scene, monkeypatch, caplog):
    monkeypatch.setattr(upkeep, "_MAY_CLEAR_LOG", "SELECT false")
    spaces.sealed_topic(scene["Ana"], scene.space)
    with caplog.at_level(logging.WARNING):
        assert shuffling.shuffle() > 0
    assert "write-ahead log" in caplog.text


@on_postgresql
@pytest.mark.parametrize("grants", [(), ("log",), ("checkpoint",), ("log", "checkpoint")])
def test_it_needs_two_grants_and_no_superuser(files, database, grants):
    words = {
        "log": "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO a_site",
        "checkpoint": "GRANT pg_checkpoint TO a_site",
    }
    with psycopg.connect(files.plain_url) as connection:
        connection.execute("CREATE ROLE a_site")
        for grant in grants:
            connection.execute(words[grant])
        connection.execute("SET ROLE a_site")
        assert connection.execute(upkeep._MAY_CLEAR_LOG).fetchone() == (len(grants) == 2,)
        connection.rollback()
