"""Content notes whose texts a reader does not want folded; all others are."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("unfolded_notes", sa.String(200), nullable=True))


def downgrade() -> None:
    op.drop_column("user", "unfolded_notes")
