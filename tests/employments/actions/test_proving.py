import pytest
from sqlalchemy import select

from forum.cli import tidying
from forum.core.db import db
from forum.core.errors import NotThere, TooOften
from forum.employments import actions, queries
from forum.employments.actions import (
    AddressUsed,
    NotAWorkAddress,
    NotVerifiable,
    WrongCode,
    ask_for_code,
    confirm_address,
)
from forum.home.letters import carrier
from forum.mail.delivery import deliver, read
from forum.models.employers import WorkCode
from forum.models.outbox import Letter
from forum.policy.visible import Reason, unscoped
from forum.policy.workplaces import has_verified_employment
from tests.support import community, workplaces
from tests.support.community import viewer
from tests.support.together import at_once
from tests.support.workplaces import STAFF, ask, works_for

ADDRESS, NETWORK, DOMAIN = "ana.lima@northwind.example", "192.0.2", "forum.example"


@pytest.fixture
def told(ana) -> str:
    return works_for(ana, "Northwind")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def letters() -> list[Letter]:
    db.session.rollback()
    found = select(Letter).execution_options(populate_existing=True)
    return list(db.session.execute(found).scalars())


def codes() -> list[WorkCode]:
    db.session.rollback()
    found = unscoped(select(WorkCode), Reason.SET_UP)
    return list(db.session.execute(found.execution_options(populate_existing=True)).scalars())


def everything_kept() -> str:
    """All values of all rows of the tables an address could be in."""
    rows = [*letters(), *codes()]
    kept = [getattr(row, column.key) for row in rows for column in row.__table__.columns]
    return str(kept)


class TestTheRightCode:
    def test_it_verifies_the_employment(self, held_clock, ana, told):
        confirm_address(viewer(ana), told, ask(ana, told, ADDRESS))
        row = workplaces.employment_row(told)
        assert row.verified_on == held_clock.forward().date()
        assert row.verified_domain == "northwind.example"

    def test_only_that_one(self, ana, told):
        other = works_for(ana, "Contoso")
        workplaces.verify(ana, told, ADDRESS)
        assert workplaces.employment_row(other).verified_on is None

    def test_it_may_be_typed_with_blanks(self, ana, told):
        code = ask(ana, told, ADDRESS)
        confirm_address(viewer(ana), told, f" {code[:4]} {code[4:]} ")
        assert has_verified_employment(ana.id)

    def test_of_a_domain_only_the_organisations_part_is_kept(self, ana, told):
        workplaces.verify(ana, told, "ana@mail.uk.northwind.example")
        assert workplaces.employment_row(told).verified_domain == "northwind.example"

    def test_it_is_good_once(self, ana, told):
        code = ask(ana, told, ADDRESS)
        confirm_address(viewer(ana), told, code)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), told, code)

    def test_at_one_moment_too(self, app, ana, told):
        code, who = ask(ana, told, ADDRESS), viewer(ana)
        answers = at_once(app, *[lambda: confirm_address(who, told, code)] * 4)
        assert answers.count(None) == 1

    def test_after_an_hour_it_is_good_no_longer(self, held_clock, ana, told):
        code = ask(ana, told, ADDRESS)
        held_clock.forward(hours=1)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), told, code)
        assert not has_verified_employment(ana.id)

    def test_a_moment_earlier_it_is(self, held_clock, ana, told):
        code = ask(ana, told, ADDRESS)
        held_clock.forward(minutes=59, seconds=59)
        confirm_address(viewer(ana), told, code)

    def test_a_newer_one_ends_it(self, ana, told):
        first = ask(ana, told, ADDRESS)
        second = ask(ana, told, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), told, first)
        confirm_address(viewer(ana), told, second)

    def test_it_is_good_for_one_employment(self, ana, told):
        other = works_for(ana, "Contoso")
        code = ask(ana, told, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), other, code)

    def test_and_for_one_person(self, ana, ben, told):
        theirs = works_for(ben, "Northwind")
        code = ask(ana, told, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ben), theirs, code)
        with pytest.raises(NotThere):
            confirm_address(viewer(ben), told, code)


