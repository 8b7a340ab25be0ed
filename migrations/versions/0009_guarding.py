"""Order in private spaces: sanctions on names, reports, guardians, and a log nobody can change."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _names()
    _reports()
    _break_glass()
    _log()


def downgrade() -> None:
    op.drop_table("space_log")  # its triggers go with it
    if not _sqlite():
        op.execute("DROP FUNCTION space_log_stays()")
    for table in (
        *("glass_key", "break_glass", "guardian", "report_case", "space_hours"),
        *("space_appeal", "space_notice", "space_sanction"),
    ):
        op.drop_table(table)


def _names() -> None:
    op.create_table(
        "space_sanction",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(60), nullable=False),
        sa.Column("ability", sa.String(20), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wall", sa.LargeBinary(), nullable=False),
        _of("space_sanction", "space_id", "space"),
        sa.PrimaryKeyConstraint("id", name="pk_space_sanction"),
        sa.UniqueConstraint("public_id", name="uq_space_sanction_public_id"),
    )
    op.create_index("ix_space_sanction_living", "space_sanction", ["space_id", "ends_on"])
    op.create_index("ix_space_sanction_topic_id", "space_sanction", ["topic_id"])
    op.create_table(
        "space_notice",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _of("space_notice", "space_id", "space"),
        sa.PrimaryKeyConstraint("id", name="pk_space_notice"),
    )
    op.create_index("ix_space_notice_space_told", "space_notice", ["space_id", "told_on"])
    op.create_index("ix_space_notice_topic_id", "space_notice", ["topic_id"])
    op.create_table(
        "space_appeal",
        sa.Column("sanction_id", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.String(64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _of("space_appeal", "sanction_id", "space_sanction"),
        sa.PrimaryKeyConstraint("sanction_id", name="pk_space_appeal"),
    )


def _reports() -> None:
    op.create_table(
        "space_hours",
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("begins BETWEEN 0 AND 23 AND ends BETWEEN 1 AND 24", name="of_a_day"),
        _of("space_hours", "space_id", "space"),
        sa.PrimaryKeyConstraint("space_id", name="pk_space_hours"),
    )
    op.create_table(
        "report_case",
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        _of("report_case", "post_id", "post"),
        sa.PrimaryKeyConstraint("post_id", name="pk_report_case"),
    )
    op.create_table(
        "guardian",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        _of("guardian", "user_id", "user"),
        sa.PrimaryKeyConstraint("user_id", name="pk_guardian"),
    )


def _break_glass() -> None:
    op.create_table(
        "break_glass",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("post_public_id", sa.String(12), nullable=False),
        sa.Column("handle", sa.String(60), nullable=False),
        sa.Column("grounds", sa.String(20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("expired_on", sa.Date(), nullable=True),
        _of("break_glass", "space_id", "space"),
        sa.PrimaryKeyConstraint("id", name="pk_break_glass"),
        sa.UniqueConstraint("public_id", name="uq_break_glass_public_id"),
    )
    op.create_index("ix_break_glass_expires_at", "break_glass", ["expires_at"])
    still_open = sa.text("resolved_on IS NULL AND expired_on IS NULL")
    op.create_index(
        "uq_break_glass_open",
        "break_glass",
        ["topic_id", "handle"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "glass_key",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("turned_on", sa.Date(), nullable=True),
        sa.Column("bars_telling", sa.Boolean(), nullable=False),
        _of("glass_key", "request_id", "break_glass"),
        sa.PrimaryKeyConstraint("request_id", "mark", name="pk_glass_key"),
    )


def _log() -> None:
    op.create_table(
        "space_log",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("logged_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("about", sa.String(12), nullable=False),
        sa.Column("grounds", sa.String(20), nullable=True),
        sa.Column("mark", sa.String(64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("chained", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_space_log"),
    )
    if _sqlite():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER space_log_no_{act.lower()} BEFORE {act} ON space_log"
                " BEGIN SELECT RAISE(ABORT, 'the log of spaces stays as it is'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION space_log_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the log of spaces stays as it is'; END $$"
    )
    op.execute(
        "CREATE TRIGGER space_log_no_change BEFORE UPDATE OR DELETE ON space_log"
        " FOR EACH ROW EXECUTE FUNCTION space_log_stays()"
    )


def _of(table: str, column: str, whole: str) -> sa.ForeignKeyConstraint:
    """Rows that go with what they belong to."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=name, ondelete="CASCADE")


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
