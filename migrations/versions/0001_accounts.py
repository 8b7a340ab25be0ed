"""People, where they are signed in, proofs of addresses, throttles."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("handle", sa.String(30), nullable=True),
        sa.Column("address", sa.String(254), nullable=True),
        sa.Column("claim_digest", sa.String(64), nullable=True),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("suspended_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_week", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('active', 'suspended')) = (address IS NOT NULL)",
            name="address_if_claimed",
        ),
        sa.CheckConstraint(
            "state <> 'unclaimed' OR claim_digest IS NOT NULL", name="claim_if_unclaimed"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("address", name="uq_user_address"),
        sa.UniqueConstraint("claim_digest", name="uq_user_claim_digest"),
        sa.UniqueConstraint("handle", name="uq_user_handle"),
        sa.UniqueConstraint("public_id", name="uq_user_public_id"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_sign_in_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("public_id", name="uq_sign_in_public_id"),
        sa.UniqueConstraint("token_digest", name="uq_sign_in_token_digest"),
    )
    op.create_index("ix_sign_in_expires_on", "sign_in", ["expires_on"])
    op.create_index("ix_sign_in_user_id", "sign_in", ["user_id"])
    op.create_table(
        "address_proof",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_address_proof_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address_proof"),
        sa.UniqueConstraint("public_id", name="uq_address_proof_public_id"),
        sa.UniqueConstraint("token_digest", name="uq_address_proof_token_digest"),
    )
    op.create_index("ix_address_proof_address", "address_proof", ["address"])
    op.create_index("ix_address_proof_expires_at", "address_proof", ["expires_at"])
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("hits", sa.BigInteger(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttle"),
    )
    op.create_index("ix_throttle_expires_at", "throttle", ["expires_at"])


def downgrade() -> None:
    op.drop_table("throttle")
    op.drop_table("address_proof")
    op.drop_table("sign_in")
    op.drop_table("user")
