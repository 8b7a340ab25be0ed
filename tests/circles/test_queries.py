import pytest

from forum.circles import actions, queries
from forum.core.errors import NotThere
from forum.models.circles import Role, Visibility
from forum.policy.viewer import GUEST
from tests.support import community
from tests.support.statements import counted_statements

ALL = {f"{kind}-circle" for kind in Visibility}


def slugs(cards) -> set[str]:
    return {card.slug for card in cards}


class TestDirectory:
    def test_a_guest_finds_open_circles_only(self, scene):
        assert slugs(queries.directory(GUEST)) == {"open-circle"}

    def test_a_member_of_the_site_finds_all_but_secret_ones(self, scene):
        assert slugs(queries.directory(scene.reads("ana"))) == ALL - {"secret-circle"}

    def test_who_is_in_a_secret_circle_finds_it(self, scene):
        assert slugs(queries.directory(scene.reads("dora"))) == ALL

    def test_who_was_sent_away_from_a_secret_circle_finds_it_no_more(self, scene):
        secret = scene.circles[Visibility.SECRET]
        community.join(scene.ana, secret)
        assert "secret-circle" in slugs(queries.directory(scene.reads("ana")))
        community.send_away(scene.ana, secret)
        assert "secret-circle" not in slugs(queries.directory(scene.reads("ana")))

    def test_circles_come_by_name(self, scene):
        names = [card.name for card in queries.directory(scene.reads("dora"))]
        assert names == sorted(names)

    def test_one_is_told_which_one_is_in(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        joined = {card.slug for card in queries.directory(scene.reads("ana")) if card.joined}
        assert joined == {"open-circle"}

    def test_it_takes_one_statement(self, app, scene):
        viewer = scene.reads("ana")
        with counted_statements(app) as said:
            queries.directory(viewer)
        assert len(said) == 1


class TestSuggested:
    def test_circles_one_can_walk_into_and_is_not_in_yet(self, scene):
        found = slugs(queries.suggested(scene.reads("ana")))
        assert found == {"open-circle", "members-circle"}
        actions.join(scene.reads("ana"), "open-circle")
        assert slugs(queries.suggested(scene.reads("ana"))) == {"members-circle"}

    def test_the_busiest_come_first_and_four_are_enough(self, scene):
        for name in ("one", "two", "three"):
            community.circle(name)
        busy = scene.circles[Visibility.MEMBERS]
        community.topic(scene.ana, busy)
        found = queries.suggested(scene.reads("ana"))
        assert (found[0].slug, len(found)) == ("members-circle", 4)


class TestPlace:
    @pytest.mark.parametrize(
        ("who", "readable"),
        [
            ("guest", {"open-circle"}),
            ("ana", {"open-circle", "members-circle"}),
            ("dora", ALL),
        ],
    )
    def test_discussions_are_there_for_who_may_read_them(self, scene, who, readable):
        viewer = GUEST if who == "guest" else scene.reads(who)
        found = set()
        for slug in ALL:
            try:
                found.add(queries.place(viewer, slug).circle.slug)
            except NotThere:
                pass
        assert found == readable

    def test_what_one_may_do_there_is_said(self, scene):
        def may(viewer):
            here = queries.place(viewer, "open-circle")
            return here.may_join, here.may_write, here.is_moderator

        assert may(GUEST) == (False, False, False)
        assert may(scene.reads("ana")) == (True, False, False)
        actions.join(scene.reads("ana"), "open-circle")
        assert may(scene.reads("ana")) == (False, True, False)
        assert may(scene.reads("dora")) == (False, True, True)

    def test_a_circle_that_never_was_is_not_there(self, scene):
        with pytest.raises(NotThere):
            queries.place(scene.reads("dora"), "nowhere")


class TestAbout:
    def test_moderators_are_named_for_who_may_read_the_circle(self, scene):
        community.join(community.person("Bea"), scene.circles[Visibility.OPEN], Role.MODERATOR)
        community.join(scene.ana, scene.circles[Visibility.OPEN])
        names = [byline.name for byline in queries.about(GUEST, "open-circle").moderators]
        assert names == ["Bea", "Dora"]

    def test_of_a_circle_one_may_only_ask_to_join_no_member_is_named(self, scene):
        found = queries.about(scene.reads("ana"), "approval-circle")
        assert (found.purpose, found.moderators) == ("About approval-circle.", [])

    @pytest.mark.parametrize("slug", ["secret-circle", "nowhere"])
    def test_a_secret_circle_is_as_absent_as_none(self, scene, slug):
        with pytest.raises(NotThere):
            queries.about(scene.reads("ana"), slug)


def test_only_open_circles_are_in_the_sitemap(scene):
    assert queries.slugs_of_open_circles() == ["open-circle"]
