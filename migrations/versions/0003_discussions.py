"""Topics, posts, and what a person leaves at them: a user or a seat, an author or a pseudonym."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "space",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name="fk_space_circle_id"),
        sa.PrimaryKeyConstraint("id", name="pk_space"),
        sa.UniqueConstraint("circle_id", name="uq_space_circle_id"),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("pseudonym_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_post_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_author_id", sa.BigInteger(), nullable=True),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("reply_count", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(500), nullable=True),
        sa.CheckConstraint("(author_id IS NULL) <> (pseudonym_id IS NULL)", name="one_writer"),
        sa.CheckConstraint(
            "(space_id IS NULL) = (pseudonym_id IS NULL)", name="pseudonym_in_space"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name="fk_topic_author_id"),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name="fk_topic_circle_id"),
        sa.ForeignKeyConstraint(["last_author_id"], ["user.id"], name="fk_topic_last_author_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_topic_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("public_id", name="uq_topic_public_id"),
    )
    op.create_index("ix_topic_active", "topic", ["last_post_at", "id"])
    op.create_index("ix_topic_author", "topic", ["author_id", "id"])
    op.create_index("ix_topic_circle_active", "topic", ["circle_id", "last_post_at", "id"])
    op.create_index("ix_topic_circle_new", "topic", ["circle_id", "id"])
    op.create_index(
        "ix_topic_circle_unanswered",
        "topic",
        ["circle_id", "id"],
        sqlite_where=sa.text("reply_count = 0"),
        postgresql_where=sa.text("reply_count = 0"),
    )
    op.create_table(
        "pseudonym",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name="fk_pseudonym_topic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pseudonym"),
        sa.UniqueConstraint("topic_id", "name", name="uq_pseudonym_topic_id_name"),
    )
    op.create_index("ix_pseudonym_topic_id", "pseudonym", ["topic_id"])
    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("pseudonym_id", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column(
            "path",
            sa.String(1600).with_variant(sa.String(1600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("child_count", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("render_version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(500), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(author_id IS NULL) <> (pseudonym_id IS NULL)", name="one_writer"),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name="fk_post_author_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["post.id"], name="fk_post_parent_id"),
        sa.ForeignKeyConstraint(["pseudonym_id"], ["pseudonym.id"], name="fk_post_pseudonym_id"),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name="fk_post_topic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("public_id", name="uq_post_public_id"),
        sa.UniqueConstraint("topic_id", "path", name="uq_post_topic_id_path"),
        sa.UniqueConstraint("topic_id", "seq", name="uq_post_topic_id_seq"),
    )
    op.create_index("ix_post_author", "post", ["author_id", "id"])
    op.create_index("ix_post_parent", "post", ["parent_id"])
    op.create_index("ix_post_topic_time", "post", ["topic_id", "id"])
    op.create_table(
        "read_mark",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("seat", sa.String(64), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (seat IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name="fk_read_mark_topic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_read_mark_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_read_mark"),
        sa.UniqueConstraint("seat", "topic_id", name="uq_read_mark_seat_topic_id"),
        sa.UniqueConstraint("user_id", "topic_id", name="uq_read_mark_user_id_topic_id"),
    )
    op.create_index("ix_read_mark_topic_id", "read_mark", ["topic_id"])
    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("seat", sa.String(64), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (seat IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_draft_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("public_id", name="uq_draft_public_id"),
        sa.UniqueConstraint("seat", "place", name="uq_draft_seat_place"),
        sa.UniqueConstraint("user_id", "place", name="uq_draft_user_id_place"),
    )
    op.create_table(
        "submit_nonce",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("seat", sa.String(64), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (seat IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_submit_nonce_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_submit_nonce_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submit_nonce"),
        sa.UniqueConstraint("seat", "nonce", name="uq_submit_nonce_seat_nonce"),
        sa.UniqueConstraint("user_id", "nonce", name="uq_submit_nonce_user_id_nonce"),
    )
    op.create_index("ix_submit_nonce_post_id", "submit_nonce", ["post_id"])
    op.create_index("ix_submit_nonce_used_on", "submit_nonce", ["used_on"])
    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("seat", sa.String(64), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (seat IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_report_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_report_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("public_id", name="uq_report_public_id"),
        sa.UniqueConstraint("seat", "post_id", name="uq_report_seat_post_id"),
        sa.UniqueConstraint("user_id", "post_id", name="uq_report_user_id_post_id"),
    )
    op.create_index("ix_report_post_id", "report", ["post_id"])


def downgrade() -> None:
    op.drop_table("report")
    op.drop_table("submit_nonce")
    op.drop_table("draft")
    op.drop_table("read_mark")
    op.drop_table("post")
    op.drop_table("pseudonym")
    op.drop_table("topic")
    op.drop_table("space")
