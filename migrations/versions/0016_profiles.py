"""What people tell of themselves; of topics what would help, what did, and where they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PLAIN = (
    "space_id IS NULL OR (wish IS NULL AND accepted_id IS NULL AND company_size IS NULL"
    " AND company_market IS NULL AND company_regulated IS NULL)"
)
COLUMNS = ("wish", "accepted_id", "company_size", "company_market", "company_regulated")


def upgrade() -> None:
    _profiles()
    op.add_column("topic", sa.Column("wish", sa.String(20), nullable=True))
    op.add_column("topic", sa.Column("accepted_id", sa.BigInteger(), nullable=True))
    op.add_column("topic", sa.Column("company_size", sa.String(20), nullable=True))
    op.add_column("topic", sa.Column("company_market", sa.String(20), nullable=True))
    if _sqlite():
        # it can add a rule to a table only together with a column
        op.execute(
            "ALTER TABLE topic ADD COLUMN company_regulated BOOLEAN"
            f" CONSTRAINT ck_topic_plain_only_in_circle CHECK ({PLAIN})"
        )
    else:
        op.add_column("topic", sa.Column("company_regulated", sa.Boolean(), nullable=True))
        op.create_check_constraint(op.f("ck_topic_plain_only_in_circle"), "topic", PLAIN)


def _profiles() -> None:
    op.create_table(
        "profile",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("trying", sa.String(1000), nullable=False),
        sa.Column("broke_through", sa.String(1000), nullable=False),
        sa.Column("part", sa.String(20), nullable=True),
        sa.Column("industry", sa.String(1), nullable=True),
        sa.Column("company_size", sa.String(20), nullable=True),
        sa.Column("company_market", sa.String(20), nullable=True),
        sa.Column("company_regulated", sa.Boolean(), nullable=True),
        sa.Column("region", sa.String(3), nullable=True),
        sa.Column("languages", sa.String(40), nullable=False),
        sa.Column("time_zone", sa.String(40), nullable=True),
        sa.Column("rhythm", sa.String(20), nullable=True),
        sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_profile_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_profile"),
    )
    op.create_table(
        "profile_barrier",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("barrier", sa.String(20), nullable=False),
        sa.Column("broken", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_profile_barrier_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "barrier", name="pk_profile_barrier"),
    )
    op.create_index("ix_profile_barrier", "profile_barrier", ["barrier", "broken", "user_id"])


def downgrade() -> None:
    op.drop_table("profile_barrier")
    op.drop_table("profile")
    if not _sqlite():
        op.drop_constraint(op.f("ck_topic_plain_only_in_circle"), "topic")
    for column in reversed(COLUMNS):
        op.drop_column("topic", column)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
