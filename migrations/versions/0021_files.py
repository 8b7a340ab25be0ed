"""Pictures and PDFs, and the posts that carry them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(width IS NULL) = (height IS NULL)", name=op.f("ck_stored_file_both_sides")
        ),
        sa.CheckConstraint(
            "(kind = 'webp') = (width IS NOT NULL)",
            name=op.f("ck_stored_file_pictures_have_sides"),
        ),
        sa.CheckConstraint(
            "(kind = 'pdf') = (name <> '')", name=op.f("ck_stored_file_documents_have_names")
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_stored_file_not_empty")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_stored_file_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stored_file"),
        sa.UniqueConstraint("public_id", name="uq_stored_file_public_id"),
    )
    op.create_index("ix_stored_file_user", "stored_file", ["user_id", "id"])
    op.create_table(
        "post_file",
        sa.Column("post_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_file_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name="fk_post_file_file_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "file_id", name="pk_post_file"),
    )
    op.create_index("ix_post_file_file", "post_file", ["file_id"])


def downgrade() -> None:
    op.drop_table("post_file")
    op.drop_table("stored_file")
