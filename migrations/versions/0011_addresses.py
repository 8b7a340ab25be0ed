"""Whose mailbox an address is, the way back after a reset, and members who are gone for good."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("address_kind", sa.String(20), nullable=True))
    op.add_column(
        "user",
        sa.Column("spaces_locked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "return_vouch",
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("voucher_id <> user_id", name="for_somebody_else"),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["user.id"], name="fk_return_vouch_voucher_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_return_vouch_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("voucher_id", "user_id", name="pk_return_vouch"),
    )
    op.create_index("ix_return_vouch_user_id", "return_vouch", ["user_id"])
    op.create_table(
        "departed_member",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("number BETWEEN 0 AND 65535", name="number"),
        sa.CheckConstraint("(secret IS NULL) = (ends_on IS NULL)", name="while_it_lasts"),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="fk_departed_member_space_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_departed_member"),
        sa.UniqueConstraint("space_id", "number", name="uq_departed_member_space_id_number"),
    )


def downgrade() -> None:
    op.drop_table("departed_member")
    op.drop_table("return_vouch")
    op.drop_column("user", "spaces_locked")
    op.drop_column("user", "address_kind")