class TestWrongCodes:
    def test_one_verifies_nothing(self, ana, told):
        code = ask(ana, told, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), told, wrong(code))
        assert not has_verified_employment(ana.id)

    @pytest.mark.parametrize("typed", ["", "x", "1234567", "²²²²²²²²", "1" * 40])
    def test_nothing_like_a_code_is_one(self, ana, told, typed):
        ask(ana, told, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ana), told, typed)

    def test_the_right_one_still_counts_at_the_tenth_try(self, ana, told):
        code = ask(ana, told, ADDRESS)
        for _try in range(9):
            with pytest.raises(WrongCode):
                confirm_address(viewer(ana), told, wrong(code))
        confirm_address(viewer(ana), told, code)

    def test_after_ten_tries_even_the_right_one_waits(self, held_clock, ana, told):
        code = ask(ana, told, ADDRESS)
        for _try in range(10):
            with pytest.raises(WrongCode):
                confirm_address(viewer(ana), told, wrong(code))
        with pytest.raises(TooOften):
            confirm_address(viewer(ana), told, code)

    def test_a_new_code_brings_no_new_tries(self, held_clock, ana, told):
        for _try in range(10):
            with pytest.raises(WrongCode):
                confirm_address(viewer(ana), told, wrong(ask_once(ana, told)))
        with pytest.raises(TooOften):
            confirm_address(viewer(ana), told, ask(ana, told, ADDRESS))


def ask_once(who, told) -> str:
    return actions.code_of(codes()[0].public_id) if codes() else ask(who, told, ADDRESS)


class TestForgetting:
    def test_the_address_stands_only_in_the_row_of_its_letter(self, ana, told):
        ask(ana, told, ADDRESS)
        assert "ana.lima" not in str([vars(code) for code in codes()])
        assert [letter.recipient for letter in letters()] == [ADDRESS]

    def test_that_row_leads_to_no_account(self, ana, told):
        ask(ana, told, ADDRESS)
        (letter,) = letters()
        assert letter.user_id is None
        assert ana.public_id not in str(vars(letter))

    def test_nor_does_it_hold_the_code(self, ana, told):
        assert ask(ana, told, ADDRESS) not in everything_kept()

    def test_nothing_is_left_once_the_code_is_typed(self, ana, told):
        workplaces.verify(ana, told, ADDRESS)
        assert (letters(), codes()) == ([], [])

    def test_nor_when_a_newer_one_was_asked_for(self, ana, told):
        ask(ana, told, "ana@old.example")
        ask(ana, told, ADDRESS)
        assert "old.example" not in everything_kept()

    def test_nor_when_the_job_was_ended(self, ana, told):
        ask(ana, told, ADDRESS)
        actions.end(viewer(ana), told)
        assert (letters(), codes()) == ([], [])

    def test_nor_when_it_was_taken_off_the_list(self, ana, told):
        ask(ana, told, ADDRESS)
        actions.remove(viewer(ana), told)
        assert (letters(), codes()) == ([], [])

    def test_nor_after_an_hour_whatever_happened(self, held_clock, ana, told):
        ask(ana, told, ADDRESS)
        held_clock.forward(hours=1, seconds=1)
        tidying.tidy()
        assert (letters(), codes()) == ([], [])

    def test_a_letter_that_is_no_longer_wanted_goes_with_its_row(self, app, held_clock, ana, told):
        ask(ana, told, ADDRESS)
        held_clock.forward(hours=1)
        deliver(letters()[0].id, carrier(app))
        assert letters() == []

    def test_the_digest_that_stays_does_not_tell_the_address(self, ana, told):
        workplaces.verify(ana, told, ADDRESS)
        digest = workplaces.employment_row(told).address_digest
        assert len(digest) == 64
        assert "ana" not in digest


class TestOneAddressOneAccount:
    def test_a_second_account_is_refused(self, ana, ben, told):
        workplaces.verify(ana, told, ADDRESS)
        theirs = works_for(ben, "Northwind")
        with pytest.raises(AddressUsed):
            workplaces.verify(ben, theirs, ADDRESS)
        assert not has_verified_employment(ben.id)
        assert has_verified_employment(ana.id)

    def test_in_no_spelling_of_the_mailbox(self, ana, ben, told):
        workplaces.verify(ana, told, ADDRESS)
        theirs = works_for(ben, "Northwind")
        with pytest.raises(AddressUsed):
            workplaces.verify(ben, theirs, "ana.lima+two@northwind.example")

    def test_it_is_told_only_after_the_right_code(self, ana, ben, told):
        """Whoever cannot read the mailbox learns nothing by asking."""
        workplaces.verify(ana, told, ADDRESS)
        theirs = works_for(ben, "Northwind")
        code = ask(ben, theirs, ADDRESS)
        with pytest.raises(WrongCode):
            confirm_address(viewer(ben), theirs, wrong(code))

    def test_also_after_the_first_ended_their_job(self, ana, ben, told):
        workplaces.verify(ana, told, ADDRESS)
        actions.end(viewer(ana), told)
        with pytest.raises(AddressUsed):
            workplaces.verify(ben, works_for(ben, "Northwind"), ADDRESS)

    def test_nothing_of_the_refused_address_stays(self, ana, ben, told):
        workplaces.verify(ana, told, ADDRESS)
        with pytest.raises(AddressUsed):
            workplaces.verify(ben, works_for(ben, "Northwind"), ADDRESS)
        assert (letters(), codes()) == ([], [])

    def test_one_account_may_use_it_again(self, ana, told):
        workplaces.verify(ana, told, ADDRESS)
        actions.end(viewer(ana), told)
        again = works_for(ana, "Northwind")
        workplaces.verify(ana, again, ADDRESS)
        assert workplaces.employment_row(again).verified_on
        assert workplaces.employment_row(told).verified_on


