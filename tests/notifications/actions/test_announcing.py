"""Who is told of a post: the same set-up, told and not told."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from forum.circles.actions import leave
from forum.cli.importing.command import group
from forum.discussions import actions as discussions
from forum.models.accounts import UserState
from forum.models.circles import MembershipState, Visibility
from forum.models.discussions import Post
from forum.models.notifications import Kind, Level, Mention, Notification
from forum.notifications.actions import NamedTooMany
from forum.policy import limits
from tests.cli.importing.small_mail import message, written
from tests.notifications.conftest import how_many_rows, rows
from tests.support import community
from tests.support.statements import counted_statements

WATCHING, MUTED, NORMAL, TRACKING = Level.WATCHING, Level.MUTED, Level.NORMAL, Level.TRACKING


class TestReplies:
    def test_whoever_opened_a_topic_is_told_of_an_answer(self, scene):
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic)
        assert scene.told("ana") == [(answer, Kind.REPLY)]

    def test_whoever_wrote_a_post_is_told_of_an_answer_to_it(self, scene):
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic)
        question = scene.answers("cem", answer)
        assert scene.told("ben") == [(question, Kind.REPLY)]

    def test_and_of_no_answer_to_another(self, scene):
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        scene.answers("cem", topic)
        assert scene.told("ben") == []

    def test_the_starter_watches_so_an_answer_to_another_reaches_them_too(self, scene):
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic)
        question = scene.answers("cem", answer)
        assert scene.told("ana") == [(answer, Kind.REPLY), (question, Kind.TOPIC)]

    def test_nobody_is_told_of_what_they_wrote_themselves(self, scene):
        topic = scene.opens("ana", "I, @ana, ask.")
        scene.answers("ana", topic)
        assert scene.told("ana") == []


class TestWatching:
    def test_a_watched_topic_tells_of_every_reply(self, scene):
        topic = scene.opens("ana")
        scene.follows("cem", topic, WATCHING)
        answer = scene.answers("ben", topic)
        assert scene.told("cem") == [(answer, Kind.TOPIC)]

    def test_a_watched_circle_tells_of_every_topic_and_reply(self, scene):
        scene.follows_circle("cem", WATCHING)
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic)
        assert scene.told("cem") == [(topic, Kind.CIRCLE), (answer, Kind.CIRCLE)]

    @pytest.mark.parametrize("level", [NORMAL, TRACKING, MUTED])
    def test_the_topics_own_level_goes_before_the_circles(self, scene, level):
        topic = scene.opens("ana")
        scene.follows_circle("cem", WATCHING)
        scene.follows("cem", topic, level)
        scene.answers("ben", topic)
        assert scene.told("cem") == []

    @pytest.mark.parametrize("level", [NORMAL, TRACKING, None])
    def test_whoever_does_not_watch_is_not_told(self, scene, level):
        topic = scene.opens("ana")
        scene.follows("cem", topic, level)
        scene.answers("ben", topic)
        assert scene.told("cem") == []

    def test_another_circle_tells_nothing(self, scene):
        other = community.circle("energy")
        community.join(scene.cem, other)
        scene.follows_circle("cem", WATCHING, "energy")
        scene.opens("ana")
        assert scene.told("cem") == []


class TestMuted:
    def test_a_muted_topic_tells_not_even_of_an_answer(self, scene):
        topic = scene.opens("ana")
        scene.follows("ana", topic, MUTED)
        scene.answers("ben", topic, "See, @ana?")
        assert scene.told("ana") == []

    def test_nor_does_a_muted_circle(self, scene):
        scene.follows_circle("cem", MUTED)
        scene.opens("ana", "What does @cem say?")
        assert scene.told("cem") == []

    def test_a_topic_watched_in_a_muted_circle_does(self, scene):
        topic = scene.opens("ana")
        scene.follows_circle("cem", MUTED)
        scene.follows("cem", topic, WATCHING)
        answer = scene.answers("ben", topic)
        assert scene.told("cem") == [(answer, Kind.TOPIC)]


class TestOneNotice:
    def test_of_a_reply_that_names_them_somebody_is_told_once_as_of_a_reply(self, scene):
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic, "Look, @ana: ours. @ana!")
        assert scene.told("ana") == [(answer, Kind.REPLY)]

    def test_of_a_mention_in_what_they_watch_as_of_a_mention(self, scene):
        scene.follows_circle("cem", WATCHING)
        topic = scene.opens("ana", "What does @cem say?")
        assert scene.told("cem") == [(topic, Kind.MENTION)]


class TestMentions:
    def test_whoever_is_named_is_told(self, scene):
        topic = scene.opens("ana", "Ask @ben, and @Cem.")
        assert scene.told("ben") == scene.told("cem") == [(topic, Kind.MENTION)]

    def test_ten_are_told_and_no_more(self, scene):
        named = [community.person(f"Person{number:02}") for number in range(12)]
        scene.opens("ana", " ".join(f"@{one.handle}" for one in named))
        told = {row.user_id for row in rows(select(Notification.user_id))}
        assert told == {one.id for one in named[:10]}

    def test_only_who_may_see_the_place(self, scene):
        quiet = community.circle("quiet", Visibility.SECRET)
        for one in (scene.ana, scene.ben):
            community.join(one, quiet)
        topic = scene.opens("ana", "Ask @ben, not @cem.", slug="quiet")
        assert scene.told("ben") == [(topic, Kind.MENTION)]
        assert scene.told("cem") == []
        assert len(rows(select(Mention.user_id))) == 1

    def test_a_name_nobody_has_names_nobody(self, scene):
        scene.opens("ana", "Ask @nobody.")
        assert rows(select(Mention.user_id)) == []


class TestEdits:
    def test_who_is_named_by_a_change_is_told_once(self, scene):
        topic = scene.opens("ana", "What now?")
        for text in ("What now, @cem?", "And now, @cem?", "Never mind.", "What now, @cem?"):
            scene.edits("ana", topic, text)
        assert scene.told("cem") == [(topic, Kind.MENTION)]

    def test_who_was_told_of_it_before_is_not_told_again(self, scene):
        topic = scene.opens("ana")
        answer = scene.answers("ben", topic)
        scene.edits("ben", answer, "An answer, @ana.")
        assert scene.told("ana") == [(answer, Kind.REPLY)]

    def test_a_change_without_a_name_tells_nobody(self, scene):
        scene.follows_circle("cem", WATCHING)
        topic = scene.opens("ana")
        scene.edits("ana", topic, "What then?")
        assert len(scene.told("cem")) == 1

    def test_it_tells_nobody_who_muted_the_topic(self, scene):
        topic = scene.opens("ana")
        scene.follows("cem", topic, MUTED)
        scene.edits("ana", topic, "And @cem?")
        assert scene.told("cem") == []


class TestAnEndToNaming:
    """A hundred a day."""

    @pytest.fixture
    def few(self, scene, held_clock, monkeypatch) -> None:
        monkeypatch.setattr(limits, "NAMED", replace(limits.NAMED, hits=3))

    def test_past_it_no_post_names_anybody(self, scene, few):
        topic = scene.opens("ana", "What do @ben and @cem say?")
        scene.answers("ana", topic, "And @dora?")
        with pytest.raises(NamedTooMany, match="named very many"):
            scene.answers("ana", topic, "And @ben?")
        with pytest.raises(NamedTooMany):
            scene.opens("ana", "What does @cem say?")
        assert [kind for _post, kind in scene.told("ben")] == [Kind.MENTION]

    def test_nor_does_an_edit(self, scene, few):
        topic = scene.opens("ana", "What now?")
        scene.edits("ana", topic, "What now, @ben, @cem, @dora?")
        with pytest.raises(NamedTooMany):
            scene.edits("ana", topic, "What now, @dora, @eva?")

    def test_what_names_nobody_else_is_still_written(self, scene, few):
        topic = scene.opens("ana", "What now, @ben, @cem, @dora?")
        scene.edits("ana", topic, "What then, @ben, @cem, @dora?")
        scene.answers("ana", topic, "I mean it.")

    def test_others_still_name(self, scene, few):
        topic = scene.opens("ana", "What now, @ben, @cem, @dora?")
        scene.answers("ben", topic, "@cem may know.")
        assert Kind.MENTION in [kind for _post, kind in scene.told("cem")][1:]

    def test_a_day_later_one_may_again(self, scene, few, held_clock):
        topic = scene.opens("ana", "What now, @ben, @cem, @dora?")
        held_clock.forward(hours=24)
        scene.answers("ana", topic, "Now, @ben?")

    def test_a_form_that_is_sent_twice_counts_once(self, scene, few):
        for _time in range(3):
            discussions.post_topic(
                scene.reads("ana"), "retail", "A title", "Ask @ben and @cem.", "n" * 22
            )
        scene.opens("ana", "And @dora?")


class TestAudience:
    """Watchers all, and told only as long as they may read."""

    @pytest.fixture
    def quiet(self, scene):
        quiet = community.circle("quiet", Visibility.APPROVAL)
        for one in (scene.ana, scene.ben, scene.cem):
            community.join(one, quiet)
        scene.follows_circle("cem", WATCHING, "quiet")
        return quiet

    def test_a_member_is_told(self, scene, quiet):
        scene.opens("ana", slug="quiet")
        assert len(scene.told("cem")) == 1

    def test_one_who_left_is_not(self, scene, quiet):
        leave(scene.reads("cem"), "quiet")
        scene.opens("ana", slug="quiet")
        assert scene.told("cem") == []

    @pytest.mark.parametrize("state", sorted(set(MembershipState) - {MembershipState.ACTIVE}))
    def test_nor_one_who_is_no_member_yet_or_any_more(self, scene, quiet, state):
        community.set_membership(scene.cem, quiet, state)
        scene.opens("ana", slug="quiet")
        assert scene.told("cem") == []

    def test_of_a_hidden_topic_only_its_author_and_moderators_are(self, scene):
        topic = scene.opens("ana")
        for name in ("cem", "ana"):
            scene.follows(name, topic, WATCHING)
        community.hide(topic)
        scene.answers("dora", topic)
        assert scene.told("cem") == []
        assert len(scene.told("ana")) == 1

    def test_an_account_nobody_claimed_is_not(self, scene):
        scene.follows_circle("cem", WATCHING)
        digest = {"claim_digest": "c", "address": None, "address_kind": None}
        community._change(
            type(scene.cem), type(scene.cem).id == scene.cem.id, state=UserState.UNCLAIMED, **digest
        )
        scene.opens("ana")
        assert scene.told("cem") == []


def test_a_form_that_is_sent_twice_tells_once(scene):
    from forum.discussions import actions

    topic = scene.opens("ana")
    for _again in range(2):
        actions.post_reply(scene.reads("ben"), topic, "An answer.", "n" * 22)
    assert len(scene.told("ana")) == 1


def test_what_an_archive_brings_tells_nobody(app, scene, tmp_path):
    scene.follows_circle("cem", WATCHING)
    before = how_many_rows()
    answer = {"Message-ID": "<2@list.example>", "In_Reply_To": "<1@list.example>"}
    mails = (message("Ask @ben."), message("So, @cem?", Subject="Re: Budget", **answer))
    archive = written(tmp_path / "small.mbox", *mails)
    done = app.test_cli_runner().invoke(group, ["mbox", str(archive), "--circle", "retail"])
    assert done.exit_code == 0, done.output
    assert len(rows(select(Post.id))) == 2
    assert how_many_rows() == before
    scene.opens("ana", "Ask @ben.")
    assert how_many_rows() > before


def test_ten_thousand_watchers_are_told_in_one_statement(app, scene):
    told = []
    for watchers in (10, 10_000):
        topic = scene.opens("ana")
        many_watch(topic, watchers)
        with counted_statements(app) as said:
            scene.answers("ben", topic)
        told.append(len(said))
        writes = [each for each in said if each.startswith("INSERT INTO notification")]
        assert len(writes) == 1
        assert len(rows(select(Notification.id).where(Notification.kind == Kind.TOPIC))) == watchers
        everyone_forgets()
    assert told[0] == told[1]


def many_watch(topic: str, number: int) -> None:
    """So many people who may read an open circle, none of its members, watch its topic."""
    from sqlalchemy import insert

    from forum.core import clock, ids
    from forum.core.db import transaction
    from forum.models.accounts import User
    from forum.models.discussions import Post
    from forum.models.notifications import Watch, Why

    (row,) = rows(select(Post.topic_id).where(Post.public_id == topic))
    people = [ids.random_key() for _ in range(number)]
    user = {"name": "Somebody", "state": UserState.ACTIVE, "created_at": clock.now()}
    watch = {"topic_id": row.topic_id, "level": WATCHING, "why": Why.CHOSEN}
    with transaction() as session:
        session.execute(
            insert(User),
            [
                {"id": one, "public_id": ids.public_id(), "address": f"{one}@site.example", **user}
                for one in people
            ],
        )
        session.execute(
            insert(Watch), [{"id": ids.random_key(), "user_id": one, **watch} for one in people]
        )


def everyone_forgets() -> None:
    from sqlalchemy import delete

    from forum.core.db import transaction

    with transaction() as session:
        session.execute(delete(Notification))
