"""A draft of a circle's topic keeps what is said of it besides its text: tags, wish, company."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

RULE = "seat IS NULL OR said IS NULL"


def upgrade() -> None:
    if _sqlite():
        # it can add a rule to a table only together with a column
        op.execute(
            "ALTER TABLE draft ADD COLUMN said VARCHAR(1000)"
            f" CONSTRAINT ck_draft_said_in_circles CHECK ({RULE})"
        )
    else:
        op.add_column("draft", sa.Column("said", sa.String(1000), nullable=True))
        op.create_check_constraint(op.f("ck_draft_said_in_circles"), "draft", RULE)


def downgrade() -> None:
    if not _sqlite():
        op.drop_constraint(op.f("ck_draft_said_in_circles"), "draft")
    op.drop_column("draft", "said")


def _sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
