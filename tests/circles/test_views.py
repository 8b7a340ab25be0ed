import re
import sys

import pytest

from forum.circles import actions as circles
from forum.models.circles import Visibility
from tests.circles.conftest import member_count
from tests.support import community
from tests.support.members_browser import Browser, browser


@pytest.fixture
def ana(app, scene) -> Browser:
    return browser(app, scene.ana)


@pytest.fixture
def dora(app, scene) -> Browser:
    return browser(app, scene.dora)


class TestDirectory:
    def test_a_guest_sees_open_circles(self, client, scene):
        page = client.get("/circles").text
        assert "/c/open-circle" in page
        assert "members-circle" not in page

    def test_a_secret_circles_name_is_nowhere_for_others(self, ana, scene):
        for url in ("/circles", "/", "/c/open-circle", "/settings", "/drafts"):
            assert "secret-circle" not in ana.get(url).text.lower()


class TestAbout:
    def test_purpose_rules_and_moderators_are_said(self, client, scene):
        page = client.get("/c/open-circle/about").text
        assert "About open-circle." in page
        assert "Dora" in page

    @pytest.mark.parametrize("slug", ["secret-circle", "nowhere"])
    def test_a_secret_circle_is_as_absent_as_none(self, ana, slug):
        assert ana.get(f"/c/{slug}/about").status_code == 404


class TestMembership:
    def test_joining_leads_to_the_circle(self, ana, scene):
        assert ana.post("/c/open-circle/membership").location == "/c/open-circle"
        assert member_count("open-circle") == 2

    def test_or_back_to_where_one_came_from(self, ana, scene):
        topic = community.topic(scene.dora, scene.circles[Visibility.OPEN])
        answer = ana.post("/c/open-circle/membership", next=f"/t/{topic}")
        assert answer.location == f"/t/{topic}"

    @pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil"])
    def test_but_never_to_another_site(self, ana, scene, target):
        answer = ana.post("/c/open-circle/membership", next=target)
        assert answer.location == "/c/open-circle"

    def test_leaving_is_asked_about_first(self, ana, scene):
        ana.post("/c/open-circle/membership")
        page = ana.get("/c/open-circle/membership/end")
        assert "Leave Open-Circle?" in page.text
        assert "You can come back at any time." in page.text
        assert member_count("open-circle") == 2

    def test_who_would_have_to_be_let_in_again_is_told_so(self, client, scene):
        community.join(scene.ana, scene.circles[Visibility.APPROVAL])
        community.sign_in(client, scene.ana)
        page = client.get("/c/approval-circle/membership/end").text
        assert "be let in again" in page
        assert "at any time" not in page

    def test_leaving_leads_to_the_directory(self, ana, scene):
        ana.post("/c/open-circle/membership")
        assert ana.post("/c/open-circle/membership/end").location == "/circles"
        assert member_count("open-circle") == 1

    def test_a_guest_is_refused(self, client, scene):
        sent = {"csrf_token": community.csrf(client)}
        assert client.post("/c/open-circle/membership", data=sent).status_code == 401


FIELDS = {"purpose": "For shopkeepers.", "rules": "1. Be *kind*.", "hue": "5"}


class TestEditing:
    def test_a_moderator_changes_the_circles_words(self, dora, scene):
        answer = dora.post("/c/open-circle/edit", **FIELDS)
        assert answer.location == "/c/open-circle/about"
        assert "For shopkeepers." in dora.get(answer.location).text

    def test_the_form_holds_what_is_there(self, dora, scene):
        dora.post("/c/open-circle/edit", **FIELDS)
        page = dora.get("/c/open-circle/edit").text
        assert "For shopkeepers." in page
        assert "1. Be *kind*." in page

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("purpose", " "),
            ("purpose", "x" * 501),
            ("rules", "x" * 5_001),
            ("rules", "> " * 300 + "x"),
            ("hue", "24"),
            ("hue", "-1"),
            ("hue", "red"),
        ],
    )
    def test_refused_it_keeps_what_was_typed(self, dora, scene, field, value):
        answer = dora.post("/c/open-circle/edit", **FIELDS | {field: value})
        assert answer.status_code == 422
        assert "1. Be *kind*." in answer.text or field == "rules"
        assert "About open-circle." in dora.get("/c/open-circle/about").text

    def test_the_first_colour_can_be_chosen(self, dora, scene):
        assert dora.post("/c/open-circle/edit", **FIELDS | {"hue": "0"}).status_code == 302

    def test_what_another_moderator_wrote_meanwhile_is_not_overwritten_unseen(self, dora):
        def version(page: str) -> str:
            return re.search(r'name="version"[^>]*value="(\w{64})"', page)[1]

        url = "/c/open-circle/edit"
        shown = version(dora.get(url).text)
        assert dora.post(url, **FIELDS | {"rules": "Theirs."}, version=shown).status_code == 302
        refused = dora.post(url, **FIELDS | {"rules": "Mine."}, version=shown)
        assert refused.status_code == 409
        assert "Theirs.</p>" in refused.text
        assert "Mine.</textarea>" in refused.text
        again = {"rules": "Mine.", "version": version(refused.text)}
        assert dora.post(url, **FIELDS | again).status_code == 302
        assert "Mine." in dora.get("/c/open-circle/about").text

    def test_a_member_cannot(self, ana, scene):
        ana.post("/c/open-circle/membership")
        assert ana.get("/c/open-circle/edit").status_code == 403
        assert ana.post("/c/open-circle/edit", **FIELDS).status_code == 403


class TestSendingAway:
    @pytest.fixture
    def gone(self, scene) -> str:
        """Where Ana, who wrote in the open circle and left it, is kept out."""
        community.join(scene.ana, scene.circles[Visibility.OPEN])
        community.topic(scene.ana, scene.circles[Visibility.OPEN])
        community.leave(scene.ana, scene.circles[Visibility.OPEN])
        return f"/c/open-circle/members/{scene.ana.public_id}/removal"

    def test_who_left_stands_there_as_such(self, dora, gone):
        assert "Keep <bdi>Ana</bdi> out of the circle" in dora.get(gone).text

    def test_sent_it_leads_to_the_members_where_they_stand_as_sent_away(self, dora, gone):
        answer = dora.post(gone, reason="Too loud.")
        assert answer.location == "/c/open-circle/members"
        assert "Too loud." in dora.get(answer.location).text

    def test_done_already_it_leads_there_at_once(self, dora, gone):
        dora.post(gone, reason="Too loud.")
        assert dora.get(gone).location == "/c/open-circle/members"

    def test_it_is_for_moderators(self, ana, gone):
        assert ana.get(gone).status_code == 403


class TestDeclining:
    def test_reaches_whoever_asks_however_many_stand_there(self, dora, scene, monkeypatch):
        monkeypatch.setattr(sys.modules["forum.circles.queries.door"], "MOST", 1)
        people = [community.person(name) for name in ("Ben", "Cem", "Eva", "Fay")]
        for one in people:
            circles.ask(community.viewer(one), "approval-circle", "Please.")
        url = f"/c/approval-circle/requests/{people[-1].public_id}/refusal"
        assert "Fay" in dora.get(url).text
        assert dora.get(url.replace(people[-1].public_id, scene.ana.public_id)).status_code == 404
