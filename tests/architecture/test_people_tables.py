"""Whoever names a person in a table must say what becomes of the row when they want their data, or
go. A new column that leads to `user` fails here until it is in the export, or on a list with the
reason why not; and until it goes with the account, or is on a list with the reason why it stays."""

from sqlalchemy import ForeignKey, String, Table

from forum.accounts.actions.closing import THEIRS
from forum.accounts.queries import EXPORTED
from forum.core.db import Base

NOT_EXPORTED = {
    "guardian.user_id": "says that they look after private spaces (R11)",
    "space_member.user_id": "says in which private space they are (R11)",
    "return_vouch.user_id": "tells of private spaces, shut to them after a reset (R11)",
    "return_vouch.voucher_id": "tells of private spaces, shut to somebody else",
    "mute.user_id": "whom: that names somebody else; its page shows it",
    "mute.muted_id": "who muted them is for nobody to know",
    "block.user_id": "whom: that names somebody else; its page shows it",
    "block.blocked_id": "who blocked them is for nobody to know",
    "space_block.user_id": "the same as of a block",
    "space_block.blocked_id": "the same as of a block",
    "submit_nonce.user_id": "a form's random number, kept for days, that says nothing",
    "topic.last_author_id": "who wrote last, worked out from the posts, which are exported",
}
STAYS = {
    "post.author_id": "leads to a row without a name; words stay or go by their choice",
    "topic.author_id": "the same",
    "topic.last_author_id": "the same",
    "report.user_id": "a report is the moderators' now; it leads to a row without a name",
    "stored_file.user_id": "what posts that stay carry; it leads to a row without a name",
    "vouch.voucher_id": "their word for others counts on, by nobody's name",
}
GOES_OTHERWISE = {
    "return_vouch.voucher_id": "deleted beside THEIRS",
    "mute.muted_id": "the same",
    "block.blocked_id": "the same",
    "space_block.blocked_id": "the same",
    "space_member.user_id": "in its place stands a row that names nobody (departing)",
    "work_code.user_id": "by forget_codes, with its letter",
    "address_proof.user_id": "with its letter, also those sent to the address",
    "letter.user_id": "also those to the address",
}
LOOSE = {"employer_log.staff_id": "what staff did, kept when they have gone"}
"""Columns that hold somebody's id without saying so to the database."""
PEOPLE = {"user_id", "author_id", "last_author_id", "voucher_id", "staff_id", "member_id"}
NOT_WORDS = {
    "account": {"password_hash", "claim_digest"},
    "tags": {"gone", "hidden_reason"},
    "posts": {"html", "hidden_reason", "path", "format"},
    "earlier_texts": {"html", "hidden_reason", "path", "format"},
    "invitations": {"public_id", "token_digest"},
    "topics": {"gone", "hidden_reason"},
    "drafts": {"public_id", "version"},
    "reports": {"public_id"},
    "workplaces": {"public_id", "address_digest"},
    "work_codes": {"public_id", "address_digest"},
    "links_to_vouch": {"public_id", "token_digest"},
    "sign_ins": {"public_id", "token_digest"},
    "letters": {"public_id", "event", "recipient", "message_id", "answer"},
    "links_asked_for": {"public_id", "token_digest"},
}
"""Columns of an exported table that stay behind: names in addresses, digests and the like."""
SEATS = {"seat"}
"""What a row is kept by in a private space, where it names nobody."""


def tables() -> list[Table]:
    return Base.metadata.sorted_tables


WITHOUT_AN_OWNER = {
    "topic_tag": "in the export beside their topics; goes with the words",
    "revision": "in the export beside their posts; always goes",
    "post_file": "which of their files a post carries: it stands in the post's text",
    "sealed_picture": "of a space, erased with its post; exports hold nothing of spaces (R11)",
    "pseudonym": "of a space, where it leads to nobody (R1)",
    "report_case": "of a space: what its moderators decided stays with the name (R10)",
    "imported_message": "where an archive's post came from, for reading the archive again",
}
"""Tables that hang on somebody's topic or post and name nobody themselves."""


def test_what_hangs_on_somebodys_words_is_thought_of_too():
    hanging = {
        table.name
        for table in tables()
        for key in table.foreign_keys
        if key.column.table.name in ("topic", "post")
    }
    nameless = {t.name for t in tables() if not (PEOPLE | SEATS) & set(t.columns.keys())}
    assert hanging & nameless == set(WITHOUT_AN_OWNER)
    assert {part.hangs.__tablename__ for part in EXPORTED if part.hangs} == {
        "topic_tag",
        "revision",
    }


def leading_to_people() -> set[str]:
    return {
        f"{table.name}.{key.parent.name}"
        for table in tables()
        for key in table.foreign_keys
        if _leads_to_user(key)
    }


def _leads_to_user(key: ForeignKey) -> bool:
    return key.column.table.name == "user"


def exported() -> set[str]:
    return {f"{part.owner.class_.__tablename__}.{part.owner.key}" for part in EXPORTED}


def test_whatever_names_somebody_is_in_their_export_or_says_why_not():
    found = leading_to_people()
    assert found - exported() - set(NOT_EXPORTED) == set(), (
        "Add a Part to forum/accounts/queries/export.py, or a reason to NOT_EXPORTED"
    )
    assert set(NOT_EXPORTED) <= found - exported(), "a reason for what is not there, or exported"


def test_whatever_names_somebody_goes_with_them_or_says_why_not():
    goes = {f"{table.__tablename__}.user_id" for table in THEIRS}
    found = leading_to_people()
    assert found - goes - set(STAYS) - set(GOES_OTHERWISE) == set(), (
        "Add the table to THEIRS in forum/accounts/actions/closing.py, or a reason to STAYS"
    )
    assert set(STAYS) | set(GOES_OTHERWISE) <= found - goes


def test_no_column_names_somebody_in_secret():
    """An id without a foreign key is met by neither list."""
    loose = {
        f"{table.name}.{column.name}"
        for table in tables()
        for column in table.columns
        if column.name in PEOPLE and not column.foreign_keys
    }
    assert loose == set(LOOSE)


def test_no_words_of_theirs_are_forgotten():
    for part in EXPORTED:
        table = part.owner.class_.__table__
        words = {
            column.name
            for column in table.columns
            if isinstance(column.type, String) and not column.foreign_keys
        }
        told = {
            column.key
            for other in EXPORTED
            if other.owner is part.owner
            for column in other.columns
        }
        behind = NOT_WORDS.get(part.name, set())
        assert behind <= words - told, f"{part.name}: nothing of that name stays behind"
        left = words - told - SEATS - behind
        assert left == set(), f"{table.name}: export them, or say in NOT_WORDS what they are"


def test_a_part_of_the_export_holds_columns_of_its_own_table_alone():
    """Another table's words could be somebody else's."""
    for part in EXPORTED:
        tables_of_part = {column.class_ for column in (part.owner, *part.columns)}
        own = {part.owner.class_, part.hangs or part.owner.class_}
        assert tables_of_part == own, part.name
        assert {"password_hash", "token_digest"}.isdisjoint(column.key for column in part.columns)
        owners = {
            key.parent.name
            for key in part.owner.class_.__table__.foreign_keys
            if _leads_to_user(key)
        }
        assert owners.isdisjoint(column.key for column in part.columns), part.name
