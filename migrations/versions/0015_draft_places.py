"""Drafts in spaces are looked for by their place."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_draft_place_in_space",
        "draft",
        ["place"],
        sqlite_where=sa.text("seat IS NOT NULL"),
        postgresql_where=sa.text("seat IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_draft_place_in_space", table_name="draft")
