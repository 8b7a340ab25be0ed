"""What somebody tells of themselves."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.accounts import actions, queries
from forum.accounts.actions import Told
from forum.models.accounts import User
from forum.models.companies import Market, SizeBand
from forum.models.profiles import Barrier, Part, Profile, Rhythm
from forum.policy.allowed import Suspended
from tests.support import community
from tests.support.watched import rows

ALL = Told(
    trying="Lids that come back.",
    broke_through="We asked the canteen first.",
    part=Part.ALLY,
    industry="G",
    company_size=SizeBand.LARGE,
    company_market=Market.BOTH,
    company_regulated=False,
    region="039",
    languages=("pt", "en"),
    time_zone="Europe/Lisbon",
    listed=True,
    met=(Barrier.LEGAL, Barrier.BUDGET),
    broken=(Barrier.BUDGET,),
)
BARRIERS = st.lists(st.sampled_from(Barrier), unique=True).map(tuple)


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana")


def mine(person: User) -> queries.MyProfile:
    return queries.my_profile(community.viewer(person))


def save(person: User, told: Told, rhythm: Rhythm | None = None) -> None:
    actions.save_profile(community.viewer(person), told, rhythm)


def test_who_told_nothing_has_an_empty_profile(ana):
    assert mine(ana) == queries.MyProfile()


def test_all_that_is_told_is_kept(ana):
    save(ana, ALL, Rhythm.WEEKLY)
    kept = mine(ana)
    for name in Told.__dataclass_fields__:
        assert (
            set(getattr(kept, name)) == set(getattr(ALL, name))
            if name
            in {
                "met",
                "broken",
            }
            else getattr(kept, name) == getattr(ALL, name)
        ), name
    assert kept.rhythm is Rhythm.WEEKLY
    assert kept.welcomed


def test_what_is_left_empty_is_said_no_longer(ana):
    save(ana, ALL, Rhythm.WEEKLY)
    save(ana, Told())
    kept = mine(ana)
    assert (kept.trying, kept.part, kept.met, kept.broken, kept.listed) == ("", None, (), (), False)


def test_how_often_to_be_told_stays_unless_it_is_said_anew(ana):
    save(ana, ALL, Rhythm.WEEKLY)
    save(ana, Told())
    assert mine(ana).rhythm is Rhythm.WEEKLY
    actions.choose_rhythm(community.viewer(ana), Rhythm.NONE)
    assert mine(ana).rhythm is Rhythm.NONE


def test_skipping_keeps_what_was_told(ana):
    save(ana, ALL)
    actions.skip_first_steps(community.viewer(ana))
    assert mine(ana).trying == ALL.trying


def test_who_skipped_is_not_asked_again(ana):
    assert not queries.is_welcomed(ana.id)
    actions.skip_first_steps(community.viewer(ana))
    assert queries.is_welcomed(ana.id)


def test_choosing_how_often_is_no_first_step(ana):
    actions.choose_rhythm(community.viewer(ana), Rhythm.DAILY)
    assert not queries.is_welcomed(ana.id)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(met=BARRIERS, broken=BARRIERS)
def test_who_broke_through_a_wall_has_met_it(ana, met, broken):
    save(ana, Told(met=met, broken=broken))
    kept = mine(ana)
    assert set(kept.met) == {*met, *broken}
    assert set(kept.broken) == set(broken)


def test_whoever_is_suspended_tells_nothing_new(ana):
    save(ana, ALL)
    community.suspend(ana)
    with pytest.raises(Suspended):
        save(ana, Told(trying="Buy my course."))
    assert mine(ana).trying == ALL.trying
    assert set(mine(ana).met) == set(ALL.met)


def test_but_still_chooses_how_often_to_hear(ana):
    community.suspend(ana)
    actions.choose_rhythm(community.viewer(ana), Rhythm.NONE)
    assert mine(ana).rhythm is Rhythm.NONE


def test_nobody_elses_profile_changes(ana):
    ben = community.person("Ben")
    save(ben, ALL)
    save(ana, Told(met=(Barrier.OTHER,)))
    assert mine(ben).trying == ALL.trying
    assert set(mine(ben).met) == set(ALL.met)
    assert len(rows(Profile)) == 2
