"""What archives have brought into circles."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_message",
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("message_digest", sa.String(64), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"],
            ["circle.id"],
            name="fk_imported_message_circle_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_imported_message_post_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("circle_id", "message_digest", name="pk_imported_message"),
    )
    op.create_index("ix_imported_message_post", "imported_message", ["post_id"])


def downgrade() -> None:
    op.drop_table("imported_message")
