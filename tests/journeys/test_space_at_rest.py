"""Whoever steals database, files and logs, but not the keys, does no better than chance.

Twenty members live three weeks in a space (`at_rest/month.py`). A thief takes all there is every
morning of the last days, and tries to say who wrote what, and which names are one person's. Names
are judged once for each topic they are met in: there they are one person's for everybody to see.
Everything is drawn from one seed, but in what order a database shuffles.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest

from tests.journeys.at_rest import theft
from tests.journeys.at_rest.attacks import dates, nightly, order, pairs, sizes, together, values
from tests.journeys.at_rest.copies import Stolen
from tests.journeys.at_rest.doings import CANARY
from tests.journeys.at_rest.judging import of_names, of_pairs
from tests.journeys.at_rest.month import NAMES
from tests.journeys.at_rest.reading import members, of_spaces, voices
from tests.support.application import KEY, SPACE_KEYS

pytestmark = pytest.mark.slow

NAMING = order.ATTACKS | dates.ATTACKS | values.ATTACKS | sizes.ATTACKS
PAIRING = pairs.ATTACKS
SOME = 150
SEALED = ("topic", "post", "draft", "read_mark", "report", "waiting_picture", "sealed_picture")
ATTEMPTS = len(NAMING) + len(PAIRING) + len(nightly.NAMING) + len(nightly.PAIRING) + 2


@dataclass(frozen=True)
class Case:
    """What was stolen, and who wrote, to judge the attacks by."""

    theft: theft.Theft

    @property
    def stolen(self) -> Stolen:
        return self.theft.stolen

    @cached_property
    def wrote(self) -> dict[int, int]:
        """The writer of each voice."""
        return {
            voice.id: self.theft.wrote[voice.posts[0]["public_id"]]
            for voice in voices(self.stolen.copy)
        }

    def names(self, guesses: order.Guesses) -> list[str]:
        """What an attack found beyond chance."""
        found = of_names(guesses, self.wrote, ATTEMPTS)
        return [str(verdict) for verdict in found if not verdict.is_chance]

    def pairs(self, claims: pairs.Pairs) -> list[str]:
        found = of_pairs(claims, self.wrote, ATTEMPTS)
        return [str(verdict) for verdict in found if not verdict.is_chance]


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def case(request, tmp_path_factory, migrate) -> Case:
    return Case(theft.happens(request.param, tmp_path_factory.mktemp("theft"), migrate))


def test_much_was_written_and_everybody_did_all_there_is_to_do(case):
    """Else there would be nothing to find."""
    copy = case.stolen.copy
    assert len(case.theft.wrote) >= 1_000
    assert len(members(copy)) == len(set(case.wrote.values())) == len(NAMES) == 20
    left = ("draft", "read_mark", "reaction", "report", "submit_nonce", "post", "topic")
    for table in left:
        assert [row for row in copy[table] if of_spaces(table, row)], table
    named = ("sign_in", "last_seen", "letter", "space_sanction", "space_log")
    named += ("waiting_picture", "sealed_picture")
    for table in named:
        assert any(morning[table] for morning in case.stolen.mornings), table


@pytest.mark.parametrize("attack", NAMING)
def test_no_attack_names_who_wrote(case, attack):
    assert not case.names(NAMING[attack](case.stolen.copy))


def test_nor_do_all_of_them_together(case):
    assert not case.names(together.by_votes(NAMING, case.stolen.copy))


@pytest.mark.parametrize("attack", PAIRING)
def test_no_attack_finds_two_names_of_one_person(case, attack):
    assert not case.pairs(PAIRING[attack](case.stolen.copy))


def test_nor_do_all_of_these_together(case):
    assert not case.pairs(together.by_claims(PAIRING, case.stolen.copy))


@pytest.mark.parametrize("attack", nightly.NAMING)
def test_copies_of_several_nights_name_nobody(case, attack):
    """As long as all come every day: whoever comes seldom is fewer people's equal on that day."""
    assert not case.names(nightly.NAMING[attack](case.stolen.mornings))


@pytest.mark.parametrize("attack", nightly.PAIRING)
def test_copies_of_several_nights_tie_no_names(case, attack):
    assert not case.pairs(nightly.PAIRING[attack](case.stolen.mornings))


