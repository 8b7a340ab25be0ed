"""What the bench makes in bulk is what the forum would have written."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from bench import topics
from bench.topics import Topics
from forum.core import clock, markup
from forum.core.db import db, transaction
from forum.discussions.actions import Text, write_reply, write_topic
from forum.models.discussions import Post, Topic
from forum.policy.visible import Reason, unscoped
from tests.support import community

OWN = {"id", "public_id", "topic_id", "parent_id", "created_at", "last_post_at", "title"}
"""Columns that differ between any two topics."""


def rows(model, topic_id: int) -> list[dict]:
    at = model.id if model is Topic else model.topic_id
    query = select(model.__table__).where(at == topic_id)
    if model is Post:
        query = query.order_by(Post.seq)
    found = db.session.execute(unscoped(query, Reason.SET_UP)).mappings()
    return [{key: value for key, value in row.items() if key not in OWN} for row in found]


def topic_id(public_id: str) -> int:
    query = select(Topic.id).where(Topic.public_id == public_id)
    return db.session.execute(unscoped(query, Reason.SET_UP)).scalar_one()


@pytest.fixture
def text() -> Text:
    return Text("Words.", markup.render("Words.", markup.Format.MARKDOWN).html)


def test_a_topic_in_bulk_has_the_rows_of_one_that_was_written(app, text):
    with app.app_context():
        ana, retail = community.person("Ana"), community.circle("retail")
        answered = [0, 1, 1, 0]
        with transaction():
            long_ago = clock.now() - timedelta(days=9)
            made = Topics(random.Random(1), long_ago, [text]).add(retail.id, [ana.id], answered)
            written = write_topic(ana.id, retail.id, "Title", text)
            places = [written.parent]
            for parent in answered:
                places.append(write_reply(ana.id, places[parent], text).parent)
        theirs, ours = topic_id(written.public_id), topic_id(made)
        assert rows(Topic, ours) == rows(Topic, theirs)
        assert rows(Post, ours) == rows(Post, theirs)
        assert len(rows(Post, ours)) == 5


def test_every_reply_answers_an_earlier_post_and_one_branch_reaches_the_full_depth():
    found = topics.parents(random.Random(3), 400, 12)
    depths = [0]
    for parent in found:
        depths.append(depths[parent] + 1)
    assert len(found) == 400
    assert max(depths) == 12
