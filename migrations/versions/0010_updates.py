"""Letters on days with something new: who wants them, and who looked on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IN_SPACES = sa.text("pseudonym_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "update_wish",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("told_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_update_wish_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_update_wish"),
    )
    op.create_index("ix_update_wish_told_to", "update_wish", ["told_to"])
    op.create_table(
        "space_visit",
        sa.Column("seat", sa.String(64), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="fk_space_visit_space_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seat", name="pk_space_visit"),
    )
    op.create_index("ix_space_visit_visited_on", "space_visit", ["visited_on"])
    op.create_index(
        "ix_post_space_day",
        "post",
        ["created_at"],
        sqlite_where=IN_SPACES,
        postgresql_where=IN_SPACES,
    )


def downgrade() -> None:
    op.drop_index("ix_post_space_day", "post")
    op.drop_table("space_visit")
    op.drop_table("update_wish")
