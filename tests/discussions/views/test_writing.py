import re

import pytest

from forum.discussions import actions, queries
from forum.discussions.queries import Ask, thread
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Topic
from forum.policy.viewer import GUEST
from tests.discussions import rows, trees
from tests.support import community
from tests.support.members_browser import Browser, browser

NONCE = re.compile(r'name="nonce"[^>]*value="([\w-]{22})"')


@pytest.fixture
def ben(app, scene) -> Browser:
    return browser(app, scene.ben)


@pytest.fixture
def ana(app, scene) -> Browser:
    return browser(app, scene.ana)


class TestNewTopic:
    def test_sent_it_leads_to_the_topic(self, ben, scene):
        answer = ben.post("/c/retail/new", title="Why?", body="Some *words*.")
        assert answer.status_code == 302
        topic = answer.location.removeprefix("/t/")
        assert thread(GUEST, topic, Ask()).topic.title == "Why?"

    def test_the_form_sent_twice_makes_one_topic(self, ben, scene):
        nonce = NONCE.search(ben.get("/c/retail/new").text)[1]
        first, second = (
            ben.post("/c/retail/new", title="Why?", body="Words.", nonce=nonce) for _ in range(2)
        )
        assert first.location == second.location
        assert rows.count(Topic) == 2

    def test_a_title_is_cleaned_to_one_line(self, ben, scene):
        answer = ben.post("/c/retail/new", title="  Why\r\n\u202enot? ", body="Words.")
        assert rows.topic(answer.location.removeprefix("/t/")).title == "Why not?"

    @pytest.mark.parametrize(
        ("title", "body"),
        [
            ("", "Words."),
            ("Why?", ""),
            ("x" * 201, "Words."),
            ("Why?", "x" * 20_001),
            (" \u202e", "W."),
        ],
    )
    def test_refused_it_keeps_what_was_typed(self, ben, scene, title, body):
        answer = ben.post("/c/retail/new", title=title, body=body)
        assert answer.status_code == 422
        assert body.strip() in answer.text
        assert title.strip(" \u202e") in answer.text
        assert rows.count(Topic) == 1

    def test_a_preview_shows_the_text_and_posts_nothing(self, ben, scene):
        answer = ben.post("/c/retail/new", title="Why?", body="Some *words*.", preview="1")
        assert answer.status_code == 200
        assert "<em>words</em>" in answer.text
        assert "Some *words*." in answer.text
        assert rows.count(Topic) == 1

    def test_a_draft_is_taken_up(self, ben, scene):
        actions.save_draft(scene.reads("ben"), "topic:retail", "Why?", "Half a thought", "")
        page = ben.get("/c/retail/new").text
        assert re.search(r">\s*Why\?</textarea>", page)
        assert "Half a thought" in page

    def test_who_is_not_a_member_is_refused(self, app, scene):
        stranger = browser(app, community.person("Gil"))
        assert stranger.get("/c/retail/new").status_code == 403
        answer = stranger.post("/c/retail/new", title="Why?", body="My words.")
        assert answer.status_code in (403, 422)
        assert "My words." in answer.text
        assert rows.count(Topic) == 1


class TestTheKindOfCompany:
    SAID = "Readers see: from a large B2B company"

    @pytest.fixture
    def profile(self, scene):
        told = {"company_size": SizeBand.LARGE, "company_market": Market.B2B}
        community.has_profile(scene.ben, **told)

    def test_what_the_profile_says_is_offered_and_not_chosen(self, ben, profile):
        page = ben.get("/c/retail/new").text
        assert "As in my profile: from a large B2B company" in page
        assert f"<summary>{self.SAID}" not in page
        assert 'selected value="large"' not in page

    def test_who_said_nothing_is_offered_nothing(self, ben):
        assert "As in my profile" not in ben.get("/c/retail/new").text

    def test_after_a_refusal_what_readers_will_see_stays_in_sight(self, ben, profile):
        chosen = {"company_size": "large", "company_market": "b2b"}
        answer = ben.post("/c/retail/new", title="Why?", body="W.", tags="a,b,c,d,e,f", **chosen)
        assert answer.status_code == 422
        assert re.search(rf"<details [^>]*open>\s*<summary>{self.SAID}</summary>", answer.text)


