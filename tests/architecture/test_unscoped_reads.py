"""A read of protected tables that forgets its scope is an error, whatever it is written in."""

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    case,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    true,
    union,
    update,
)
from sqlalchemy.orm import aliased

from forum.core.db import Base, db, transaction
from forum.models.accounts import User
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.models.outbox import JobClock
from forum.policy import identity, visible
from forum.policy.guard import PROTECTED, Reason, Unscoped, unscoped
from forum.policy.viewer import GUEST
from tests.architecture import source
from tests.support import community

pytestmark = pytest.mark.usefixtures("app_context")

MODELS = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
POST = Post.__table__
OF_ANY_POST = select(POST.c.source).limit(1).scalar_subquery()
ITS_WRITERS = select(POST.c.author_id)

FORGETFUL = {
    "columns": select(POST.c.id),
    "the model": select(Post),
    "an alias": select(aliased(Post).source),
    "an alias of the table": select(POST.alias("a").c.source),
    "a count": select(func.count()).select_from(Post),
    "a greatest": select(func.max(POST.c.id)),
    "a join": select(User.name).join(Post, Post.author_id == User.id),
    "an outer join": select(User.name).outerjoin(Post, Post.author_id == User.id),
    "a sideways join": select(User.id).join(
        select(POST.c.id).where(POST.c.author_id == User.id).lateral(), true()
    ),
    "a subquery": select(select(Post.source).subquery()),
    "a subquery in a condition": select(User.name).where(User.id.in_(ITS_WRITERS)),
    "whether there is one": select(User.id).where(exists().where(POST.c.author_id == User.id)),
    "a column of a list": select(User.id, OF_ANY_POST),
    "an order": select(User.id).order_by(OF_ANY_POST),
    "a case": select(case((User.id.in_(ITS_WRITERS), 1), else_=2)),
    "a common table expression": select(select(POST.c.source).cte("a")),
    "a write in a common table expression": select(delete(POST).returning(POST.c.id).cte("a")),
    "a union": union(select(User.name), select(POST.c.source)),
    "words": text("select source from post"),
    "words with columns": text("select source from post").columns(source=Text),
    "words in an order": select(User.id).order_by(text("1")),
    "words as a column": select(literal_column("source from post")),
    "words as a prefix": select(User.id).prefix_with(text("(select source from post),")),
    "words as an operator": select(User.name.op("|| (select source from post) ||")("")),
    "words as a hint": select(User.id).with_statement_hint("union select id from post"),
    "a table by name only": select(column("source")).select_from(table("post")),
    "the table by another description": select(Table("post", MetaData(), Column("id", Integer))),
    "an update that returns": update(POST).values(seq=1).returning(POST.c.source),
    "a deletion that returns": delete(POST).returning(POST.c.source),
    "an update from it": update(User).values(name=OF_ANY_POST),
    "an update where it says": update(User).values(name="a").where(User.id.in_(ITS_WRITERS)),
    "a deletion where it says": delete(User).where(User.id.in_(ITS_WRITERS)),
    "an insertion of what it says": insert(JobClock).from_select(["kind"], select(POST.c.source)),
    "an insertion with a value of it": insert(JobClock).values(
        kind=OF_ANY_POST, next_at=func.now()
    ),
}


@pytest.mark.parametrize("statement", FORGETFUL.values(), ids=FORGETFUL)
def test_a_read_without_a_scope_is_refused_as(statement):
    with pytest.raises(Unscoped):
        db.session.execute(statement)


@pytest.mark.parametrize("name", sorted(PROTECTED))
def test_protected_is(name):
    with pytest.raises(Unscoped, match=name):
        db.session.execute(select(MODELS[name]))


def test_every_table_that_says_who_did_what_where_is_protected():
    """Tables of accounts and of the outbox are asked about one's own rows or by the worker only."""
    rest = {"user", "sign_in", "last_seen", "address_proof", "throttle"}
    rest |= {"job", "job_clock", "letter", "address_change"}
    rest |= {"update_wish", "left_handle"}
    unprotected = set(MODELS) - PROTECTED
    assert unprotected == rest | {"imported_message"}, (
        "A new table must be put under the guard's watch (guard.PROTECTED) or, when it says "
        "nothing of who did what where, on this list."
    )


def test_getting_a_row_by_its_key_is_refused():
    with pytest.raises(Unscoped):
        db.session.get(Post, 1)


def test_refreshing_a_row_is_refused():
    ana = community.person("Ana")
    community.topic(ana, community.circle("retail"))
    with transaction():
        found = db.session.execute(visible.topics(GUEST)).scalar_one()
        with pytest.raises(Unscoped):
            db.session.refresh(found)


def test_what_a_row_left_unloaded_is_refused_later():
    community.topic(community.person("Ana"), community.circle("retail"))
    found = db.session.execute(visible.topics(GUEST)).scalar_one()
    db.session.expire(found)
    with pytest.raises(Unscoped):
        _ = found.title


def test_the_old_query_interface_is_refused():
    with pytest.raises(Unscoped):
        db.session.query(Post).all()


