"""Looking up whom to name: people of the circle, and nothing of any other place."""

from dataclasses import replace

import pytest

from forum.core.errors import NotThere, TooOften
from forum.models.circles import MembershipState, Visibility
from forum.notifications.queries import people_to_name
from forum.policy import limits
from forum.policy.viewer import GUEST
from tests.support import community


def found(scene, beginning: str, name: str = "ana", slug: str = "retail") -> list[str]:
    return [one.handle for one in people_to_name(scene.reads(name), slug, beginning)]


class TestWhoIsFound:
    def test_a_member_by_the_beginning_of_their_name(self, scene):
        assert found(scene, "be") == found(scene, "BE") == ["ben"]

    def test_or_of_their_handle(self, scene):
        community.join(community.person("Þóra"), scene.retail)
        assert found(scene, "tho") == ["thora"]
        assert found(scene, "þó") == found(scene, "Þó") == ["thora"]

    def test_nobody_by_the_middle_of_it(self, scene):
        assert found(scene, "en") == []

    def test_signs_of_a_pattern_are_letters(self, scene):
        assert found(scene, "%") == found(scene, "_en") == found(scene, "b%") == []

    @pytest.mark.parametrize("beginning", ["", "  ", "b" * 41])
    def test_nobody_for_nothing_and_for_too_much(self, scene, beginning):
        assert found(scene, beginning) == []

    def test_not_oneself(self, scene):
        assert found(scene, "an") == []

    def test_eight_at_most_by_name(self, scene):
        for number in range(10):
            community.join(community.person(f"Zoe{number}"), scene.retail)
        assert found(scene, "zoe") == [f"zoe{number}" for number in range(8)]

    def test_one_who_wrote_there_and_is_no_member(self, scene):
        community.leave(scene.ben, scene.retail)
        assert found(scene, "ben") == []
        community.topic(scene.ben, scene.retail)
        assert found(scene, "ben") == ["ben"]

    def test_not_by_what_nobody_sees_any_more(self, scene):
        community.leave(scene.ben, scene.retail)
        community.hide(community.topic(scene.ben, scene.retail))
        assert found(scene, "ben") == []

    def test_no_suspended_account(self, scene):
        community.suspend(scene.ben)
        assert found(scene, "ben") == []

    @pytest.mark.parametrize("state", sorted(set(MembershipState) - {MembershipState.ACTIVE}))
    def test_nobody_who_is_no_member_yet_or_any_more(self, scene, state):
        community.set_membership(scene.ben, scene.retail, state)
        assert found(scene, "ben") == []

    def test_nobody_by_whoever_only_reads_there(self, scene):
        """Else it would list those who write nothing, and go round the directory."""
        community.person("Eva Stranger")
        scene = replace(scene, cem=community.account("eva@site.example"))
        assert found(scene, "ben", "cem") == []
        assert found(scene, "ben", "dora") == ["ben"]


class TestHiddenPlaces:
    @pytest.fixture
    def quiet(self, scene):
        quiet = community.circle("quiet", Visibility.SECRET)
        for one in (scene.ana, scene.ben):
            community.join(one, quiet)
        community.topic(scene.cem, quiet)
        return quiet

    def test_a_member_finds_members(self, scene, quiet):
        assert found(scene, "ben", slug="quiet") == ["ben"]

    def test_nobody_else_finds_even_the_place(self, scene, quiet):
        for slug in ("quiet", "nowhere"):
            with pytest.raises(NotThere):
                found(scene, "ben", "dora", slug)
        with pytest.raises(NotThere):
            people_to_name(GUEST_LIKE, "quiet", "ben")

    def test_who_wrote_and_may_read_there_no_more_is_not_found(self, scene, quiet):
        assert found(scene, "cem", slug="quiet") == []

    def test_membership_elsewhere_finds_nobody(self, scene, quiet):
        community.leave(scene.ben, scene.retail)
        assert found(scene, "ben") == []


def test_it_may_be_asked_so_often_and_no_oftener(scene, held_clock):
    for _each in range(limits.PEOPLE.hits):
        found(scene, "b")
    with pytest.raises(TooOften):
        found(scene, "b")


GUEST_LIKE = GUEST.__class__(id=1, public_id="x")
"""Somebody with no account at all."""
