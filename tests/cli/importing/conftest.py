"""The import command, run in an application of its own, and a look at what it left."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from forum.cli.importing.command import group
from forum.core.db import db
from forum.models.accounts import User
from forum.models.discussions import Post, Topic
from forum.policy.visible import Reason, unscoped
from tests.support import community


@dataclass
class Importer:
    """Runs the command and looks at what it left in the circle depots."""

    app: Flask

    def run(self, path, *options, circle="depots"):
        runner = self.app.test_cli_runner()
        return runner.invoke(group, ["mbox", str(path), "--circle", circle, *options])

    def trees(self):
        """Every topic as its title and indented first lines, with authors."""
        with self.app.app_context():
            db.session.rollback()
            query = (
                select(Topic.title, Post.path, Post.source, User.name)
                .join(Post, Post.topic_id == Topic.id)
                .join(User, User.id == Post.author_id)
                .order_by(Topic.id, Post.path)
            )
            rows = db.session.execute(unscoped(query, Reason.IMPORT)).all()
        topics = {}
        for title, path, source, name in rows:
            line = "  " * (len(path) // 4) + f"{name}: {source.splitlines()[0]}"
            topics.setdefault(title, []).append(line)
        return topics

    def rows(self, query):
        with self.app.app_context():
            db.session.rollback()
            return db.session.execute(unscoped(query, Reason.IMPORT)).all()

    def count(self, model):
        return len(self.rows(select(*model.__table__.primary_key)))

    def sources(self):
        return [row.source for row in self.rows(select(Post.source).order_by(Post.id))]


@pytest.fixture
def importer(app):
    with app.app_context():
        community.circle("depots")
        community.circle("quays")
    return Importer(app)