class TestReply:
    def test_in_a_short_topic_it_leads_to_its_place_there(self, ben, scene):
        answer = ben.post(f"/p/{scene.topic}/reply", body="Ours ended.")
        made = rows.posts_of(scene.topic)[1]
        assert answer.location == f"/t/{scene.topic}#p-{made.public_id}"

    def test_in_a_long_one_to_its_own_page(self, ben, scene):
        topic = trees.long_topic(scene.ana, scene.retail, 60)
        answer = ben.post(f"/p/{topic}/reply", body="Ours ended.")
        made = rows.posts_of(topic)[-1]
        assert answer.location == f"/p/{made.public_id}#p-{made.public_id}"

    def test_the_page_it_leads_to_shows_it(self, ben, scene):
        for replies in (47, 48, 49, 50, 51):
            topic = trees.long_topic(scene.ana, scene.retail, replies)
            led = ben.post(f"/p/{topic}/reply", body="Ours ended.").location
            made = rows.posts_of(topic)[-1].public_id
            assert f'id="p-{made}"' in ben.get(led).text, replies

    def test_the_form_shows_what_is_answered(self, ben, scene):
        page = ben.get(f"/p/{scene.topic}/reply").text
        assert "How do yours end?" in page

    def test_refused_it_keeps_what_was_typed(self, ben, scene):
        answer = ben.post(f"/p/{scene.topic}/reply", body="> " * 300 + "deep")
        assert answer.status_code == 422
        assert "&gt; &gt;" in answer.text

    def test_too_often_it_says_until_when_and_keeps_the_text(self, held_clock, ben, scene):
        for _ in range(30):
            assert ben.post(f"/p/{scene.topic}/reply", body="Again.").status_code == 302
        answer = ben.post(f"/p/{scene.topic}/reply", body="A long thought.")
        assert answer.status_code == 429
        assert "A long thought." in answer.text
        assert "09:01" in answer.text

    def test_in_a_topic_closed_meanwhile_the_text_is_kept(self, ben, scene):
        assert ben.get(f"/p/{scene.topic}/reply").status_code == 200
        community.close(scene.topic)
        answer = ben.post(f"/p/{scene.topic}/reply", body="A long thought.")
        assert answer.status_code in (403, 422)
        assert "A long thought." in answer.text
        assert ben.get(f"/p/{scene.topic}/reply").status_code == 403

    def test_to_a_post_removed_meanwhile_the_text_is_kept(self, ben, scene):
        parent = community.reply(scene.ana, scene.topic)
        community.remove(parent)
        answer = ben.post(f"/p/{parent}/reply", body="A long thought.")
        assert answer.status_code == 404
        assert "A long thought." in answer.text


class TestEdit:
    def test_the_form_holds_the_source(self, ana, scene):
        actions.edit_post(scene.reads("ana"), scene.topic, "Some **words**.")
        page = ana.get(f"/p/{scene.topic}/edit").text
        assert "Some **words**." in page
        assert "Pilots that never end" in page

    def test_sent_it_leads_back_to_the_post(self, ana, scene):
        answer = ana.post(f"/p/{scene.topic}/edit", title="Pilots that end", body="Better.")
        assert answer.location == f"/p/{scene.topic}#p-{scene.topic}"
        assert rows.topic(scene.topic).title == "Pilots that end"
        assert rows.post(scene.topic).source == "Better."

    def test_a_reply_has_no_title(self, ben, scene):
        own = community.reply(scene.ben, scene.topic)
        assert 'name="title"' not in ben.get(f"/p/{own}/edit").text
        assert ben.post(f"/p/{own}/edit", body="Better.").status_code == 302

    def test_an_opening_post_needs_its_title(self, ana, scene):
        assert ana.post(f"/p/{scene.topic}/edit", title=" ", body="Better.").status_code == 422

    def test_a_draft_of_an_edit_is_taken_up(self, ana, scene):
        actions.save_draft(scene.reads("ana"), f"edit:{scene.topic}", "T", "Half better", "")
        assert "Half better" in ana.get(f"/p/{scene.topic}/edit").text

    def test_nobody_elses(self, ben, scene):
        assert ben.get(f"/p/{scene.topic}/edit").status_code == 403
        assert ben.post(f"/p/{scene.topic}/edit", title="x", body="y").status_code == 403


class TestWhoeverIsOut:
    """Of an open circle, in which what they wrote can still be read."""

    @pytest.mark.parametrize("goes", [community.leave, community.send_away])
    def test_changes_nothing(self, ben, scene, goes):
        own = community.reply(scene.ben, scene.topic, "Mine.")
        goes(scene.ben, scene.retail)
        assert ben.get(f"/p/{own}/edit").status_code == 403
        assert ben.post(f"/p/{own}/edit", body="SPAM @dora").status_code == 403
        assert rows.post(own).source == "Mine."

    def test_adds_no_file(self, ben, scene):
        own = community.reply(scene.ben, scene.topic, "Mine.")
        community.send_away(scene.ben, scene.retail)
        assert ben.post(f"/p/{own}/edit/file").status_code == 403

    def test_takes_back_their_words(self, ben, scene):
        own = community.reply(scene.ben, scene.topic, "Mine.")
        community.send_away(scene.ben, scene.retail)
        assert ben.post(f"/p/{own}/removal").status_code == 302
        assert rows.post(own).removed_at


