"""Jobs to be done and letters to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe", sa.String(80), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("dedupe", name="uq_job_dedupe"),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["due_at"],
        sqlite_where=sa.text("dead_at IS NULL"),
        postgresql_where=sa.text("dead_at IS NULL"),
    )
    op.create_table(
        "job_clock",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_job_clock"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.String(120), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_letter_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("event", "recipient", name="uq_letter_event_recipient"),
        sa.UniqueConstraint("message_id", name="uq_letter_message_id"),
        sa.UniqueConstraint("public_id", name="uq_letter_public_id"),
    )
    op.create_index("ix_letter_state", "letter", ["state", "queued_at"])
    op.create_index("ix_letter_user_id", "letter", ["user_id"])


def downgrade() -> None:
    op.drop_table("letter")
    op.drop_table("job_clock")
    op.drop_table("job")
