import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotAllowed, NotThere, TooOften
from forum.discussions import actions, queries
from forum.discussions.queries import Ask, thread
from forum.models.circles import Role, Visibility
from forum.models.discussions import Report, ReportReason
from forum.policy.allowed import ForModerators, SignInFirst, Suspended
from forum.policy.viewer import GUEST
from forum.policy.visible import Reason, unscoped
from tests.discussions import rows
from tests.support import community
from tests.support.together import at_once

FOR_MODERATORS = [actions.close, actions.reopen, actions.pin, actions.unpin]


def reports() -> list:
    query = unscoped(select(Report.__table__).order_by(Report.created_at), Reason.COUNTERS)
    db.session.rollback()
    return list(db.session.execute(query))


class TestClosingAndPinning:
    def test_a_closed_topic_says_so_until_it_is_opened_again(self, scene):
        dora = scene.reads("dora")
        actions.close(dora, scene.topic)
        assert thread(GUEST, scene.topic, Ask()).topic.closed
        actions.reopen(dora, scene.topic)
        assert not thread(GUEST, scene.topic, Ask()).topic.closed

    def test_a_pinned_topic_says_so_until_the_pin_is_taken_off(self, scene):
        dora = scene.reads("dora")
        actions.pin(dora, scene.topic)
        assert thread(GUEST, scene.topic, Ask()).topic.pinned
        actions.unpin(dora, scene.topic)
        assert not thread(GUEST, scene.topic, Ask()).topic.pinned

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_members_cannot(self, scene, act):
        act(scene.reads("dora"), scene.topic)
        with pytest.raises(ForModerators):
            act(scene.reads("ben"), scene.topic)

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_guests_cannot(self, scene, act):
        with pytest.raises(SignInFirst):
            act(GUEST, scene.topic)

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_moderators_of_another_circle_cannot(self, scene, act):
        emre = community.person("Emre")
        community.join(emre, community.circle("finance"), Role.MODERATOR)
        with pytest.raises(ForModerators):
            act(community.viewer(emre), scene.topic)

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_staff_can_when_they_have_just_proved_themselves(self, scene, act):
        sam = community.person("Sam", staff=True)
        with pytest.raises(ForModerators):
            act(community.viewer(sam), scene.topic)
        act(community.viewer(sam, staff_proved=True), scene.topic)

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_a_suspended_moderator_cannot(self, scene, act):
        community.suspend(scene.dora)
        with pytest.raises(Suspended):
            act(scene.reads("dora"), scene.topic)

    @pytest.mark.parametrize("act", FOR_MODERATORS)
    def test_what_one_cannot_see_is_not_there(self, scene, act):
        inside = community.topic(scene.ana, community.circle("inside", Visibility.SECRET))
        with pytest.raises(NotThere):
            act(scene.reads("dora"), inside)


