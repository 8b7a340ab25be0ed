import pytest

from forum.circles import actions, queries
from forum.circles.actions import CircleWords
from forum.cli.standard_circles import standard_circles
from forum.models.circles import Role, Visibility
from forum.policy.viewer import GUEST
from tests.cli.outbox import command
from tests.support import community


def everything() -> dict:
    """All circles, as somebody sees them who is in every secret one: there is none."""
    viewer = community.viewer(community.person("Kim"))
    return {card.slug: card for card in queries.directory(viewer)}


class TestInit:
    def test_a_new_site_gets_the_circles_people_name(self, app, app_context):
        said = command(app, "circles", "init").output
        assert said == f"{len(standard_circles())} circles added.\n"
        found = everything()
        assert set(found) == {circle.slug for circle in standard_circles()}
        assert found["retail"].isic == "G"

    def test_each_has_its_rules_as_a_list(self, app, app_context):
        command(app, "circles", "init")
        assert "<ol>" in queries.about(GUEST, "retail").rules_html

    def test_a_second_time_adds_nothing(self, app, app_context):
        command(app, "circles", "init")
        assert command(app, "circles", "init").output == "All circles are there already.\n"

    def test_what_moderators_wrote_since_stays(self, app, app_context):
        command(app, "circles", "init")
        dora = community.person("Dora")
        actions.appoint(dora.id, "retail", Role.MODERATOR)
        actions.edit(community.viewer(dora), "retail", CircleWords("Shops only.", "None.", 1))
        command(app, "circles", "init")
        assert queries.about(GUEST, "retail").purpose == "Shops only."

    def test_what_is_missing_is_added(self, app, app_context):
        community.circle("retail", purpose="Ours.")
        said = command(app, "circles", "init").output
        assert said == f"{len(standard_circles()) - 1} circles added.\n"
        assert queries.about(GUEST, "retail").purpose == "Ours."


class TestModerator:
    @pytest.mark.parametrize("joined", [True, False])
    def test_somebody_becomes_one_in_it_or_not(self, app, app_context, joined):
        retail, ana = community.circle("retail"), community.person("Ana")
        if joined:
            community.join(ana, retail)
        assert command(app, "circles", "moderator", "retail", "Ana@site.example").exit_code == 0
        (mine,) = community.viewer(ana).circles
        assert mine.moderator
        assert everything()["retail"].member_count == 1

    def test_somebody_unknown_is_told_so(self, app, app_context):
        community.circle("retail")
        done = command(app, "circles", "moderator", "retail", "nobody@site.example")
        assert done.exit_code == 1
        assert "no account" in done.output

    def test_a_circle_unknown_is_told_so(self, app, app_context):
        community.person("Ana")
        done = command(app, "circles", "moderator", "nowhere", "ana@site.example")
        assert done.exit_code == 1
        assert "no circle" in done.output


class TestVisibility:
    def test_staff_add_a_circle_of_any_kind(self, app, app_context):
        said = command(app, "circles", "add", "pilots", "Pilots", "Ends.", "--visibility", "secret")
        assert said.exit_code == 0
        assert community.find("pilots").visibility is Visibility.SECRET

    @pytest.mark.parametrize("slug", ["Pilots", "a--b", "-a", "a b", ""])
    def test_its_slug_is_one(self, app, app_context, slug):
        assert command(app, "circles", "add", "--", slug, "Pilots", "Ends.").exit_code == 1

    def test_staff_say_who_may_see_one(self, app, app_context):
        community.circle("pilots")
        assert command(app, "circles", "visibility", "pilots", "approval").exit_code == 0
        assert community.find("pilots").visibility is Visibility.APPROVAL
        assert command(app, "circles", "visibility", "nowhere", "open").exit_code == 1

    def test_where_nobody_asks_any_more_the_notes_go(self, app, app_context):
        here, ana = community.circle("pilots", Visibility.APPROVAL), community.person("Ana")
        actions.ask(community.viewer(ana), "pilots", "Please.")
        command(app, "circles", "visibility", "pilots", "secret")
        assert queries.standing(community.viewer(ana), here.id) is None
