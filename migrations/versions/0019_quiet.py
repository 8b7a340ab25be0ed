"""What somebody keeps for later; whom and which words they muted; who has blocked whom."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _bookmarks()
    _pairs("mute", "muted_id")
    op.create_table(
        "muted_word",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_muted_word_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "word", name="pk_muted_word"),
    )
    _pairs("block", "blocked_id", sa.Column("since_at", sa.DateTime(timezone=True), nullable=False))


def _bookmarks() -> None:
    op.create_table(
        "bookmark",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=f"fk_bookmark_{of}_id", ondelete="CASCADE"
            )
            for of in ("user", "topic", "post")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bookmark"),
        sa.UniqueConstraint("user_id", "post_id", name="uq_bookmark_user_id_post_id"),
    )
    op.create_index("ix_bookmark_topic_id", "bookmark", ["topic_id"])
    op.create_index("ix_bookmark_post_id", "bookmark", ["post_id"])
    op.create_index("ix_bookmark_user_topic", "bookmark", ["user_id", "topic_id"])


def _pairs(table: str, other: str, *more: sa.Column) -> None:
    """Of a person and somebody else."""
    op.create_table(
        table,
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(other, sa.BigInteger(), nullable=False),
        *more,
        sa.CheckConstraint(f"user_id <> {other}", name=op.f(f"ck_{table}_not_oneself")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["user.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
            )
            for column in ("user_id", other)
        ),
        sa.PrimaryKeyConstraint("user_id", other, name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_{other}", table, [other])


def downgrade() -> None:
    for table in ("block", "muted_word", "mute", "bookmark"):
        op.drop_table(table)
