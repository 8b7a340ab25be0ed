import pytest

from forum.core.errors import ForumError, NotThere, TooOften
from forum.core.markup import Format, TooComplex, TooLong
from forum.discussions import actions
from forum.discussions.actions.posting import NothingWritten
from forum.discussions.queries import Ask, thread
from forum.models.discussions import Post, Topic
from forum.policy.allowed import NotAMember, NotYours, SignInFirst, Suspended, TopicClosed
from forum.policy.viewer import GUEST
from tests.discussions import rows
from tests.support import community
from tests.support.together import at_once

NONCES = iter(range(10**6))


def fresh() -> str:
    """The nonce of a form not sent yet."""
    return f"{next(NONCES):022}"


def post_topic(viewer, slug: str = "retail", title: str = "Why?", text: str = "Words."):
    return actions.post_topic(viewer, slug, title, text, fresh())


def post_reply(viewer, to: str, text: str = "Ours ended."):
    return actions.post_reply(viewer, to, text, fresh())


class TestOpeningATopic:
    def test_a_member_opens_one(self, held_clock, scene):
        posted = post_topic(scene.reads("ben"), text="Some **words**.")
        page = thread(GUEST, posted.topic_public_id, Ask())
        assert (page.topic.title, page.topic.byline.name) == ("Why?", "Ben")
        assert page.posts[0].html == "<p>Some <strong>words</strong>.</p>"
        assert page.topic.at == held_clock.forward()

    def test_topic_and_opening_post_share_their_public_id(self, scene):
        posted = post_topic(scene.reads("ben"))
        assert posted.public_id == posted.topic_public_id
        assert rows.post(posted.public_id).seq == 0

    def test_the_source_is_kept_as_typed(self, scene):
        posted = post_topic(scene.reads("ben"), text="Some **words**.")
        assert rows.post(posted.public_id).source == "Some **words**."

    def test_its_author_has_read_it(self, scene):
        posted = post_topic(scene.reads("ben"))
        page = thread(scene.reads("ben"), posted.topic_public_id, Ask())
        assert (page.first_visit, page.unread_count) == (False, 0)

    def test_the_circle_counts_it(self, scene):
        post_topic(scene.reads("ben"))
        assert rows.circle(scene.retail.id).topic_count == 2

    @pytest.mark.parametrize("text", ["", "  \n\t "])
    def test_nothing_written_is_refused(self, scene, text):
        with pytest.raises(NothingWritten):
            post_topic(scene.reads("ben"), text=text)

    def test_20000_characters_are_taken_and_one_more_is_refused(self, scene):
        text = ("word " * 4_000)[:19_999] + "."
        assert post_topic(scene.reads("ben"), text=text)
        with pytest.raises(TooLong):
            post_topic(scene.reads("ben"), text=text + ".")

    def test_a_text_past_its_budget_is_refused_and_nothing_is_written(self, scene):
        with pytest.raises(TooComplex):
            post_topic(scene.reads("ben"), text="> " * 300 + "x")
        assert rows.count(Topic) == 1

    def test_who_is_not_a_member_is_told_to_join(self, scene):
        stranger = community.viewer(community.person("Gil"))
        with pytest.raises(NotAMember):
            post_topic(stranger)

    def test_who_left_is_told_to_join(self, scene):
        ben = scene.reads("ben")
        assert post_topic(ben)
        community.send_away(scene.ben, scene.retail)
        with pytest.raises(NotAMember):
            post_topic(scene.reads("ben"))

    def test_a_guest_is_told_to_sign_in(self, scene):
        with pytest.raises((SignInFirst, TypeError)):
            post_topic(GUEST)

    def test_who_is_suspended_may_not(self, scene):
        community.suspend(scene.ben)
        with pytest.raises(Suspended):
            post_topic(scene.reads("ben"))

    def test_a_circle_that_never_was_is_not_there(self, scene):
        with pytest.raises(NotThere):
            post_topic(scene.reads("ben"), slug="nowhere")