def test_raw_sql_is_refused():
    with pytest.raises(Unscoped):
        db.session.connection().exec_driver_sql("SELECT 1")


def test_raw_sql_behind_an_allowed_beginning_is_refused():
    with pytest.raises(Unscoped):
        db.session.connection().exec_driver_sql("BEGIN; SELECT source FROM post")


def test_a_connection_of_ones_own_is_watched_too():
    with db.engine.connect() as connection, pytest.raises(Unscoped):
        connection.execute(select(POST.c.id))


def test_a_scope_for_topics_does_not_cover_posts():
    scope = visible.topics(GUEST, Topic.id)
    assert db.session.execute(scope).all() == []
    with pytest.raises(Unscoped, match="post"):
        db.session.execute(scope.join(Post, Post.topic_id == Topic.id))


def test_a_scope_for_circles_does_not_cover_topics():
    with pytest.raises(Unscoped, match="topic"):
        db.session.execute(visible.circles(GUEST).where(exists().where(Topic.id == 1)))


def test_a_scope_for_ones_own_drafts_does_not_cover_read_marks():
    ana = community.viewer(community.person("Ana"))
    mine = visible.own(identity.owner(ana, Draft), Draft)
    assert db.session.execute(mine).all() == []
    with pytest.raises(Unscoped, match="read_mark"):
        db.session.execute(mine.where(exists().where(ReadMark.user_id == ana.id)))


def test_a_scope_used_once_covers_nothing_afterwards():
    db.session.execute(visible.posts(GUEST, Post.id)).all()
    with pytest.raises(Unscoped):
        db.session.execute(select(Post.id))


def test_the_same_words_are_judged_anew_with_and_without_a_scope():
    covered = unscoped(select(POST.c.id), Reason.COUNTERS)
    for _again in range(3):
        assert db.session.execute(covered).all() == []
        with pytest.raises(Unscoped):
            db.session.execute(select(POST.c.id))


def test_what_people_write_is_not_taken_for_the_name_of_a_table():
    found = select(User.id).where(User.name == "post, or: topic")
    assert db.session.execute(found).all() == []


def test_a_reason_of_ones_own_is_no_reason():
    with pytest.raises(TypeError):
        unscoped(select(POST.c.id), "because")  # type: ignore[type-var]


def test_the_reasons_to_read_past_the_scopes_are_these():
    assert {reason.name for reason in Reason} == {
        "ADMISSION",
        "CLAIM",
        "CLOSING",
        "EMPLOYER_NAME",
        "OWN_MEMBERSHIP",
        "COUNTERS",
        "DEPARTING",
        "IMPORT",
        "INVITING",
        "FILES",
        "KEYS",
        "LEAVING",
        "LOG",
        "ORDER",
        "OUTBOX",
        "REBUILD",
        "SET_UP",
        "TIDY",
        "TREE_POSITION",
        "VOUCHING",
        "WALL",
        "WITHDRAWING",
    }, "A new reason to read past the scopes is a visible decision: write it here too."


def test_only_these_modules_read_past_the_scopes():
    allowed = {
        "forum/accounts/actions/closing.py",
        "forum/circles/actions/belonging.py",
        "forum/circles/actions/founding.py",
        "forum/circles/queries/door.py",
        "forum/cli/demo_seed.py",
        "forum/cli/importing/memory.py",
        "forum/cli/posts.py",
        "forum/cli/spaces.py",
        "forum/cli/staff.py",
        "forum/cli/rewrapping.py",
        "forum/discussions/actions/counters.py",
        "forum/discussions/actions/mentioning.py",
        "forum/discussions/actions/sealing.py",
        "forum/discussions/actions/withdrawing.py",
        "forum/discussions/actions/writing.py",
        "forum/employments/actions/declaring.py",
        "forum/employments/letters.py",
        "forum/employments/queries/mine.py",
        "forum/files/actions.py",
        "forum/files/queries.py",
        "forum/spaces/actions.py",
        "forum/spaces/break_glass/agreeing.py",
        "forum/spaces/break_glass/asking.py",
        "forum/spaces/break_glass/rows.py",
        "forum/spaces/departing.py",
        "forum/spaces/guardians.py",
        "forum/spaces/hours.py",
        "forum/spaces/leavings.py",
        "forum/spaces/life.py",
        "forum/spaces/log.py",
        "forum/spaces/mixture.py",
        "forum/spaces/moderators.py",
        "forum/spaces/reports.py",
        "forum/spaces/sanctions.py",
        "forum/spaces/shuffling.py",
    }
    using = {
        source.name(path)
        for path in source.python_files("forum")
        if source.calls(path, "unscoped") and "policy" not in path.parts
    }
    assert using == allowed, (
        "Reading past the scopes is for the system's own book-keeping, never for a page, a list or "
        f"a mail: start from policy.visible instead. Differs: {sorted(using ^ allowed)}"
    )


def test_only_the_policy_makes_scopes():
    for path in source.python_files("forum"):
        if "policy" not in path.parts:
            assert not source.calls(path, "scoped", "covered_too"), source.name(path)
            assert "forum_scope" not in path.read_text(), source.name(path)
