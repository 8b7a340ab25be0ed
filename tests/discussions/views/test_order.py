import re

import pytest

from forum.discussions import queries
from forum.models.discussions import Report
from tests.discussions import rows
from tests.support import community
from tests.support.members_browser import Browser, browser


@pytest.fixture
def dora(app, scene) -> Browser:
    return browser(app, scene.dora)


@pytest.fixture
def ben(app, scene) -> Browser:
    return browser(app, scene.ben)


class TestReporting:
    def test_sent_it_leads_back_to_the_post(self, ben, scene):
        answer = ben.post(f"/p/{scene.topic}/report", reason="spam", words="Sells a course.")
        assert answer.location == f"/p/{scene.topic}#p-{scene.topic}"
        assert rows.count(Report) == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"words": "I forgot the reason."},
            {"reason": "made-up", "words": "Words."},
            {"reason": "other", "words": " "},
            {"reason": "spam", "words": "x" * 501},
        ],
    )
    def test_refused_it_keeps_what_was_typed(self, ben, scene, fields):
        answer = ben.post(f"/p/{scene.topic}/report", **fields)
        assert answer.status_code == 422
        assert fields["words"].strip() in answer.text
        assert rows.count(Report) == 0

    def test_the_moderators_page_shows_it_without_who_sent_it(self, dora, scene):
        community.report(scene.ben, scene.topic, "Sells a course.")
        page = dora.get("/c/retail/reports").text
        assert "Sells a course." in page
        assert scene.ben.public_id not in page
        assert "Ben" not in page

    def test_settled_it_is_off_the_page(self, dora, scene):
        community.report(scene.ben, scene.topic, "Sells a course.")
        (row,) = queries.open_reports(scene.reads("dora"), scene.retail.id)
        assert dora.post(row.settle_url).location == "/c/retail/reports"
        assert "Sells a course." not in dora.get("/c/retail/reports").text

    def test_members_have_no_such_page(self, ben, dora, scene):
        assert dora.get("/c/retail/reports").status_code == 200
        assert ben.get("/c/retail/reports").status_code == 403

    def test_nor_can_they_settle(self, ben, scene):
        community.report(scene.ana, scene.topic)
        (row,) = queries.open_reports(scene.reads("dora"), scene.retail.id)
        assert ben.post(row.settle_url).status_code == 404


class TestHiding:
    def test_a_post_is_hidden_with_a_reason(self, dora, scene):
        answer = community.reply(scene.ben, scene.topic)
        led = dora.post(f"/p/{answer}/hiding", reason="Names a colleague.")
        assert dora.get(led.location).status_code == 200
        assert rows.post(answer).hidden_reason == "Names a colleague."

    def test_without_a_reason_it_is_not(self, dora, scene):
        answer = community.reply(scene.ben, scene.topic)
        assert dora.post(f"/p/{answer}/hiding", reason=" ").status_code == 422
        assert rows.post(answer).hidden_at is None

    def test_its_author_reads_the_reason(self, ben, dora, scene):
        answer = community.reply(scene.ben, scene.topic)
        dora.post(f"/p/{answer}/hiding", reason="Names a colleague.")
        assert "Names a colleague." in ben.get(f"/p/{answer}").text

    def test_from_there_its_author_is_sent_away(self, dora, scene):
        answer = community.reply(scene.ben, scene.topic)
        community.leave(scene.ben, scene.retail)
        (led,) = re.findall(r'href="([^"]*/members/[^"]*)"', dora.get(f"/p/{answer}/hiding").text)
        assert "Ben" in dora.get(led).text

    def test_a_whole_topic_is_hidden_by_its_opening_post_and_shown_again(self, ben, dora, scene):
        dora.post(f"/p/{scene.topic}/hiding", reason="Names a colleague.")
        assert ben.get(f"/t/{scene.topic}").status_code == 404
        dora.post(f"/p/{scene.topic}/hiding/end")
        assert ben.get(f"/t/{scene.topic}").status_code == 200

    def test_members_cannot(self, ben, scene):
        answer = community.reply(scene.ana, scene.topic)
        assert ben.get(f"/p/{answer}/hiding").status_code == 403
        assert ben.post(f"/p/{answer}/hiding", reason="x").status_code == 403
        assert ben.post(f"/p/{answer}/hiding/end").status_code == 403

    def test_nobody_hides_their_own(self, dora, scene):
        own = community.reply(scene.dora, scene.topic)
        assert dora.get(f"/p/{own}/hiding").status_code == 403
        assert dora.post(f"/p/{own}/hiding", reason="x").status_code == 403


class TestClosingAndPinning:
    @pytest.mark.parametrize(("noun", "column"), [("closure", "closed_at"), ("pin", "pinned_at")])
    def test_a_moderator_does_and_undoes_it(self, dora, scene, noun, column):
        assert dora.post(f"/t/{scene.topic}/{noun}").location == f"/t/{scene.topic}"
        assert getattr(rows.topic(scene.topic), column)
        assert dora.post(f"/t/{scene.topic}/{noun}/end").location == f"/t/{scene.topic}"
        assert getattr(rows.topic(scene.topic), column) is None

    @pytest.mark.parametrize("noun", ["closure", "closure/end", "pin", "pin/end"])
    def test_members_cannot(self, ben, scene, noun):
        assert ben.post(f"/t/{scene.topic}/{noun}").status_code == 403

    @pytest.mark.parametrize("noun", ["closure", "closure/end", "pin", "pin/end"])
    def test_following_a_link_does_nothing(self, dora, scene, noun):
        assert dora.get(f"/t/{scene.topic}/{noun}").status_code == 405
