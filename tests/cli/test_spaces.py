import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.models.circles import Role
from forum.models.spaces import Space, SpaceMember
from forum.policy.visible import Reason, unscoped
from forum.spaces.hours import Hours, hours_of
from tests.cli.outbox import command
from tests.support import community, spaces, workplaces


def count(table: type) -> int:
    return len(db.session.execute(unscoped(select(table), Reason.SET_UP)).scalars().all())


def roles() -> list[Role]:
    db.session.rollback()
    query = unscoped(select(SpaceMember.role), Reason.SET_UP)
    return sorted(db.session.execute(query).scalars())


class TestFound:
    def test_a_circle_gets_its_space_once(self, app, app_context):
        community.circle("retail")
        for _turn in range(2):
            done = command(app, "spaces", "found", "retail")
            assert done.exit_code == 0
        assert "flask spaces moderator retail" in done.output
        assert count(Space) == 1

    def test_a_circle_unknown_is_told_so(self, app, app_context):
        done = command(app, "spaces", "found", "nowhere")
        assert done.exit_code == 1
        assert "no circle" in done.output
        assert count(Space) == 0


class TestModerator:
    def test_a_member_of_the_space_becomes_one(self, app, app_context):
        here, ana = spaces.space(community.circle("retail")), community.person("Ana")
        spaces.enter(here, ana, employer="Northwind")
        done = command(app, "spaces", "moderator", "retail", "Ana@site.example")
        assert done.exit_code == 0
        assert roles() == [Role.MODERATOR]

    def test_two_of_one_employer_are_one_too_many(self, app, app_context):
        here = spaces.space(community.circle("retail"))
        for name, employer in (("Ana", "Northwind"), ("Ben", "Northwind"), ("Dora", "Fabrikam")):
            spaces.enter(here, community.person(name), employer=employer)
        codes = [
            command(app, "spaces", "moderator", "retail", f"{name}@site.example").exit_code
            for name in ("ana", "ben", "dora", "ana")
        ]
        assert codes == [0, 1, 0, 0]
        assert sorted(roles()) == sorted([Role.MODERATOR, Role.MEMBER, Role.MODERATOR])

    def test_who_is_not_in_it_or_left_is_refused(self, app, app_context):
        here, ana = spaces.space(community.circle("retail")), community.person("Ana")
        community.person("Ben")
        spaces.enter(here, ana, employer="Northwind")
        spaces.leave(here, ana)
        for name in ("ana", "ben"):
            done = command(app, "spaces", "moderator", "retail", f"{name}@site.example")
            assert done.exit_code == 1
            assert "not in the private space" in done.output
        assert roles() == [Role.MEMBER]

    def test_who_left_the_circle_moderates_its_space_no_more(self, app, app_context):
        retail = community.circle("retail")
        here, ana = spaces.space(retail), community.person("Ana")
        spaces.enter(here, ana, Role.MODERATOR, employer="Northwind")
        community.leave(ana, retail)
        assert roles() == [Role.MEMBER]

    def test_somebody_unknown_is_told_so(self, app, app_context):
        community.circle("retail")
        done = command(app, "spaces", "moderator", "retail", "nobody@site.example")
        assert done.exit_code == 1
        assert "no account" in done.output


class TestCheck:
    """Of the space of retail, which Ana (Northwind) and Ben (Contoso) moderate."""

    @pytest.fixture
    def people(self, app_context):
        retail = community.circle("retail")
        here = spaces.space(retail)
        ana, ben = community.person("Ana"), community.person("Ben")
        spaces.enter(here, ana, Role.MODERATOR, employer="Northwind")
        spaces.enter(here, ben, Role.MODERATOR, employer="Contoso")
        return ana, ben, retail

    def test_two_of_different_employers_are_enough(self, app, people):
        done = command(app, "spaces", "check")
        assert (done.exit_code, done.output) == (0, "retail: it has its moderators.\n")

    def test_one_who_leaves_is_missed(self, app, people):
        ana, _ben, retail = people
        community.leave(ana, retail)
        done = command(app, "spaces", "check")
        assert done.exit_code == 1
        assert "retail: moderators: 1. Two of different employers" in done.output

    def test_two_who_have_become_colleagues_are_one_too_few(self, app, people):
        _ana, ben, _retail = people
        workplaces.works_for(ben, "Northwind")
        done = command(app, "spaces", "check")
        assert done.exit_code == 1
        assert "2 with one employer" in done.output

    def test_also_when_one_has_left_that_employer_since(self, app, held_clock, people):
        _ana, ben, _retail = people
        workplaces.worked_for(ben, "Northwind", until=clock.today())
        assert command(app, "spaces", "check").exit_code == 1
        held_clock.forward(days=366)
        assert command(app, "spaces", "check").exit_code == 0

    def test_nobody_is_named(self, app, people):
        ana, _ben, retail = people
        community.leave(ana, retail)
        output = command(app, "spaces", "check").output
        assert "site.example" not in output
        assert "Ben" not in output

    def test_where_there_is_no_space_nothing_is_missed(self, app, app_context):
        done = command(app, "spaces", "check")
        assert (done.exit_code, done.output) == (0, "")


class TestHours:
    def test_are_set_and_taken_back(self, app, app_context):
        here = spaces.space(community.circle("retail"))
        for words, found in (
            (("8", "18"), Hours(8, 18)),
            (("22", "6"), Hours(22, 6)),
            (("--none",), None),
        ):
            assert command(app, "spaces", "hours", "retail", *words).exit_code == 0
            db.session.rollback()
            assert hours_of(here.id) == found

    @pytest.mark.parametrize("words", [(), ("8",), ("8", "8"), ("8", "25"), ("1", "2", "--none")])
    def test_that_make_no_sense_are_refused(self, app, app_context, words):
        here = spaces.space(community.circle("retail"))
        assert command(app, "spaces", "hours", "retail", *words).exit_code != 0
        assert hours_of(here.id) is None

    def test_of_a_circle_without_a_space_are_refused(self, app, app_context):
        community.circle("retail")
        done = command(app, "spaces", "hours", "retail", "8", "18")
        assert done.exit_code == 1
        assert "no private space" in done.output
