"""What is said at a circle's door, links that let people in, and tags of topics."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WORDS = "words IS NULL OR state IN ('requested', 'declined', 'removed')"
SAYS_COMPANY = sa.text(
    "company_size IS NOT NULL OR company_market IS NOT NULL OR company_regulated IS NOT NULL"
)


def upgrade() -> None:
    if _sqlite():
        # it can add a rule to a table only together with a column
        op.execute(
            "ALTER TABLE membership ADD COLUMN words VARCHAR(500)"
            f" CONSTRAINT ck_membership_words_at_the_door CHECK ({WORDS})"
        )
    else:
        op.add_column("membership", sa.Column("words", sa.String(500), nullable=True))
        op.create_check_constraint(op.f("ck_membership_words_at_the_door"), "membership", WORDS)
    op.create_index("ix_membership_door", "membership", ["circle_id", "state"])
    _invitations()
    op.create_table(
        "topic_tag",
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name="fk_topic_tag_topic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", "tag", name="pk_topic_tag"),
    )
    op.create_index("ix_topic_tag_tag", "topic_tag", ["tag", "topic_id"])
    op.create_index(
        "ix_topic_circle_company",
        "topic",
        ["circle_id", "last_post_at", "id"],
        sqlite_where=SAYS_COMPANY,
        postgresql_where=SAYS_COMPANY,
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("circle_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circle.id"], name="fk_invitation_circle_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_invitation_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("public_id", name="uq_invitation_public_id"),
        sa.UniqueConstraint("token_digest", name="uq_invitation_token_digest"),
    )
    op.create_index("ix_invitation_circle_id", "invitation", ["circle_id"])
    op.create_index("ix_invitation_user_id", "invitation", ["user_id"])
    op.create_index("ix_invitation_expires_on", "invitation", ["expires_on"])


def downgrade() -> None:
    op.drop_index("ix_topic_circle_company", "topic")
    op.drop_table("topic_tag")
    op.drop_table("invitation")
    op.drop_index("ix_membership_door", "membership")
    if not _sqlite():
        op.drop_constraint(op.f("ck_membership_words_at_the_door"), "membership")
    op.drop_column("membership", "words")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