class TestHiding:
    def test_a_hidden_post_is_seen_by_its_author_with_the_reason(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Names a colleague.")
        card = thread(scene.reads("ben"), scene.topic, Ask()).posts[1]
        assert card.hidden_reason == "Names a colleague."
        assert len(thread(GUEST, scene.topic, Ask()).posts) == 1

    def test_shown_again_it_is_as_before(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        before = rows.post(answer), rows.topic(scene.topic)
        actions.hide(scene.reads("dora"), answer, "Names a colleague.")
        actions.unhide(scene.reads("dora"), answer)
        assert (rows.post(answer), rows.topic(scene.topic)) == before

    def test_with_its_opening_post_the_whole_topic_is_hidden(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Names a colleague.")
        assert rows.topic(scene.topic).hidden_reason == "Names a colleague."
        assert rows.post(scene.topic).hidden_at is None
        assert rows.circle(scene.retail.id).topic_count == 0

    def test_a_topic_shown_again_is_counted_again(self, scene):
        dora = scene.reads("dora")
        actions.hide(dora, scene.topic, "Names a colleague.")
        actions.hide(dora, scene.topic, "Names two.")
        actions.unhide(dora, scene.topic)
        actions.unhide(dora, scene.topic)
        assert rows.circle(scene.retail.id).topic_count == 1

    def test_a_second_reason_replaces_the_first(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        for reason in ("First.", "Second."):
            actions.hide(scene.reads("dora"), answer, reason)
        assert rows.post(answer).hidden_reason == "Second."
        assert rows.topic(scene.topic).reply_count == 0

    def test_nobody_hides_their_own(self, scene):
        answer = community.reply(scene.dora, scene.topic)
        with pytest.raises(NotAllowed):
            actions.hide(scene.reads("dora"), answer, "Mine.")

    @pytest.mark.parametrize("act", ["hide", "unhide"])
    def test_members_cannot(self, scene, act):
        answer = community.reply(scene.ana, scene.topic)
        acts = {"hide": lambda who: actions.hide(who, answer, "x"), "unhide": None}
        acts["unhide"] = lambda who: actions.unhide(who, answer)
        acts[act](scene.reads("dora"))
        actions.unhide(scene.reads("dora"), answer)
        with pytest.raises(ForModerators):
            acts[act](scene.reads("ben"))

    def test_its_author_cannot_show_it_again(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Names a colleague.")
        with pytest.raises(ForModerators):
            actions.unhide(scene.reads("ben"), answer)

    def test_a_removed_post_cannot_be_hidden(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        community.remove(answer)
        with pytest.raises(NotThere):
            actions.hide(scene.reads("dora"), answer, "Too late.")


class TestReporting:
    def test_moderators_find_the_report_with_its_words(self, scene):
        actions.report(scene.reads("ben"), scene.topic, ReportReason.SPAM, "Sells a course.")
        (row,) = queries.open_reports(scene.reads("dora"), scene.retail.id)
        assert (row.reason, row.words) == ("It is spam or selling", "Sells a course.")
        assert (row.topic_title, row.post.public_id) == ("Pilots that never end", scene.topic)

    def test_nothing_names_who_reported(self, scene):
        actions.report(scene.reads("ben"), scene.topic, ReportReason.SPAM, "Sells a course.")
        (row,) = queries.open_reports(scene.reads("dora"), scene.retail.id)
        told = repr(row)
        assert not any(
            word in told for word in (scene.ben.name, scene.ben.public_id, str(scene.ben.id))
        )

    def test_a_second_report_replaces_the_first(self, scene):
        ben = scene.reads("ben")
        actions.report(ben, scene.topic, ReportReason.SPAM, "Sells a course.")
        actions.report(ben, scene.topic, ReportReason.OTHER, "And another.")
        (kept,) = reports()
        assert (kept.reason, kept.words) == (ReportReason.OTHER, "And another.")

    def test_a_second_report_opens_a_settled_one_again(self, scene):
        ben, dora = scene.reads("ben"), scene.reads("dora")
        settle(dora, community.report(scene.ben, scene.topic))
        assert queries.open_reports(dora, scene.retail.id) == []
        actions.report(ben, scene.topic, ReportReason.OTHER, "Still there.")
        assert len(queries.open_reports(dora, scene.retail.id)) == 1

    def test_two_people_make_two_reports(self, scene):
        for name in ("ben", "ana"):
            actions.report(scene.reads(name), scene.topic, ReportReason.SPAM, "")
        assert len(reports()) == 2

    def test_clicked_many_times_at_one_moment_it_is_one_report(self, app, scene):
        ben = scene.reads("ben")
        answers = at_once(
            app, *[lambda: actions.report(ben, scene.topic, ReportReason.SPAM, "")] * 6
        )
        assert not [answer for answer in answers if isinstance(answer, BaseException)]
        assert len(reports()) == 1

    def test_who_is_not_a_member_may_report_what_they_read(self, scene):
        gil = community.viewer(community.person("Gil"))
        actions.report(gil, scene.topic, ReportReason.HARASSMENT, "")
        assert len(reports()) == 1

    def test_a_guest_may_not(self, scene):
        with pytest.raises((SignInFirst, TypeError)):
            actions.report(GUEST, scene.topic, ReportReason.SPAM, "")

    def test_what_one_cannot_see_cannot_be_reported(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        with pytest.raises(NotThere):
            actions.report(scene.reads("ben"), scene.topic, ReportReason.SPAM, "")

    def test_after_twenty_in_an_hour_there_are_ten_minutes_wait(self, held_clock, scene):
        ben = scene.reads("ben")
        for _ in range(20):
            actions.report(ben, scene.topic, ReportReason.SPAM, "")
        with pytest.raises(TooOften) as refusal:
            actions.report(ben, scene.topic, ReportReason.SPAM, "")
        assert (refusal.value.until - held_clock.forward()).total_seconds() == 600


class TestSettling:
    def test_a_settled_report_is_off_the_list(self, scene):
        dora = scene.reads("dora")
        assert settle(dora, community.report(scene.ben, scene.topic)) == "retail"
        assert queries.open_reports(dora, scene.retail.id) == []

    @pytest.mark.parametrize("who", ["ben", "ana"])
    def test_others_do_not_even_learn_that_it_is_there(self, scene, who):
        report = community.report(scene.ben, scene.topic)
        with pytest.raises(NotThere):
            settle(scene.reads(who), report)
        assert len(queries.open_reports(scene.reads("dora"), scene.retail.id)) == 1

    def test_nobody_settles_a_report_about_their_own_post(self, scene):
        own = community.reply(scene.dora, scene.topic)
        report = community.report(scene.ben, own)
        assert queries.open_reports(scene.reads("dora"), scene.retail.id) == []
        with pytest.raises(NotThere):
            settle(scene.reads("dora"), report)


def settle(viewer, report: str) -> str:
    return actions.settle_report(viewer, report)
