"""Who follows what, whom posts name, and what people were told of."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _watch()
    _mention()
    _notification()


def _watch() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.CheckConstraint("(circle_id IS NULL) <> (topic_id IS NULL)", name="one_place"),
        _to("watch", "user"),
        _to("watch", "circle"),
        _to("watch", "topic"),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
        sa.UniqueConstraint("topic_id", "user_id", name="uq_watch_topic_id_user_id"),
        sa.UniqueConstraint("circle_id", "user_id", name="uq_watch_circle_id_user_id"),
    )
    op.create_index("ix_watch_user_id", "watch", ["user_id"])


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        _to("mention", "post"),
        _to("mention", "user"),
        sa.PrimaryKeyConstraint("post_id", "user_id", name="pk_mention"),
    )
    op.create_index("ix_mention_user_id", "mention", ["user_id"])


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("circle_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _to("notification", "user"),
        _to("notification", "topic"),
        _to("notification", "post"),
        _to("notification", "circle"),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_notification"),
        sa.UniqueConstraint("user_id", "post_id", name="uq_notification_user_id_post_id"),
    )
    op.create_index("ix_notification_topic", "notification", ["topic_id", "user_id"])
    op.create_index("ix_notification_post_id", "notification", ["post_id"])
    _partly("ix_notification_unread", ["user_id", "topic_id"], "read_at IS NULL")
    _partly("ix_notification_read", ["read_at"], "read_at IS NOT NULL")


def _to(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{other}_id"
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name, ondelete="CASCADE")


def _partly(name: str, columns: list[str], which: str) -> None:
    where = sa.text(which)
    op.create_index(name, "notification", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("notification", "mention", "watch"):
        op.drop_table(table)