class TestReplying:
    def test_a_reply_hangs_below_the_post_it_answers(self, scene):
        first = post_reply(scene.reads("ben"), scene.topic)
        second = post_reply(scene.reads("ana"), first.public_id)
        below = rows.post(second.public_id)
        above = rows.post(first.public_id)
        assert (below.parent_id, below.path[:-4], below.seq) == (above.id, above.path, 2)
        assert above.child_count == 1

    def test_it_moves_its_topic_up(self, held_clock, scene):
        later = held_clock.forward(hours=1)
        post_reply(scene.reads("ben"), scene.topic)
        topic = rows.topic(scene.topic)
        assert (topic.reply_count, topic.last_author_id) == (1, scene.ben.id)
        assert topic.last_post_at == later

    def test_a_closed_topic_takes_replies_of_moderators_only(self, scene):
        assert post_reply(scene.reads("ben"), scene.topic)
        actions.close(scene.reads("dora"), scene.topic)
        with pytest.raises(TopicClosed):
            post_reply(scene.reads("ben"), scene.topic)
        assert post_reply(scene.reads("dora"), scene.topic)

    def test_a_hidden_topic_is_not_there_for_members_and_closed_for_its_author(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        with pytest.raises(NotThere):
            post_reply(scene.reads("ben"), scene.topic)
        with pytest.raises(TopicClosed):
            post_reply(scene.reads("ana"), scene.topic)

    def test_a_hidden_post_takes_no_replies_of_members(self, scene):
        answer = community.reply(scene.ana, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        with pytest.raises(NotThere):
            post_reply(scene.reads("ben"), answer)

    def test_a_removed_post_takes_none(self, scene):
        answer = community.reply(scene.ana, scene.topic)
        community.remove(answer)
        with pytest.raises(NotThere):
            post_reply(scene.reads("ben"), answer)

    def test_who_is_not_a_member_is_told_to_join(self, scene):
        with pytest.raises(NotAMember):
            post_reply(community.viewer(community.person("Gil")), scene.topic)

    def test_after_thirty_posts_in_ten_minutes_there_is_a_minutes_wait(self, held_clock, scene):
        ben = scene.reads("ben")
        for _ in range(30):
            post_reply(ben, scene.topic)
        with pytest.raises(TooOften) as refusal:
            post_reply(ben, scene.topic)
        assert (refusal.value.until - held_clock.forward()).total_seconds() == 60
        assert post_reply(scene.reads("ana"), scene.topic)
        held_clock.forward(minutes=1)
        assert post_reply(ben, scene.topic)


class TestSentTwice:
    def test_the_second_click_finds_the_post_of_the_first(self, scene):
        nonce, ben = fresh(), scene.reads("ben")
        first = actions.post_reply(ben, scene.topic, "Ours ended.", nonce)
        assert actions.post_reply(ben, scene.topic, "Ours ended.", nonce) == first
        assert rows.count(Post) == 2

    def test_a_topic_sent_twice_is_one_topic(self, scene):
        nonce, ben = fresh(), scene.reads("ben")
        first = actions.post_topic(ben, "retail", "Why?", "Words.", nonce)
        assert actions.post_topic(ben, "retail", "Why?", "Words.", nonce) == first
        assert rows.count(Topic) == 2

    def test_a_second_click_costs_nothing_of_the_limit(self, scene):
        nonce, ben = fresh(), scene.reads("ben")
        for _ in range(40):
            actions.post_reply(ben, scene.topic, "Ours ended.", nonce)

    def test_two_people_may_have_the_same_nonce(self, scene):
        nonce = fresh()
        first = actions.post_reply(scene.reads("ben"), scene.topic, "Ours ended.", nonce)
        second = actions.post_reply(scene.reads("ana"), scene.topic, "Ours too.", nonce)
        assert first != second

    def test_the_same_text_in_a_new_form_is_a_new_post(self, scene):
        assert post_reply(scene.reads("ben"), scene.topic) != post_reply(
            scene.reads("ben"), scene.topic
        )

    def test_a_form_whose_post_was_removed_since_posts_anew(self, scene):
        nonce, ben = fresh(), scene.reads("ben")
        first = actions.post_reply(ben, scene.topic, "Ours ended.", nonce)
        actions.remove_post(ben, first.public_id)
        again = actions.post_reply(ben, scene.topic, "Ours ended.", nonce)
        assert again != first
        assert actions.post_reply(ben, scene.topic, "Ours ended.", nonce) == again

    def test_a_form_whose_post_was_hidden_since_still_finds_it(self, scene):
        nonce, ben = fresh(), scene.reads("ben")
        first = actions.post_reply(ben, scene.topic, "Ours ended.", nonce)
        actions.hide(scene.reads("dora"), first.public_id, "Too loud.")
        assert actions.post_reply(ben, scene.topic, "Ours ended.", nonce) == first

    def test_twenty_clicks_at_one_moment_make_one_reply(self, app, scene):
        nonce, ben = fresh(), scene.reads("ben")
        answers = at_once(
            app, *[lambda: actions.post_reply(ben, scene.topic, "Ours ended.", nonce)] * 20
        )
        assert len(set(answers)) == 1, answers
        assert isinstance(answers[0], actions.Posted), answers[0]
        assert rows.topic(scene.topic).reply_count == 1

    def test_twenty_clicks_at_one_moment_open_one_topic(self, app, scene):
        nonce, ben = fresh(), scene.reads("ben")
        answers = at_once(
            app, *[lambda: actions.post_topic(ben, "retail", "Why?", "Words.", nonce)] * 20
        )
        assert len(set(answers)) == 1, answers
        assert isinstance(answers[0], actions.Posted), answers[0]
        assert rows.circle(scene.retail.id).topic_count == 2


class TestTogether:
    def test_people_who_answer_at_one_moment_get_numbers_and_places_of_their_own(self, app, scene):
        writers = [scene.reads("ana"), scene.reads("ben"), scene.reads("dora")] * 5
        answers = at_once(app, *(lambda w=w: post_reply(w, scene.topic) for w in writers))
        assert all(isinstance(answer, actions.Posted) for answer in answers), answers
        made = rows.posts_of(scene.topic)
        assert [post.seq for post in made] == list(range(16))
        assert len({post.path for post in made}) == 16
        topic = rows.topic(scene.topic)
        assert (topic.last_seq, topic.reply_count) == (15, 15)
        assert rows.post(scene.topic).child_count == 15

    def test_answering_while_the_post_is_hidden_and_its_topic_renamed_stops_nobody(
        self, app, scene
    ):
        """Each takes the rows it needs in the same order, so none waits for ever."""
        answer = community.reply(scene.ana, scene.topic)
        ana, ben, dora = (scene.reads(name) for name in ("ana", "ben", "dora"))
        acts = [
            lambda: post_reply(dora, answer),
            lambda: post_reply(ben, scene.topic),
            lambda: actions.hide(dora, answer, "Too loud."),
            lambda: actions.unhide(dora, answer),
            lambda: actions.edit_post(ana, scene.topic, "Better words.", "Better title"),
        ]
        answers = at_once(app, *acts * 5)
        failed = [a for a in answers if isinstance(a, BaseException) and type(a) is not NotThere]
        assert failed == []

    def test_an_answer_that_comes_while_the_topic_is_removed_is_kept_or_refused(self, app, scene):
        ana, ben = scene.reads("ana"), scene.reads("ben")
        for _ in range(6):
            topic = post_topic(ana).public_id
            removed, answered = at_once(
                app,
                lambda t=topic: actions.remove_post(ana, t),
                lambda t=topic: post_reply(ben, t),
            )
            assert not isinstance(removed, BaseException), removed
            if isinstance(answered, actions.Posted):
                assert rows.post(answered.public_id)
            else:
                assert isinstance(answered, ForumError), answered
                assert rows.topic(topic) is None or rows.post(topic).removed_at


class TestEditing:
    def test_its_author_changes_a_post(self, held_clock, scene):
        later = held_clock.forward(minutes=6)
        actions.edit_post(scene.reads("ana"), scene.topic, "Better *words*.")
        post = rows.post(scene.topic)
        assert (post.source, post.html) == ("Better *words*.", "<p>Better <em>words</em>.</p>")
        assert post.edited_at == later

    def test_with_an_opening_post_the_title_can_change(self, scene):
        actions.edit_post(scene.reads("ana"), scene.topic, "Words.", "Pilots that end")
        assert rows.topic(scene.topic).title == "Pilots that end"

    def test_a_reply_changes_no_title(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.edit_post(scene.reads("ben"), answer, "Words.", "Mine now")
        assert rows.topic(scene.topic).title == "Pilots that never end"

    def test_an_edit_moves_nothing_up(self, held_clock, scene):
        before = rows.topic(scene.topic).last_post_at
        held_clock.forward(minutes=5)
        actions.edit_post(scene.reads("ana"), scene.topic, "Better words.")
        assert rows.topic(scene.topic).last_post_at == before

    @pytest.mark.parametrize("who", ["ben", "dora"])
    def test_nobody_edits_somebody_elses(self, scene, who):
        with pytest.raises(NotYours):
            actions.edit_post(scene.reads(who), scene.topic, "Other words.")
        assert rows.post(scene.topic).edited_at is None

    def test_not_while_suspended(self, scene):
        community.suspend(scene.ana)
        with pytest.raises(Suspended):
            actions.edit_post(scene.reads("ana"), scene.topic, "Better words.")

    def test_not_in_a_closed_topic(self, scene):
        actions.close(scene.reads("dora"), scene.topic)
        with pytest.raises(TopicClosed):
            actions.edit_post(scene.reads("ana"), scene.topic, "Better words.")

    @pytest.mark.parametrize("goes", [community.leave, community.send_away])
    def test_not_after_leaving_the_circle(self, scene, goes):
        goes(scene.ana, scene.retail)
        with pytest.raises(NotAMember):
            actions.edit_post(scene.reads("ana"), scene.topic, "Better words.")

    def test_a_removed_post_cannot_be_edited(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        community.remove(answer)
        with pytest.raises(NotThere):
            actions.edit_post(scene.reads("ben"), answer, "Back again.")

    def test_an_imported_text_stays_as_it_was(self, scene):
        mail = actions.Text("Words.", "<p>Words.</p>", Format.PLAIN)
        topic = actions.write_topic(scene.ana.id, scene.retail.id, "Old", mail).public_id
        with pytest.raises(NotThere):
            actions.edit_post(scene.reads("ana"), topic, "Better words.")

    def test_to_nothing_it_cannot_be_edited(self, scene):
        with pytest.raises(NothingWritten):
            actions.edit_post(scene.reads("ana"), scene.topic, " ")


class TestRemoving:
    def test_a_removed_post_is_erased(self, scene):
        answer = community.reply(scene.ben, scene.topic, "A secret of the firm.")
        actions.remove_post(scene.reads("ben"), answer)
        post = rows.post(answer)
        assert (post.source, post.html) == ("", "")
        assert post.removed_at

    def test_its_answers_stay(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        below = community.reply(scene.ana, answer)
        actions.remove_post(scene.reads("ben"), answer)
        shown = [post.public_id for post in thread(GUEST, scene.topic, Ask()).posts]
        assert shown == [scene.topic, below]

    def test_an_opening_post_nobody_answered_takes_its_topic_along(self, scene):
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.topic(scene.topic) is None
        assert rows.post(scene.topic) is None
        assert rows.circle(scene.retail.id).topic_count == 0

    def test_an_answered_one_leaves_its_topic(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.remove_post(scene.reads("ana"), scene.topic)
        page = thread(GUEST, scene.topic, Ask())
        assert page.topic.opening_gone
        assert [post.public_id for post in page.posts] == [answer]
        assert rows.circle(scene.retail.id).topic_count == 1

    def test_an_answer_that_is_hidden_counts_as_one(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.post(answer)

    def test_the_last_post_that_is_left_takes_its_topic_along(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.topic(scene.topic)
        assert actions.remove_post(scene.reads("ben"), answer).with_topic
        assert rows.topic(scene.topic) is None
        assert rows.circle(scene.retail.id).topic_count == 0

    def test_a_hidden_topic_that_is_removed_is_not_counted_away_twice(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.circle(scene.retail.id).topic_count == 0

    def test_what_was_hidden_can_be_removed_by_its_author(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        actions.remove_post(scene.reads("ben"), answer)
        assert (rows.post(answer).hidden_reason, rows.topic(scene.topic).reply_count) == (None, 0)

    @pytest.mark.parametrize("who", ["ben", "dora"])
    def test_nobody_removes_somebody_elses(self, scene, who):
        with pytest.raises(NotYours):
            actions.remove_post(scene.reads(who), scene.topic)

    def test_who_is_suspended_may_still_take_their_words_back(self, scene):
        community.suspend(scene.ana)
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.topic(scene.topic) is None

    def test_in_a_closed_topic_too(self, scene):
        community.reply(scene.ben, scene.topic)
        actions.close(scene.reads("dora"), scene.topic)
        actions.remove_post(scene.reads("ana"), scene.topic)
        assert rows.post(scene.topic).removed_at

    def test_once_is_enough(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.remove_post(scene.reads("ben"), answer)
        with pytest.raises(NotThere):
            actions.remove_post(scene.reads("ben"), answer)
        assert rows.topic(scene.topic).reply_count == 0
