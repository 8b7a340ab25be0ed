"""Employers with their groups and mail domains; who works where; how that is verified."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _employers()
    _employments()
    _vouches()


def downgrade() -> None:
    for table in (
        "change_permit",
        "vouch_link",
        "vouch",
        "work_code",
        "employment",
        "employer_domain",
        "employer",
        "employer_group",
    ):
        op.drop_table(table)


def _employers() -> None:
    op.create_table(
        "employer_group",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employer_group"),
        sa.UniqueConstraint("name_key", name="uq_employer_group_name_key"),
    )
    op.create_table(
        "employer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR (group_id IS NULL AND merged_into_id <> id)",
            name="alias_stands_alone",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["employer_group.id"],
            name="fk_employer_group_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["employer.id"], name="fk_employer_merged_into_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
        sa.UniqueConstraint("name_key", name="uq_employer_name_key"),
        sa.UniqueConstraint("public_id", name="uq_employer_public_id"),
    )
    op.create_index("ix_employer_group_id", "employer", ["group_id"])
    op.create_index("ix_employer_merged_into_id", "employer", ["merged_into_id"])
    op.create_table(
        "employer_domain",
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["employer.id"],
            name="fk_employer_domain_employer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("domain", name="pk_employer_domain"),
    )
    op.create_index("ix_employer_domain_employer_id", "employer_domain", ["employer_id"])


def _employments() -> None:
    op.create_table(
        "employment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("told_name", sa.String(120), nullable=False),
        sa.Column("tie", sa.String(20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_domain", sa.String(253), nullable=True),
        sa.Column("address_digest", sa.String(64), nullable=True),
        sa.CheckConstraint("ended_on >= began_on", name="ends_after_it_began"),
        sa.CheckConstraint(
            "(verified_on IS NULL) = (verified_domain IS NULL)", name="verified_by_a_domain"
        ),
        sa.CheckConstraint(
            "address_digest IS NULL OR verified_on IS NOT NULL", name="digest_if_verified"
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_employment_employer_id"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_employment_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_employment"),
        sa.UniqueConstraint("address_digest", name="uq_employment_address_digest"),
        sa.UniqueConstraint("public_id", name="uq_employment_public_id"),
    )
    op.create_index("ix_employment_employer_id", "employment", ["employer_id"])
    op.create_index("ix_employment_user_id", "employment", ["user_id"])
    op.create_table(
        "work_code",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("employment_id", sa.BigInteger(), nullable=False),
        sa.Column("address_digest", sa.String(64), nullable=False),
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name="fk_work_code_employment_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_work_code_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_work_code"),
        sa.UniqueConstraint("public_id", name="uq_work_code_public_id"),
        sa.UniqueConstraint("user_id", name="uq_work_code_user_id"),
    )
    op.create_index("ix_work_code_employment_id", "work_code", ["employment_id"])
    op.create_index("ix_work_code_expires_at", "work_code", ["expires_at"])
    op.create_table(
        "change_permit",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_change_permit_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_change_permit"),
    )


def _vouches() -> None:
    op.create_table(
        "vouch",
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("voucher_id <> user_id", name="for_somebody_else"),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circle.id"], name="fk_vouch_circle_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_vouch_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["user.id"], name="fk_vouch_voucher_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("voucher_id", "user_id", "circle_id", name="pk_vouch"),
    )
    op.create_index("ix_vouch_circle_id", "vouch", ["circle_id"])
    op.create_index("ix_vouch_user_id", "vouch", ["user_id"])
    op.create_table(
        "vouch_link",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circle.id"], name="fk_vouch_link_circle_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_vouch_link_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_vouch_link"),
        sa.UniqueConstraint("public_id", name="uq_vouch_link_public_id"),
        sa.UniqueConstraint("token_digest", name="uq_vouch_link_token_digest"),
        sa.UniqueConstraint("user_id", "circle_id", name="uq_vouch_link_user_id_circle_id"),
    )
    op.create_index("ix_vouch_link_circle_id", "vouch_link", ["circle_id"])
    op.create_index("ix_vouch_link_expires_on", "vouch_link", ["expires_on"])
