"""Whose a personal row is: a user's in a circle, a seat's in a space, never both."""

import os

import pytest
from sqlalchemy.exc import IntegrityError

from forum.core import clock
from forum.core.db import transaction
from forum.core.seal import Secret
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce
from forum.policy import identity
from forum.policy.identity import Voice
from forum.policy.viewer import GUEST, Viewer
from tests.architecture import source
from tests.support.community import circle, person

TABLES = (Draft, ReadMark, SubmitNonce, Report)
ANA = Viewer(id=7)
ANAS_SECRET, BENS_SECRET = b"a" * 16, b"b" * 16
KEY, OTHER_KEY = Secret(b"k" * 32), Secret(b"o" * 32)


def voice(key: Secret = KEY, secret: bytes = ANAS_SECRET, number: int = 1) -> Voice:
    return Voice(key, secret, number)


class TestInACircle:
    @pytest.mark.parametrize("table", TABLES)
    def test_a_row_belongs_to_the_user(self, table):
        assert identity.owner(ANA, table).columns() == {"user_id": 7, "seat": None}

    @pytest.mark.parametrize("table", TABLES)
    def test_a_guest_owns_nothing(self, table):
        with pytest.raises(TypeError):
            identity.owner(GUEST, table)

    def test_rows_are_found_by_the_user(self):
        assert "user_id = " in str(identity.owner(ANA, Draft).owns(Draft))


class TestInASpace:
    @pytest.mark.parametrize("table", TABLES)
    def test_a_row_belongs_to_a_seat_and_to_no_user(self, table):
        columns = identity.owner(ANA, table, voice()).columns()
        assert columns == {"user_id": None, "seat": voice().seat(table.__tablename__)}

    def test_rows_are_found_by_the_seat(self):
        found = str(identity.owner(ANA, Draft, voice()).owns(Draft))
        assert "seat = " in found
        assert "user_id" not in found

    @pytest.mark.parametrize("table", TABLES)
    def test_the_same_member_has_the_same_seat_each_time(self, table):
        again = voice(Secret(b"k" * 32))
        assert identity.owner(ANA, table, voice()) == identity.owner(ANA, table, again)

    def test_seats_of_two_tables_differ(self):
        assert len({identity.owner(ANA, table, voice()).seat for table in TABLES}) == len(TABLES)

    @pytest.mark.parametrize("table", TABLES)
    def test_seats_of_two_topics_differ(self, table):
        one, other = voice(KEY), voice(OTHER_KEY)
        assert identity.owner(ANA, table, one).seat != identity.owner(ANA, table, other).seat

    @pytest.mark.parametrize("table", TABLES)
    def test_seats_of_two_members_differ(self, table):
        """By the secret alone: their numbers, which make names, are the same here."""
        anas, bens = voice(), voice(secret=BENS_SECRET)
        assert identity.owner(ANA, table, anas).seat != identity.owner(ANA, table, bens).seat

    def test_a_seat_fits_its_column(self):
        assert len(str(identity.owner(ANA, Draft, voice()).seat)) == Draft.seat.type.length == 64

    def test_nothing_secret_is_shown_when_a_voice_is_printed(self):
        assert repr(ANAS_SECRET) not in repr(voice())
        assert repr(KEY.raw) not in repr(voice())
        assert "number" not in repr(voice(number=54_321))


class TestNames:
    @pytest.mark.parametrize("key", [Secret(bytes(32)), Secret(os.urandom(32))], ids=["0", "any"])
    def test_every_number_has_a_name_and_no_two_have_the_same(self, key):
        found = {voice(key, number=number).name_number for number in range(1 << 16)}
        assert found == set(range(1 << 16))

    def test_in_another_topic_the_same_people_have_other_names(self):
        same = [n for n in range(1_000) if voice(number=n).name == voice(OTHER_KEY, number=n).name]
        assert len(same) < 5

    def test_who_wears_a_name_here_tells_nothing_of_who_wears_it_there(self):
        """Differences between two members' numbers are not kept either."""
        steps = [
            {(voice(key, number=n).name_number - voice(key, number=n + 1).name_number) % 65_536}
            for key in (KEY, OTHER_KEY)
            for n in range(50)
        ]
        assert len(set.union(*steps)) > 90

    def test_a_name_is_known_before_anything_was_written_and_stays(self):
        assert voice().name == voice(Secret(b"k" * 32)).name

    def test_the_secret_that_makes_seats_makes_no_names(self):
        assert voice().name == voice(secret=BENS_SECRET).name


@pytest.mark.parametrize("owners", ["none", "two", "one, unsealed"])
def test_the_database_refuses_a_row_of_owners(app_context, owners):
    ana, _retail = person("Ana"), circle("retail")
    words = {"place": "topic:retail", "title": "", "body": "", "saved_at": clock.now()}
    wrong = {
        "none": {},
        "two": {"user_id": ana.id, "seat": "s" * 64, "sealed": b"x"},
        "one, unsealed": {"seat": "s" * 64},
    }
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(Draft(id=2, public_id="b" * 12, **wrong[owners], **words))
    with transaction() as session:
        session.add(Draft(id=1, public_id="a" * 12, user_id=ana.id, **words))


def test_every_personal_row_is_made_with_it():
    """No caller chooses between user and seat; where a row is made, `owner` is asked, or one of
    the two that say of which part."""
    making = {table.__name__ for table in TABLES}
    for path in source.python_files("forum"):
        knows = "forum.models.discussions" in path.read_text("utf-8") and "cli" not in path.parts
        if knows and source.calls(path, *making):
            asking = ("owner", "draft_owner", "nonce_owner")
            assert source.calls(path, *asking), source.name(path)


def test_no_post_or_topic_says_whose_it_is_but_by_a_name():
    """A pseudonym is the only thing beside the wall, and the wall opens with the key alone."""
    ties = {
        column.name for column in Post.__table__.columns if "user.id" in str(column.foreign_keys)
    }
    assert ties == {"author_id"}
