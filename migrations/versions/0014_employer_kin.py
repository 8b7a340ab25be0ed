"""Which employers and mail domains belonged together when; and a log of what staff did with them.

What belongs together by now counts as if it always had.
"""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ALWAYS = date(1970, 1, 1)


def upgrade() -> None:
    _kin()
    _log()
    _remember()


def downgrade() -> None:
    op.drop_table("employer_log")  # its triggers go with it
    if not _sqlite():
        op.execute("DROP FUNCTION employer_log_stays()")
    op.drop_table("employer_kin_member")
    op.drop_table("employer_kin")


def _kin() -> None:
    op.create_table(
        "employer_kin",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employer_kin"),
    )
    op.create_table(
        "employer_kin_member",
        sa.Column("kin_id", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.String(264), nullable=False),
        sa.ForeignKeyConstraint(
            ["kin_id"],
            ["employer_kin.id"],
            name="fk_employer_kin_member_kin_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kin_id", "entry", name="pk_employer_kin_member"),
    )
    op.create_index("ix_employer_kin_member_entry", "employer_kin_member", ["entry"])


def _log() -> None:
    op.create_table(
        "employer_log",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("logged_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("employer_public_id", sa.String(12), nullable=False),
        sa.Column("about", sa.String(253), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employer_log"),
    )
    if _sqlite():
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER employer_log_no_{act.lower()} BEFORE {act} ON employer_log"
                " BEGIN SELECT RAISE(ABORT, 'the log of employers stays as it is'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION employer_log_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the log of employers stays as it is'; END $$"
    )
    op.execute(
        "CREATE TRIGGER employer_log_no_change BEFORE UPDATE OR DELETE ON employer_log"
        " FOR EACH ROW EXECUTE FUNCTION employer_log_stays()"
    )


def _remember() -> None:
    """Of the employers there are, by group or what they were merged into, with their domains."""
    connection = op.get_bind()
    employer = sa.table("employer", *map(sa.column, ("id", "group_id", "merged_into_id")))
    domain = sa.table("employer_domain", *map(sa.column, ("domain", "employer_id")))
    kin = sa.table("employer_kin", sa.column("id"), sa.column("made_on", sa.Date()))
    member = sa.table("employer_kin_member", *map(sa.column, ("kin_id", "entry")))
    rows = {row.id: row for row in connection.execute(sa.select(employer))}
    together = defaultdict(set)
    for row in rows.values():
        root = rows[row.merged_into_id or row.id]
        together[(root.group_id, None if root.group_id else root.id)].add(row.id)
    domains = connection.execute(sa.select(domain)).all()
    for number, found in enumerate(together.values(), start=1):
        entries = [f"employer:{key}" for key in found]
        entries += [f"domain:{row.domain}" for row in domains if row.employer_id in found]
        if len(entries) > 1:
            connection.execute(sa.insert(kin).values(id=number, made_on=ALWAYS))
            values = [{"kin_id": number, "entry": entry} for entry in entries]
            connection.execute(sa.insert(member), values)


def _sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
