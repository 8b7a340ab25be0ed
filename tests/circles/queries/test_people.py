import pytest

from forum.circles import queries
from forum.circles.queries import people
from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.models.circles import Visibility
from forum.models.profiles import Barrier, Part, ProfileBarrier
from forum.policy.viewer import GUEST
from forum.quiet import actions as quiet
from tests.support import community
from tests.support.statements import counted_statements

OPEN = Visibility.OPEN


def joins(scene, name: str, *broken: Barrier, kind=OPEN, **told):
    someone = community.person(name)
    community.join(someone, scene.circles[kind])
    if broken or told:
        community.has_profile(someone, *broken, **told)
    return someone


def found(scene, who: str = "ana", kind=OPEN, **asked):
    return queries.people_of(scene.reads(who), scene.circles[kind].id, **asked)


def names(page) -> list[str]:
    return [row.byline.name for row in page.rows]


def test_only_those_stand_there_who_want_to(scene):
    joins(scene, "Ben", listed=True)
    joins(scene, "Cem", listed=False, trying="Hidden.")
    joins(scene, "Eve")
    assert names(found(scene)) == ["Ben"]
    assert found(scene).count == 1


def test_they_stand_there_in_their_own_words(scene):
    joins(
        scene,
        "Ben",
        *(Barrier.LEGAL, Barrier.BUDGET),
        listed=True,
        part=Part.ALLY,
        trying="Fewer boxes.",
        broke_through="We asked early.",
    )
    (row,) = found(scene).rows
    assert (row.part, row.trying, row.broke_through) == (
        "Ally or manager",
        "Fewer boxes.",
        "We asked early.",
    )
    assert row.barriers == ["Legal, compliance or procurement", "No budget for it"]


def test_of_each_wall_it_is_said_how_many_of_those_who_stand_there_broke_it(scene):
    joins(scene, "Ben", Barrier.LEGAL, Barrier.BUDGET, listed=True)
    joins(scene, "Cem", Barrier.LEGAL, listed=True)
    joins(scene, "Eve", Barrier.LEGAL, Barrier.BRAND)
    for asked in ({}, {"barrier": Barrier.BUDGET}):
        assert found(scene, **asked).walls == {Barrier.LEGAL: 2, Barrier.BUDGET: 1}


class TestWhomToInvite:
    @pytest.fixture
    def elsewhere(self, scene):
        """Cem, Cleo and Eve share another circle with Dora, who moderates; Eve is in this one."""
        other = community.circle("elsewhere")
        people = {name: community.person(name) for name in ("Cem", "Cleo", "Eve")}
        for person in (*people.values(), scene.dora):
            community.join(person, other)
        community.join(people["Eve"], scene.circles[Visibility.SECRET])
        community.person("Cecil")
        return people

    def asked(self, scene, beginning):
        here = scene.circles[Visibility.SECRET].id
        return [n.handle for n in queries.people_to_invite(scene.reads("dora"), here, beginning)]

    def test_is_known_from_another_circle(self, scene, elsewhere):
        assert self.asked(scene, "C") == self.asked(scene, "c") == ["cem", "cleo"]
        assert self.asked(scene, "CLE") == ["cleo"]

    def test_is_not_in_this_one(self, scene, elsewhere):
        assert self.asked(scene, "eve") == []

    def test_is_not_oneself_nor_anybody_when_nothing_is_asked(self, scene, elsewhere):
        assert self.asked(scene, "dora") == self.asked(scene, " ") == []

    def test_is_nobody_a_block_keeps_apart_from_the_moderator(self, scene, elsewhere):
        quiet.block(community.viewer(elsewhere["Cem"]), scene.dora.public_id)
        assert self.asked(scene, "c") == ["cleo"]


def test_a_wall_that_was_only_met_is_not_said(scene):
    ben = joins(scene, "Ben", listed=True)
    with transaction() as session:
        session.add(ProfileBarrier(user_id=ben.id, barrier=Barrier.LEGAL, broken=False))
    assert found(scene).rows[0].barriers == []
    assert found(scene, barrier=Barrier.LEGAL).rows == []


