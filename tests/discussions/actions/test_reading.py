from sqlalchemy import select

from forum.core.db import db
from forum.discussions import actions
from forum.discussions.queries import Ask, thread
from forum.discussions.queries.thread import TIME
from forum.models.discussions import ReadMark
from forum.policy.visible import Reason, unscoped
from tests.discussions import trees
from tests.support import community
from tests.support.together import at_once


def read_by(user) -> str | None:
    """The numbers as they are kept."""
    mark = unscoped(select(ReadMark.read).where(ReadMark.user_id == user.id), Reason.TIDY)
    return db.session.execute(mark).scalar()


def looks(viewer, topic: str, ask: Ask | None = None):
    """Open a page and have it recorded, as the view does."""
    page = thread(viewer, topic, ask or Ask())
    actions.record_shown(viewer, page.topic_id, page.newly_shown)
    return page


def new_posts(viewer, topic: str) -> list[str]:
    return [post.public_id for post in thread(viewer, topic, Ask()).posts if post.is_new]


class TestMarks:
    def test_what_a_page_showed_is_kept_as_ranges(self, scene):
        tree = trees.planted([scene.ana], scene.retail, [0] * 5)
        looks(scene.reads("ben"), tree.topic)
        assert read_by(scene.ben) == "0-5"

    def test_reading_one_branch_leaves_the_others_unread(self, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0, 3, 0])
        viewer = scene.reads("ben")
        topic_id = thread(viewer, tree.topic, Ask()).topic_id
        actions.record_shown(viewer, topic_id, [0, 3, 4])
        assert new_posts(viewer, tree.topic) == [tree.posts[n] for n in (1, 2, 5)]
        assert thread(viewer, tree.topic, Ask()).unread_count == 3

    def test_marks_add_up(self, scene):
        viewer = scene.reads("ben")
        topic_id = thread(viewer, scene.topic, Ask()).topic_id
        for numbers in ([3], [1], [2], [2, 3], []):
            actions.record_shown(viewer, topic_id, numbers)
        assert read_by(scene.ben) == "1-3"

    def test_everybody_has_marks_of_their_own(self, scene):
        looks(scene.reads("ben"), scene.topic)
        assert read_by(scene.dora) is None

    def test_many_windows_at_once_lose_no_mark(self, app, scene):
        viewer = scene.reads("ben")
        topic_id = thread(viewer, scene.topic, Ask()).topic_id
        acts = [lambda n=n: actions.record_shown(viewer, topic_id, [n]) for n in range(10)]
        assert at_once(app, *acts) == [None] * 10
        assert read_by(scene.ben) == "0-9"

    def test_a_topic_deleted_meanwhile_is_no_error(self, scene):
        viewer = scene.reads("ben")
        page = thread(viewer, scene.topic, Ask())
        community.remove(scene.topic)
        actions.record_shown(viewer, page.topic_id, page.newly_shown)
        assert read_by(scene.ben) is None


class TestWhatIsNew:
    def test_on_a_first_visit_nothing_is_called_new(self, scene):
        community.reply(scene.ana, scene.topic)
        page = thread(scene.reads("ben"), scene.topic, Ask())
        assert page.first_visit
        assert page.unread_count == 0
        assert not any(post.is_new for post in page.posts)

    def test_on_the_second_only_what_came_since(self, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        page = thread(scene.reads("ben"), scene.topic, Ask())
        assert not page.first_visit
        assert new_posts(scene.reads("ben"), scene.topic) == [answer]
        assert page.unread_count == 1
        assert page.next_unread_url == f"/t/{scene.topic}/next-unread?after={answer}"

    def test_by_time_the_same_posts_are_new(self, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        cards = thread(scene.reads("ben"), scene.topic, Ask(view=TIME)).posts
        assert [card.public_id for card in cards if card.is_new] == [answer]

    def test_once_shown_nothing_is_new(self, scene):
        looks(scene.reads("ben"), scene.topic)
        community.reply(scene.ana, scene.topic)
        looks(scene.reads("ben"), scene.topic)
        page = thread(scene.reads("ben"), scene.topic, Ask())
        assert (page.unread_count, page.next_unread_url, page.newly_shown) == (0, None, [])

    def test_ones_own_answer_is_not_new(self, scene):
        looks(scene.reads("ben"), scene.topic)
        actions.post_reply(scene.reads("ben"), scene.topic, "Ours ended.", "n" * 22)
        page = thread(scene.reads("ben"), scene.topic, Ask())
        assert page.unread_count == 0
        assert not any(post.is_new for post in page.posts)

    def test_writing_without_having_read_leaves_the_rest_unread(self, scene):
        other = community.reply(scene.ana, scene.topic)
        actions.post_reply(scene.reads("ben"), scene.topic, "Ours ended.", "n" * 22)
        assert new_posts(scene.reads("ben"), scene.topic) == [scene.topic, other]

    def test_a_removed_post_is_never_unread(self, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        community.remove(answer)
        assert thread(scene.reads("ben"), scene.topic, Ask()).unread_count == 0

    def test_a_hidden_post_is_never_unread(self, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        assert thread(scene.reads("ben"), scene.topic, Ask()).unread_count == 0

    def test_a_post_shown_again_is_unread_for_who_never_saw_it(self, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        actions.unhide(scene.reads("dora"), answer)
        assert new_posts(scene.reads("ben"), scene.topic) == [answer]

    def test_a_guest_has_nothing_new_and_nothing_to_record(self, scene):
        from forum.policy.viewer import GUEST

        page = thread(GUEST, scene.topic, Ask())
        assert (page.unread_count, page.newly_shown) == (0, [])

    def test_a_page_tells_which_numbers_it_shows_for_the_first_time(self, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 0])
        viewer = scene.reads("ben")
        actions.record_shown(viewer, thread(viewer, tree.topic, Ask()).topic_id, [1])
        assert sorted(thread(viewer, tree.topic, Ask()).newly_shown) == [0, 2]
