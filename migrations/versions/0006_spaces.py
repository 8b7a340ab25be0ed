"""Private spaces: members, topics' keys, and sealed text in place of plain in what is theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SEALED = (
    (
        "topic",
        "space_id",
        (
            "title = '' AND last_seq = 0 AND reply_count = 0 AND gone = ''"
            " AND last_author_id IS NULL AND pinned_at IS NULL AND hidden_reason IS NULL"
        ),
    ),
    (
        "post",
        "pseudonym_id",
        (
            "source = '' AND html = '' AND child_count = 0"
            " AND edited_at IS NULL AND hidden_reason IS NULL"
        ),
    ),
    ("read_mark", "seat", "read = ''"),
    ("draft", "seat", "title = '' AND body = ''"),
    ("report", "seat", "words = ''"),
)
"""Table, the column that is set in a space, and what then stands nowhere but in `sealed`."""


def upgrade() -> None:
    _replace_space(
        [
            sa.Column("public_id", sa.String(12), nullable=False),
            sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
            sa.Column("opened_on", sa.Date(), nullable=True),
            sa.Column("read_only_from", sa.Date(), nullable=True),
            sa.Column("life_days", sa.BigInteger(), nullable=False),
            sa.CheckConstraint("life_days BETWEEN 30 AND 365", name="life_days"),
            sa.UniqueConstraint("public_id", name="uq_space_public_id"),
        ]
    )
    op.create_table(
        "space_member",
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("number BETWEEN 0 AND 65535", name="number"),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="fk_space_member_space_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_space_member_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("space_id", "user_id", name="pk_space_member"),
        sa.UniqueConstraint("space_id", "number", name="uq_space_member_space_id_number"),
    )
    op.create_index("ix_space_member_user_id", "space_member", ["user_id"])
    op.create_table(
        "topic_key",
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("erases_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="fk_topic_key_space_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name="pk_topic_key"),
    )
    op.create_index("ix_topic_key_list", "topic_key", ["space_id", "opened_on", "topic_id"])
    op.create_index("ix_topic_key_closes_on", "topic_key", ["closes_on"])
    op.create_index("ix_topic_key_erases_on", "topic_key", ["erases_on"])
    for table, column, empty in SEALED:
        _add_sealed(
            table,
            "sealed",
            sealed_in_space=f"({column} IS NULL) = (sealed IS NULL)",
            no_plain_text_in_space=f"{column} IS NULL OR ({empty})",
        )
    _add_sealed("post", "wall", wall_in_space="(pseudonym_id IS NULL) = (wall IS NULL)")
    op.add_column("draft", sa.Column("version", sa.String(12), nullable=False, server_default="0"))
    op.add_column("user", sa.Column("spaces_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to tables without a space; what was written in one cannot be kept and goes."""
    for table, column in (
        *(("report", "seat"), ("draft", "seat"), ("read_mark", "seat"), ("submit_nonce", "seat")),
        *(("post", "pseudonym_id"), ("topic", "space_id")),
    ):
        op.execute(f"DELETE FROM {table} WHERE {column} IS NOT NULL")
    op.drop_column("user", "spaces_from")
    op.drop_column("draft", "version")
    _drop_sealed("post", "wall", "wall_in_space")
    for table, _column, _empty in SEALED:
        _drop_sealed(table, "sealed", "sealed_in_space", "no_plain_text_in_space")
    op.drop_table("topic_key")
    op.drop_table("space_member")
    _replace_space([sa.Column("opened_on", sa.Date(), nullable=False)])


def _replace_space(columns: list[sa.schema.SchemaItem]) -> None:
    """The table of spaces anew: there was none before this, so nothing is lost."""
    if not _sqlite():
        op.drop_constraint("fk_topic_space_id", "topic")
    op.drop_table("space")
    op.create_table(
        "space",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name="fk_space_circle_id"),
        sa.PrimaryKeyConstraint("id", name="pk_space"),
        sa.UniqueConstraint("circle_id", name="uq_space_circle_id"),
    )
    if not _sqlite():
        op.create_foreign_key("fk_topic_space_id", "topic", "space", ["space_id"], ["id"])


def _add_sealed(table: str, name: str, **checks: str) -> None:
    """A column of bytes with its checks, in one statement that copies no table."""
    kind = "BLOB" if _sqlite() else "BYTEA"
    rules = " ".join(
        f"CONSTRAINT ck_{table}_{check} CHECK ({rule})" for check, rule in checks.items()
    )
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} {rules}")


def _drop_sealed(table: str, name: str, *checks: str) -> None:
    if not _sqlite():  # on SQLite they go with the column they came with
        for check in checks:
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{check}")
    op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
