"""Of visits the week is kept, apart from the account; no statistics of what is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SEALED = {
    "topic": ("sealed",),
    "post": ("sealed", "wall"),
    "read_mark": ("sealed",),
    "draft": ("sealed",),
    "report": ("sealed",),
    "space": ("wrapped_key",),
    "space_member": ("secret",),
    "departed_member": ("secret",),
    "topic_key": ("wrapped",),
    "space_sanction": ("sealed", "wall"),
    "space_notice": ("sealed",),
    "space_appeal": ("sealed",),
    "break_glass": ("sealed",),
    "space_log": ("sealed",),
}


def upgrade() -> None:
    op.create_table(
        "last_seen",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_last_seen_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_last_seen"),
    )
    op.execute(
        'INSERT INTO last_seen (user_id, week) SELECT id, seen_week FROM "user"'
        " WHERE seen_week IS NOT NULL"
    )
    op.drop_column("user", "seen_week")
    started, used = _monday("started_on"), _monday("used_on")
    op.execute(f"UPDATE sign_in SET started_on = {started}, used_on = {used}")
    op.execute(f"UPDATE sign_in SET expires_on = {_days_after('used_on', 20)}")
    op.execute("UPDATE space_member SET left_on = " + _first_of_month("left_on"))
    if not _sqlite():
        _keep_no_statistics()


def downgrade() -> None:
    op.add_column("user", sa.Column("seen_week", sa.Date(), nullable=True))
    op.execute(
        'UPDATE "user" SET seen_week ='
        ' (SELECT week FROM last_seen WHERE last_seen.user_id = "user".id)'
    )
    op.drop_table("last_seen")
    if not _sqlite():
        for table, columns in SEALED.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1")


def _keep_no_statistics() -> None:
    """ANALYZE copies values into a catalogue: a wrapped key would outlive its deletion there.

    To say a column's type again throws away what was copied before.
    """
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bytea")


def _monday(column: str) -> str:
    if _sqlite():
        return f"date({column}, 'weekday 0', '-6 days')"
    return f"date_trunc('week', {column})::date"


def _days_after(column: str, days: int) -> str:
    if _sqlite():
        return f"date({column}, '+{days} days')"
    return f"{column} + {days}"


def _first_of_month(column: str) -> str:
    if _sqlite():
        return f"date({column}, 'start of month')"
    return f"date_trunc('month', {column})::date"


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
