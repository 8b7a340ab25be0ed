"""Which family of browser a sign-in is of, so that its owner tells one from another."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("browser", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in", "browser")