class TestWhatIsAsked:
    @pytest.mark.parametrize("address", ["ana@gmail.com", "ana@mail.gmx.de", "info@firm.example"])
    def test_what_says_nothing_of_an_employer_is_refused(self, ana, told, address):
        with pytest.raises(NotAWorkAddress):
            ask(ana, told, address)
        assert letters() == []

    def test_a_domain_of_another_known_employer_is_taken_like_any(self, ana, told):
        """The answer must not tell what staff know; the wall takes both (policy.workplaces)."""
        actions.add_domain(STAFF, workplaces.employer_id("Contoso"), "contoso.example")
        workplaces.verify(ana, told, "ana@contoso.example")
        assert workplaces.employment_row(told).verified_domain == "contoso.example"

    def test_what_is_verified_is_not_verified_again(self, ana, told):
        workplaces.verify(ana, told, ADDRESS)
        with pytest.raises(NotVerifiable):
            ask(ana, told, "ana@contoso.example")

    def test_what_has_ended_cannot_be_verified(self, ana, told):
        actions.end(viewer(ana), told)
        with pytest.raises(NotVerifiable):
            ask(ana, told, ADDRESS)

    def test_only_ones_own(self, ben, told):
        with pytest.raises(NotThere):
            ask(ben, told, ADDRESS)

    def test_five_letters_a_day_for_one_member(self, held_clock, ana, told):
        for number in range(5):
            ask(ana, told, f"ana{number}@northwind.example")
        with pytest.raises(TooOften):
            ask(ana, told, "ana6@northwind.example")

    def test_an_address_is_not_flooded_and_nobody_told(self, held_clock, app_context):
        for number in range(21):
            who = community.person(f"P{number}")
            told = works_for(who, "Northwind")
            network = f"198.51.{number}"
            ask_for_code(viewer(who), told, ADDRESS, network, DOMAIN)
        assert len(letters()) == 20


class TestChanging:
    def test_a_domain_proved_by_somebody_vouched_for_is_a_change(
        self, held_clock, ana, ben, retail
    ):
        """It adds to what they may not see, so it must not make voices vanish (R5)."""
        gil = community.person("Gil")
        for who in (ana, ben, gil):
            community.join(who, retail)
        works_for(ana, "Northwind", "northwind.example")
        theirs = works_for(gil, "Gil's Studio")
        workplaces.vouched_for(gil, retail, by=(ana,))
        workplaces.verify(gil, theirs, "gil@contoso.example")
        assert queries.next_change_on(viewer(gil)) is not None

    def test_a_second_employers_code_is_one_too(self, held_clock, ana, told):
        other = works_for(ana, "Contoso")
        workplaces.verify(ana, told, ADDRESS)
        workplaces.verify(ana, other, "ana@contoso.example")
        assert queries.next_change_on(viewer(ana)) is not None


class TestTheLetter:
    @pytest.fixture
    def letter(self, app, ana, told):
        code = ask(ana, told, ADDRESS)
        return code, read(letters()[0], carrier(app))

    def test_it_goes_to_the_address_and_holds_the_code(self, letter):
        code, read_ = letter
        assert read_.address == ADDRESS
        assert code in read_.text
        assert code in read_.html

    def test_it_says_nothing_of_what_it_is_for(self, letter):
        _code, read_ = letter
        assert read_.subject == "Your code"
        said = f"{read_.subject} {read_.text} {read_.html}".lower()
        for word in (
            *("space", "fail", "frustrat", "private", "forum", "anonym", "pseudonym", "verif"),
            *("employer", "northwind", "vouch", "work address", "ana lima", "/settings"),
        ):
            assert word not in said, word

    def test_once_the_code_is_used_it_says_nothing(self, app, ana, told):
        code = ask(ana, told, ADDRESS)
        (letter,) = letters()
        db.session.expunge(letter)
        confirm_address(viewer(ana), told, code)
        assert read(letter, carrier(app)) is None
