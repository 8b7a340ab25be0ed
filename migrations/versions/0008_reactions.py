"""Reactions to a post: by a member in a circle, by a seat in a space."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reaction",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("seat", sa.String(64), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (seat IS NULL)", name="one_owner"),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_reaction_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_reaction_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reaction"),
        sa.UniqueConstraint("user_id", "post_id", "kind", name="uq_reaction_user_id_post_id_kind"),
        sa.UniqueConstraint("seat", "post_id", "kind", name="uq_reaction_seat_post_id_kind"),
    )
    op.create_index("ix_reaction_post_id", "reaction", ["post_id"])


def downgrade() -> None:
    op.drop_table("reaction")
