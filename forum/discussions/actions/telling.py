"""What a topic of a circle says of itself."""

from __future__ import annotations

from sqlalchemy import delete, update

from forum.core.db import db
from forum.discussions.about import TopicFacts
from forum.discussions.actions.writing import company_columns, put_tags
from forum.models.discussions import Topic, TopicTag


def say_facts(topic_id: int, facts: TopicFacts) -> None:
    """Put other facts over a circle's topic. In a transaction that has locked the topic."""
    said = {"wish": facts.wish, **company_columns(facts.company)}
    here = update(Topic).where(Topic.id == topic_id).values(**said)
    db.session.execute(here.execution_options(synchronize_session=False))
    gone = delete(TopicTag).where(TopicTag.topic_id == topic_id)
    db.session.execute(gone.execution_options(synchronize_session=False))
    put_tags(topic_id, facts.tags)