def test_no_word_said_there_is_in_any_file_or_log(case):
    for name, data in case.stolen.files.items():
        assert not list(forms_found(data)), name
    assert CANARY not in case.stolen.log.lower()


@pytest.mark.parametrize("form", ["plain", "UTF-16", "hexadecimal", "base64", "zlib"])
def test_the_search_would_find_it_in_another_form(form):
    said = f"It failed: {CANARY}s.".encode()
    written = {
        "plain": said.upper(),
        "UTF-16": said.decode().encode("utf-16-le"),
        "hexadecimal": said.hex().encode(),
        "base64": base64.b64encode(said),
        "zlib": zlib.compress(said * 30),
    }
    assert list(forms_found(b"abc" + written[form] + b"xyz")) == [form]


def test_the_thief_has_no_key(case):
    for name, data in case.stolen.files.items():
        for key in (KEY.encode(), SPACE_KEYS.encode(), base64.urlsafe_b64decode(SPACE_KEYS + "=")):
            assert key not in data, name


def test_no_file_holds_what_a_row_was_before(case):
    """Nor the row a second time, of which the place would tell when it was written."""
    now, before = (set(_sealed(case, copies)) for copies in ([-1], range(theft.MORNINGS - 1)))
    assert before - now, "nothing was changed or deleted, so nothing is tested"
    zeros = re.compile(rb"\0{64,}")
    everything = b"".join(zeros.sub(bytes(64), data) for data in case.stolen.files.values())
    assert [found for found in before - now if found in everything] == []
    assert {everything.count(found) for found in sorted(now)[:SOME]} == {1}


def test_no_row_names_a_person_and_a_topic_of_the_space(case):
    copy = case.stolen.copy
    sealed = [row for table in ("topic", "post") for row in copy[table] if row["pseudonym_id"]]
    here = {row[name] for row in sealed for name in ("id", "public_id")}
    known_by = ("id", "public_id", "handle", "address", "name")
    people = {row[name] for row in copy["user"] for name in known_by}
    for table, rows in copy.items():
        for row in rows:
            said = {part for value in row.values.values() for part in _parts(value)}
            assert not (said & here and said & people), table


def test_no_log_says_what_was_read_or_written_there(case):
    copy = case.stolen.copy
    seats = {row["seat"] for row in copy["read_mark"] if row["seat"]}
    topics = {
        str(row[name]) for row in copy["topic"] for name in ("id", "public_id") if row["space_id"]
    }
    logs = [
        data.decode(errors="replace")
        for name, data in case.stolen.files.items()
        if name.endswith("log")
    ]
    for log in (case.stolen.log, *logs):
        assert not [each for each in topics | seats if each in log]


def forms_found(data: bytes) -> Iterator[str]:
    """In which forms the marker of the space stands in some bytes."""
    plain, lower = CANARY.encode(), data.lower()
    forms: dict[str, Callable[[], bool]] = {
        "plain": lambda: plain in lower,
        "UTF-16": lambda: any(CANARY.encode(form) in lower for form in ("utf-16-le", "utf-16-be")),
        "hexadecimal": lambda: plain.hex().encode() in lower,
        "base64": lambda: any(part in data for part in _base64(plain)),
        "zlib": lambda: any(plain in part.lower() for part in _unzipped(data)),
    }
    yield from (form for form, stands in forms.items() if stands())


def _base64(plain: bytes) -> Iterator[bytes]:
    """What is the same in the base64 of any text that holds this, at each of three offsets."""
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + plain)
        yield whole[-(-offset * 4 // 3) : len(plain) * 4 // 3 - 2]


def _unzipped(data: bytes) -> Iterator[bytes]:
    for begin in re.finditer(rb"\x78[\x01\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[begin.start() :], 1 << 16)
        except zlib.error:
            continue


def _sealed(case: Case, mornings) -> Iterator[bytes]:
    """The beginnings of all that is sealed in some of the copies: a nonce each, so met once."""
    for number in mornings:
        for table in SEALED:
            for row in case.stolen.mornings[number][table]:
                if row["sealed"]:
                    yield bytes(row["sealed"][:24])


def _parts(value: object) -> set[object]:
    if isinstance(value, int | bytes):
        return {value}
    return {str(value), *re.split(r"[\s:'\"{},]+", str(value))}