def test_one_asks_who_broke_through_a_wall(scene):
    joins(scene, "Ben", Barrier.LEGAL, listed=True)
    joins(scene, "Cem", Barrier.BUDGET, listed=True)
    page = found(scene, barrier=Barrier.LEGAL)
    assert (names(page), page.count) == (["Ben"], 1)


def test_members_of_other_circles_do_not_stand_there(scene):
    joins(scene, "Ben", kind=Visibility.SECRET, listed=True)
    assert found(scene).rows == []
    assert names(found(scene, "dora", Visibility.SECRET)) == ["Ben"]


def test_nor_those_who_left_or_were_sent_away_or_only_ask(scene):
    for name in ("Ben", "Cem"):
        joins(scene, name, listed=True)
    community.leave(community.account("ben@site.example"), scene.circles[OPEN])
    community.send_away(community.account("cem@site.example"), scene.circles[OPEN])
    assert found(scene).rows == []


@pytest.mark.parametrize("kind", [Visibility.APPROVAL, Visibility.SECRET])
def test_nobody_stands_there_for_whoever_may_not_read(scene, kind):
    joins(scene, "Ben", kind=kind, listed=True)
    page = found(scene, "ana", kind)
    assert (page.rows, page.count) == ([], 0)


def test_guests_see_nobody(scene):
    joins(scene, "Ben", listed=True)
    assert queries.people_of(GUEST, scene.circles[OPEN].id).rows == []


class TestPaging:
    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch):
        monkeypatch.setattr(people, "PAGE", 2)

    def test_going_on_meets_everybody_once_by_name(self, scene):
        for name in ("Eve", "ben", "Cem", "Ben Too", "Dan"):
            joins(scene, name.replace(" ", "-"), listed=True)
        pages = [found(scene)]
        while pages[-1].after:
            pages.append(found(scene, after=pages[-1].after))
        assert [names(page) for page in pages] == [["ben", "Ben-Too"], ["Cem", "Dan"], ["Eve"]]
        assert {page.count for page in pages} == {5}

    def test_who_is_not_listed_is_no_place_to_go_on_from(self, scene):
        cem = joins(scene, "Cem")
        for public_id in (cem.public_id, "zzzzzzzzzzzz"):
            with pytest.raises(NotThere):
                found(scene, after=public_id)

    def test_moderators_go_through_all_members(self, scene):
        for name in ("Ben", "Cem", "Eve"):
            joins(scene, name)
        dora, here = scene.reads("dora"), scene.circles[OPEN].id
        first = queries.members_to_moderate(dora, here)
        second = queries.members_to_moderate(dora, here, first.after)
        assert [names(first), names(second)] == [["Ben", "Cem"], ["Dora", "Eve"]]
        assert queries.members_to_moderate(scene.reads("ana"), here).rows == []


def test_it_takes_the_same_statements_however_many_there_are(app, scene):
    viewer, here, counts = scene.reads("ana"), scene.circles[OPEN].id, []
    for part in ("a", "b"):
        for number in range(8):
            joins(scene, f"{part}{number}", Barrier.LEGAL, listed=True)
        with counted_statements(app) as said:
            queries.people_of(viewer, here, Barrier.LEGAL)
        counts.append(len(said))
    assert counts == [3, 3]


@pytest.mark.parametrize("blocker", ["ana", "Ben"])
def test_not_for_each_other_where_a_block_stands_between_them(scene, blocker):
    ben = joins(scene, "Ben", listed=True)
    community.topic(scene.ana, scene.circles[OPEN])  # or Ben never meets her
    one, other = (scene.ana, ben) if blocker == "ana" else (ben, scene.ana)
    quiet.block(community.viewer(one), other.public_id)
    assert (names(found(scene)), found(scene).count) == ([], 0)
