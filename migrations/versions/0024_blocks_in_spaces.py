"""Blocks that hold in private spaces too."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "space_block",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("blocked_id", sa.BigInteger(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("user_id <> blocked_id", name=op.f("ck_space_block_not_oneself")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_space_block_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["user.id"], name="fk_space_block_blocked_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "blocked_id", "since_on", name="pk_space_block"),
    )
    op.create_index("ix_space_block_blocked_id", "space_block", ["blocked_id"])
    op.create_index("ix_space_block_ended_on", "space_block", ["ended_on"])


def downgrade() -> None:
    op.drop_table("space_block")
