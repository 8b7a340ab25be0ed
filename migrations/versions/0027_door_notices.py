"""Notices of what happens at a circle's door are found by their circle."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_NAME = "ix_notification_circle"


def upgrade() -> None:
    there = sa.text("circle_id IS NOT NULL")
    op.create_index(
        _NAME,
        "notification",
        ["circle_id", "user_id"],
        sqlite_where=there,
        postgresql_where=there,
    )


def downgrade() -> None:
    op.drop_index(_NAME, "notification")
