"""Circles and who is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "circle",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("purpose", sa.String(500), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("rules_html", sa.Text(), nullable=False),
        sa.Column("hue", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("isic", sa.String(1), nullable=True),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("member_count", sa.BigInteger(), nullable=False),
        sa.Column("topic_count", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'industry') = (isic IS NOT NULL)", name="isic_if_industry"),
        sa.CheckConstraint("hue >= 0 AND hue < 24", name="hue"),
        sa.PrimaryKeyConstraint("id", name="pk_circle"),
        sa.UniqueConstraint("slug", name="uq_circle_slug"),
    )
    op.create_table(
        "membership",
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circle.id"], name="fk_membership_circle_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_membership_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_id", "user_id", name="pk_membership"),
    )
    op.create_index("ix_membership_user", "membership", ["user_id", "circle_id"])


def downgrade() -> None:
    op.drop_table("membership")
    op.drop_table("circle")
