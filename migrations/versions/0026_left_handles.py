"""Handles that somebody gave up and nobody else may take yet."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_handle",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("left_by", sa.String(64), nullable=True),
        sa.Column("free_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_left_handle"),
    )
    op.create_index("ix_left_handle_free_on", "left_handle", ["free_on"])


def downgrade() -> None:
    op.drop_table("left_handle")