class TestRemoval:
    def test_it_asks_first(self, ana, scene):
        assert ana.get(f"/p/{scene.topic}/removal").status_code == 200
        assert rows.post(scene.topic)

    def test_an_unanswered_topic_goes_and_leads_to_the_circle(self, ana, scene):
        assert ana.post(f"/p/{scene.topic}/removal").location == "/c/retail"
        assert rows.topic(scene.topic) is None

    def test_an_answered_one_leads_back_to_the_topic(self, ana, scene):
        community.reply(scene.ben, scene.topic)
        led = ana.post(f"/p/{scene.topic}/removal").location
        assert led == f"/t/{scene.topic}"
        assert ana.get(led).status_code == 200

    def test_nobody_elses(self, ben, scene):
        assert ben.get(f"/p/{scene.topic}/removal").status_code == 403
        assert ben.post(f"/p/{scene.topic}/removal").status_code == 403
        assert rows.post(scene.topic)


class TestPreview:
    def test_it_answers_with_the_text_as_it_will_read(self, ben):
        answer = ben.post("/preview", body="Some *words*.")
        assert answer.status_code == 200
        assert "<em>words</em>" in answer.text
        assert "<html" not in answer.text

    def test_a_text_past_its_budget_says_so(self, ben):
        assert ben.post("/preview", body="> " * 300 + "deep").status_code == 422

    def test_a_guest_has_none(self, client, app_context):
        sent = {"body": "x", "csrf_token": community.csrf(client)}
        assert client.post("/preview", data=sent).status_code == 401

    def test_after_sixty_in_a_minute_there_are_ten_seconds_wait(self, held_clock, ben):
        for _ in range(60):
            assert ben.post("/preview", body="x").status_code == 200
        answer = ben.post("/preview", body="x")
        assert answer.status_code == 429
        held_clock.forward(seconds=10)
        assert ben.post("/preview", body="x").status_code == 200


class TestDrafts:
    def save(self, who: Browser, place: str, **fields: str):
        return who.post("/drafts", draft_place=place, **fields)

    def test_saved_it_answers_with_its_version(self, ben, scene):
        answer = self.save(ben, f"reply:{scene.topic}", body="Half a thought")
        kept = queries.draft_for(scene.reads("ben"), f"reply:{scene.topic}")
        assert answer.json == {"version": kept.version}

    def test_the_version_that_was_saved_lets_the_window_save_again(self, ben, scene):
        first = self.save(ben, "topic:retail", body="Half", title="Why?").json["version"]
        second = self.save(ben, "topic:retail", body="A whole", title="Why?", draft_version=first)
        assert second.status_code == 200
        assert queries.draft_for(scene.reads("ben"), "topic:retail").body == "A whole"

    def test_another_windows_newer_text_comes_back_with_409(self, ben, scene):
        self.save(ben, "topic:retail", body="Theirs")
        answer = self.save(ben, "topic:retail", body="Mine")
        assert answer.status_code == 409
        assert answer.json["body"] == "Theirs"
        kept = queries.draft_for(scene.reads("ben"), "topic:retail")
        assert answer.json["version"] == kept.version

    def test_emptied_it_answers_that_nothing_is_kept(self, ben, scene):
        assert self.save(ben, "topic:retail", body="").json == {"version": None}

    @pytest.mark.parametrize(
        ("place", "body", "status"),
        [
            ("topic:nowhere", "x", 404),
            ("reply:zzzzzzzzzzzz", "x", 404),
            ("topic:retail", "x" * 40_001, 422),
        ],
    )
    def test_refused_it_says_why_in_json(self, ben, scene, place, body, status):
        answer = self.save(ben, place, body=body)
        assert answer.status_code == status
        assert answer.json["error"]

    @pytest.mark.parametrize("place", ["", "nowhere", "reply:x", "topic:" + "x" * 60])
    def test_a_place_that_cannot_be_is_404(self, ben, scene, place):
        assert self.save(ben, place, body="x").status_code == 404

    @pytest.mark.parametrize("version", ["yesterday", "2026-13-01", "", "2026-03-02T09:00:00"])
    def test_a_moment_that_is_none_is_taken_as_never_saved(self, ben, scene, version):
        assert self.save(ben, "topic:retail", body="x", draft_version=version).status_code == 200

    def test_the_page_lists_them_and_throws_them_away(self, ben, scene):
        self.save(ben, "topic:retail", body="Half a thought", title="Why?")
        assert "Half a thought" in ben.get("/drafts").text
        (row,) = queries.drafts(scene.reads("ben"))
        assert ben.post(row.discard_url).location == "/drafts"
        assert "Half a thought" not in ben.get("/drafts").text

    def test_the_page_says_once_what_conversation_one_is_for(self, ben, scene):
        self.save(ben, f"reply:{scene.topic}", body="Half a thought")
        (row,) = queries.drafts(scene.reads("ben"))
        assert ben.get("/drafts").text.count(row.title) == 1

    def test_nobody_elses_can_be_thrown_away(self, ana, ben, scene):
        self.save(ben, "topic:retail", body="Half a thought")
        (row,) = queries.drafts(scene.reads("ben"))
        assert ana.post(row.discard_url).status_code == 404
