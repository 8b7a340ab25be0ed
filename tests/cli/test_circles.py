import pytest

from forum.circles import actions, queries
from forum.circles.actions import CircleWords
from forum.cli.standard_circles import standard_circles
from forum.models.circles import Role
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
