import re

import pytest

from forum.accounts import actions, addresses, queries
from forum.accounts.actions import StaleLink
from forum.employments import actions as employers
from forum.models.accounts import User, UserState
from forum.models.guarding import LogEntry, Step
from forum.spaces import log
from tests.accounts.conftest import account_of
from tests.cli.outbox import command
from tests.support import community
from tests.support.watched import rows

SAM, PASSWORD = "sam@site.example", "seven grey herons wading"


def link_in(said: str, kind: str) -> str:
    return re.search(rf"http://localhost/{kind}/([\w-]{{43}})", said)[1]


class TestAdding:
    def test_somebody_new_gets_an_account_and_a_link_to_set_the_password(self, app, app_context):
        said = command(app, "staff", "add", SAM).output
        assert account_of(SAM).is_staff
        assert actions.set_new_password(link_in(said, "reset"), PASSWORD)
        assert actions.sign_in(SAM, PASSWORD, "192.0.2")

    def test_until_then_nobody_can_sign_in(self, app, app_context):
        command(app, "staff", "add", SAM)
        with pytest.raises(actions.WrongPassword):
            actions.sign_in(SAM, "", "192.0.2")

    def test_the_link_works_once_and_for_half_an_hour(self, app, held_clock, app_context):
        token = link_in(command(app, "staff", "add", SAM).output, "reset")
        held_clock.forward(minutes=30)
        with pytest.raises(StaleLink):
            actions.set_new_password(token, PASSWORD)

    def test_a_member_becomes_staff_and_keeps_name_and_password(self, app, app_context):
        ana = community.person("Ana")
        assert command(app, "staff", "add", ana.address).exit_code == 0
        kept = account_of(ana.address)
        assert (kept.id, kept.name, kept.is_staff) == (ana.id, "Ana", True)
        assert actions.sign_in(ana.address, community.PASSWORD, "192.0.2")

    def test_however_the_address_is_typed(self, app, app_context):
        ana = community.person("Ana")
        command(app, "staff", "add", " Ana@Site.Example ")
        assert account_of(ana.address).is_staff

    def test_the_name_is_the_addresss_first_part_unless_given(self, app, app_context):
        command(app, "staff", "add", SAM)
        command(app, "staff", "add", "kim@site.example", "--name", "Kim Lee")
        assert account_of(SAM).name == "sam"
        assert account_of("kim@site.example").name == "Kim Lee"

    def test_what_is_no_address_is_refused(self, app, app_context):
        done = command(app, "staff", "add", "sam")
        assert done.exit_code == 1
        assert "e-mail address" in done.output

    def test_twice_is_once(self, app, app_context):
        for _ in range(2):
            assert command(app, "staff", "add", SAM).exit_code == 0
        assert account_of(SAM).is_staff


class TestRemoving:
    def test_a_member_remains(self, app, app_context):
        sam = community.person("Sam", staff=True)
        assert command(app, "staff", "remove", sam.address).exit_code == 0
        kept = account_of(sam.address)
        assert (kept.is_staff, kept.state) == (False, UserState.ACTIVE)

    def test_who_is_signed_in_as_staff_is_none_from_then_on(self, app, app_context):
        sam = community.person("Sam", staff=True)
        assert community.viewer(sam, staff_proved=True).is_staff
        command(app, "staff", "remove", sam.address)
        assert not community.viewer(sam, staff_proved=True).is_staff

    def test_somebody_unknown_is_told_so(self, app, app_context):
        done = command(app, "staff", "remove", SAM)
        assert done.exit_code == 1
        assert "no account" in done.output


class TestInviting:
    def test_the_link_opens_an_account(self, app, app_context):
        token = link_in(command(app, "staff", "invite", SAM).output, "confirm")
        assert actions.open_account(token, "Sam", PASSWORD)
        assert not account_of(SAM).is_staff

    def test_for_three_days(self, app, held_clock, app_context):
        token = link_in(command(app, "staff", "invite", SAM).output, "confirm")
        held_clock.forward(days=3)
        with pytest.raises(StaleLink):
            actions.open_account(token, "Sam", PASSWORD)

    def test_who_has_an_account_is_not_invited(self, app, app_context):
        ana = community.person("Ana")
        assert command(app, "staff", "invite", ana.address).exit_code == 1


class TestOpeningSpaces:
    """The last resort after a reset by a mailbox that an employer may read."""

    @pytest.fixture
    def gil(self, held_clock, mailbox) -> User:
        gil = community.person("Gil")
        actions.set_new_password(mailbox.asks_for_reset(gil.address), PASSWORD)
        return gil

    def test_they_open_once_the_three_days_are_over(self, app, held_clock, gil):
        held_clock.forward(hours=73)
        assert community.viewer(gil).spaces_shut
        assert command(app, "staff", "open-spaces", gil.address).exit_code == 0
        assert not community.viewer(gil).spaces_shut

    def test_not_before(self, app, gil):
        said = command(app, "staff", "open-spaces", gil.address).output
        assert "on 2026-03-05, 09:00 UTC" in said
        assert community.viewer(gil).spaces_shut

    def test_the_log_says_so_and_not_for_whom(self, app, gil):
        said = command(app, "staff", "open-spaces", gil.address).output
        (entry,) = rows(LogEntry)
        assert entry.step is Step.LET_RETURN
        assert entry.about in said
        assert entry.about != gil.public_id
        assert entry.mark is None
        assert entry.sealed is None
        assert log.verify().sound == 1

    def test_only_where_they_are_locked(self, app, held_clock, app_context):
        ana = community.person("Ana")
        done = command(app, "staff", "open-spaces", ana.address)
        assert done.exit_code == 1
        assert rows(LogEntry) == []


class TestClosing:
    def test_the_account_is_gone(self, app, app_context):
        ana = community.person("Ana")
        assert command(app, "staff", "close-account", ana.address, "--yes").exit_code == 0
        assert account_of(ana.address) is None

    def test_not_without_a_yes(self, app, app_context):
        ana = community.person("Ana")
        done = app.test_cli_runner().invoke(args=["staff", "close-account", ana.address], input="n")
        assert done.exit_code == 1
        assert account_of(ana.address)

    def test_somebody_unknown_is_told_so(self, app, app_context):
        assert "no account" in command(app, "staff", "close-account", SAM, "--yes").output


def test_an_imported_author_made_staff_still_has_their_posts_to_claim(app, imported):
    command(app, "staff", "add", imported.address)
    olga = account_of(imported.address)
    assert queries.unclaimed(imported.address).claim_digest == addresses.claim_digest(
        imported.address
    )
    assert actions.claim(community.viewer(olga), imported.address) == 2


def test_the_log_says_who_of_the_staff_did_what_with_an_employer(app, app_context):
    sam = community.viewer(community.person("Sam", staff=True), staff_proved=True)
    employers.add_employer(sam, "Northwind")
    alias = employers.add_employer(sam, "Nordwind")
    employers.merge(sam, alias, "Northwind")
    (line,) = command(app, "staff", "employer-log").output.splitlines()
    assert f"{SAM}  merged  {alias}" in line
