"""Counters are kept by hand, so they are compared with a recount after anything that may happen."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forum.core.db import db
from forum.core.errors import ForumError
from forum.core.ranges import Ranges
from forum.discussions import actions
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.discussions import Topic
from forum.policy.visible import Reason, unscoped
from tests.discussions import rows
from tests.support import community
from tests.support.together import at_once

few = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["open", "reply", "reply", "reply", "hide", "unhide", "remove"]),
        st.integers(0, 1_000),
    ),
    max_size=20,
)


def check_topics() -> None:
    """Every topic's counters are what a recount of its posts gives."""
    for topic in db.session.execute(_raw(select(Topic.__table__))).all():
        posts = rows.posts_of(topic.public_id)
        replies = [post for post in posts if post.seq]
        there = [post for post in posts if not (post.hidden_at or post.removed_at)]
        gone = {post.seq for post in posts} - {post.seq for post in there}
        assert topic.last_seq == max(post.seq for post in posts)
        assert topic.reply_count == sum(post in there for post in replies)
        assert set(Ranges.parse(topic.gone)) == gone
        if there:
            newest = max(there, key=lambda post: post.id)
            assert topic.last_post_at == newest.created_at
            assert topic.last_author_id == newest.author_id
        for post in posts:
            assert post.child_count == sum(other.parent_id == post.id for other in posts)


def check_circles() -> None:
    """A circle counts its shown topics and its active members."""
    for circle in db.session.execute(_raw(select(Circle.__table__))).all():
        shown = select(func.count()).where(Topic.circle_id == circle.id, Topic.hidden_at.is_(None))
        members = select(func.count()).where(
            Membership.circle_id == circle.id, Membership.state == MembershipState.ACTIVE
        )
        assert circle.topic_count == db.session.execute(_raw(shown)).scalar()
        assert circle.member_count == db.session.execute(_raw(members)).scalar()


def _raw(query):
    return unscoped(query, Reason.COUNTERS)


class Happenings:
    """People who open, answer, hide, show again and remove, as the steps say."""

    def __init__(self, scene) -> None:
        self.scene = scene
        self.writers = [scene.reads("ana"), scene.reads("ben")]
        self.posts = [(scene.topic, scene.reads("ana"))]

    def do(self, step: str, draw: int) -> None:
        post, author = self.posts[draw % len(self.posts)]
        writer = self.writers[draw % 2]
        try:
            if step == "open":
                made = community.topic(self.scene.ana, self.scene.retail)
                self.posts.append((made, self.writers[0]))
            elif step == "reply":
                user = (self.scene.ana, self.scene.ben)[draw % 2]
                if rows.post(post):
                    self.posts.append((community.reply(user, post), writer))
            elif step == "remove":
                actions.remove_post(author, post)
            else:
                moderator = self.scene.reads("dora")
                act = actions.unhide if step == "unhide" else self._hide
                act(moderator, post)
        except ForumError:
            pass

    @staticmethod
    def _hide(moderator, post: str) -> None:
        actions.hide(moderator, post, "Too loud.")


@few
@given(steps=STEPS)
def test_after_whatever_happens_the_counters_are_right(scene, steps):
    happenings = Happenings(scene)
    for step, draw in steps:
        happenings.do(step, draw)
    check_topics()
    check_circles()


def test_when_much_happens_at_one_moment_they_are_right_too(app, scene):
    posts = [community.reply(scene.ana, scene.topic) for _ in range(4)]
    ana, dora = scene.reads("ana"), scene.reads("dora")
    acts = [
        *(lambda p=p: actions.hide(dora, p, "Too loud.") for p in posts),
        *(lambda p=p: actions.unhide(dora, p) for p in posts),
        *(lambda p=p: actions.remove_post(ana, p) for p in posts[:2]),
        *(lambda n=n: actions.post_reply(ana, scene.topic, "More.", f"{n:022}") for n in range(4)),
    ]
    answers = at_once(app, *acts)
    assert not [a for a in answers if isinstance(a, BaseException) and not is_refusal(a)]
    check_topics()


def test_a_topic_hidden_by_many_at_one_moment_is_counted_away_once(app, scene):
    dora = scene.reads("dora")
    at_once(app, *[lambda: actions.hide(dora, scene.topic, "Too loud.")] * 6)
    check_circles()
    at_once(app, *[lambda: actions.unhide(dora, scene.topic)] * 6)
    check_circles()


def is_refusal(answer: object) -> bool:
    return isinstance(answer, ForumError)
