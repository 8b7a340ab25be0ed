"""Pictures of private spaces: those of posts, and those that are yet to be posted."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_picture",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="fk_waiting_picture_space_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_picture"),
        sa.UniqueConstraint("public_id", name="uq_waiting_picture_public_id"),
    )
    op.create_index("ix_waiting_picture_space_id", "waiting_picture", ["space_id"])
    op.create_index("ix_waiting_picture_kept_on", "waiting_picture", ["kept_on"])
    op.create_table(
        "sealed_picture",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_sealed_picture_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_picture"),
        sa.UniqueConstraint("public_id", name="uq_sealed_picture_public_id"),
    )
    op.create_index("ix_sealed_picture_post_id", "sealed_picture", ["post_id"])
    if op.get_context().dialect.name != "sqlite":
        # ANALYZE would copy values into a catalogue, where they outlive their deletion
        for table in ("waiting_picture", "sealed_picture"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN sealed SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("sealed_picture")
    op.drop_table("waiting_picture")
