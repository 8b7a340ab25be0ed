"""What staff do with employers takes no post away from anybody, and brings none back (R4)."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.discussions.queries import post_for
from forum.employments import actions
from forum.employments.actions import Description, Workplace, declaring
from forum.models.employers import EmployerLogEntry, StaffAct, Tie
from forum.policy.visible import Reason, unscoped
from tests.support import community, spaces
from tests.support.workplaces import STAFF, add_alias, employer_id, group, row

ALIAS = "aaaaaaaaaaaa"


def is_there(person, post: str) -> bool:
    try:
        post_for(community.viewer(person), post)
    except NotThere:
        return False
    return True


def merge() -> None:
    actions.merge(STAFF, employer_id("Contoso"), "Fabrikam")


def separate() -> None:
    actions.separate(STAFF, employer_id("Litware"), ALIAS)


def add_domain() -> None:
    actions.add_domain(STAFF, employer_id("Fabrikam"), "contoso.example")


def end_domain() -> None:
    actions.end_domain(STAFF, employer_id("Northwind"), "tailspin.example")


def make_a_group() -> None:
    group("Both", "Contoso", "Fabrikam")


def leave_a_group() -> None:
    actions.describe(STAFF, employer_id("Wingtip"), Description("Wingtip", ""))


def rename() -> None:
    actions.describe(STAFF, employer_id("Contoso"), Description("Kontor", ""))


ACTS = {
    merge: StaffAct.MERGED,
    separate: StaffAct.SEPARATED,
    add_domain: StaffAct.DOMAIN_ADDED,
    end_domain: StaffAct.DOMAIN_ENDED,
    make_a_group: StaffAct.GROUPED,
    leave_a_group: StaffAct.GROUPED,
    rename: StaffAct.RENAMED,
}


@pytest.fixture
def tied(scene):
    """Litware is also Ema's firm's other name, Northwind owns a domain, Wingtip is in a group."""
    add_alias("Litware", "Tailspin", ALIAS)
    actions.add_domain(STAFF, employer_id("Northwind"), "wingtip.example")
    actions.add_domain(STAFF, employer_id("Northwind"), "tailspin.example")
    group("Group", "Wingtip", "Fabrikam")
    return scene


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
class TestAnActOfStaff:
    def test_changes_nothing_of_what_anybody_sees(self, tied, held_clock, act):
        posts = []
        for days in (0, 1):
            held_clock.forward(days=days)
            posts += [spaces.sealed_topic(each, tied.space) for each in tied.people.values()]
        seen = {
            name: [is_there(person, post) for post in posts] for name, person in tied.people.items()
        }
        act()
        for days in (0, 1, 30):
            held_clock.forward(days=days)
            for name, person in tied.people.items():
                assert [is_there(person, post) for post in posts] == seen[name], name

    def test_stands_in_the_log(self, tied, act):
        query = unscoped(select(EmployerLogEntry), Reason.SET_UP)
        before = {entry.id for entry in db.session.execute(query).scalars()}
        act()
        new = [each for each in db.session.execute(query).scalars() if each.id not in before]
        assert {(each.act, each.staff_id, each.logged_on) for each in new} == {
            (ACTS[act], STAFF.id, clock.today())
        }


class TestWhoBelongsTogetherFromNowOn:
    def test_sees_no_post_that_is_written_from_then_on(self, scene):
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        merge()
        answer = spaces.sealed_reply(scene["Chidi"], topic)
        assert is_there(scene["Ema"], topic)
        assert not is_there(scene["Ema"], answer)
        assert is_there(scene["Gil"], answer)

    def test_and_who_was_parted_sees_it(self, scene):
        merge()
        between = spaces.sealed_topic(scene["Chidi"], scene.space)
        actions.separate(STAFF, employer_id("Fabrikam"), row("Contoso").public_id)
        assert not is_there(scene["Ema"], between)
        assert is_there(scene["Ema"], spaces.sealed_topic(scene["Chidi"], scene.space))

    def test_whoever_tells_of_one_of_them_later_is_held_back_from_old_posts_too(
        self, scene, held_clock
    ):
        topic = spaces.sealed_topic(scene["Chidi"], scene.space)
        merge()
        held_clock.forward(days=1)
        jon = community.person("Jon")
        declaring.enter(jon.id, Workplace("Fabrikam", Tie.WORKS_FOR), told_on=clock.today())
        spaces.enter(scene.space, jon)
        assert not is_there(jon, topic)


@pytest.mark.parametrize(
    "change",
    [update(EmployerLogEntry).values(staff_id=2), delete(EmployerLogEntry)],
    ids=["change", "delete"],
)
def test_the_log_stays_as_it_is(scene, change):
    merge()
    with pytest.raises(DatabaseError), transaction() as session:
        session.execute(change)
