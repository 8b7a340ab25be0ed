import pytest

from forum.core.errors import NotThere
from forum.models.circles import Visibility
from forum.models.notifications import Kind, Level
from forum.notifications import actions, queries
from forum.notifications.queries import listing
from forum.quiet import actions as quiet
from tests.support import community
from tests.support.statements import counted_statements


def shown(scene, name: str) -> list[str]:
    """The posts in the list, from their addresses."""
    groups = scene.list(name).groups
    return [notice.url.split("#p-")[1] for group in groups for notice in group.notices]


def bell(scene, name: str) -> int:
    return queries.unread_count(scene.reads(name))


class TestTheList:
    def test_stands_by_topic_the_last_moved_first(self, scene):
        first, second = scene.opens("ana"), scene.opens("ana")
        answers = [scene.answers("ben", topic) for topic in (first, second, first)]
        groups = scene.list("ana").groups
        assert [group.public_id for group in groups] == [first, second]
        assert shown(scene, "ana") == [answers[2], answers[0], answers[1]]

    def test_says_who_and_why(self, scene):
        scene.answers("ben", scene.opens("ana"))
        (group,) = scene.list("ana").groups
        (notice,) = group.notices
        assert (notice.name, notice.kind, notice.is_unread) == ("Ben", Kind.REPLY, True)
        assert (group.circle_name, group.unread_count, group.more_count) == ("Retail", 1, 0)

    def test_lists_three_of_a_topic_and_counts_the_rest(self, scene):
        topic = scene.opens("ana")
        for _each in range(5):
            scene.answers("ben", topic)
        (group,) = scene.list("ana").groups
        assert (len(group.notices), group.more_count, group.unread_count) == (3, 2, 5)

    def test_what_was_read_stays_without_a_mark(self, scene):
        scene.answers("ben", scene.opens("ana"))
        actions.mark_all_read(scene.reads("ana"))
        page = scene.list("ana")
        assert not page.any_unread
        assert page.groups[0].unread_count == 0

    def test_is_empty_for_whoever_was_told_nothing(self, scene):
        scene.answers("ben", scene.opens("ana"))
        assert scene.list("cem").groups == []

    def test_leads_to_less_of_what_it_comes_from(self, scene):
        scene.follows_circle("cem", Level.WATCHING)
        topic = scene.opens("ana")
        assert scene.list("cem").groups[0].less is Kind.CIRCLE
        scene.follows("cem", topic, Level.WATCHING)
        scene.answers("ben", topic)
        assert scene.list("cem").groups[0].less is Kind.TOPIC
        scene.answers("ben", scene.opens("ana", "And @cem?"))
        assert scene.list("cem").groups[0].less is Kind.REPLY


class TestMuted:
    def test_a_conversation_is_not_offered_to_be_muted_again(self, scene):
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        scene.follows("ana", topic, Level.MUTED)
        (group,) = scene.list("ana").groups
        assert (group.is_muted, group.less) == (True, None)

    def test_nor_one_of_a_circle_that_is(self, scene):
        topic = scene.opens("ana")
        scene.follows("ana", topic, None)
        scene.answers("ben", topic)
        scene.follows_circle("ana", Level.MUTED)
        assert scene.list("ana").groups[0].less is None

    def test_a_word_keeps_what_it_stands_in_out(self, scene):
        quiet.mute_word(scene.reads("ana"), "synergy")
        topic = scene.opens("ana")
        for text in ("Much synergy here.", "None here."):
            scene.answers("ben", topic, text)
        (group,) = scene.list("ana").groups
        assert [notice.excerpt for notice in group.notices] == ["None here.", ""]

    def test_so_does_whoever_wrote_it(self, scene):
        scene.answers("ben", scene.opens("ana"))
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        assert [one.excerpt for one in scene.list("ana").groups[0].notices] == [""]


class TestPages:
    def test_a_page_goes_on_where_the_last_one_ended(self, scene, monkeypatch):
        monkeypatch.setattr(listing, "PAGE", 2)
        topics = [scene.opens("ana") for _each in range(5)]
        for topic in topics:
            scene.answers("ben", topic)
        found, after = [], None
        while True:
            page = scene.list("ana", after)
            found += [group.public_id for group in page.groups]
            if page.pager.older_url is None:
                break
            after = page.pager.older_url.removeprefix("/notices?after=")
        assert found == topics[::-1]

    def test_no_page_begins_after_what_is_not_in_the_list(self, scene):
        with pytest.raises(NotThere):
            scene.list("ana", scene.opens("ben"))

    def test_it_takes_the_same_statements_however_long(self, app, scene):
        counts = []
        for more in (1, 14):
            for _each in range(more):
                scene.answers("ben", scene.opens("ana"))
            viewer = scene.reads("ana")
            with counted_statements(app) as said:
                queries.notices(viewer, None)
            counts.append(len(said))
        assert counts == [3, 3]


class TestTheBell:
    def test_counts_topics_not_posts(self, scene):
        topic, other = scene.opens("ana"), scene.opens("ana")
        for each in (topic, topic, other):
            scene.answers("ben", each)
        assert bell(scene, "ana") == 2

    def test_asks_nothing_for_whoever_has_nothing_unread(self, app, scene):
        viewer = scene.reads("cem")
        with counted_statements(app) as said:
            assert queries.unread_count(viewer) == 0
        assert said == []

    def test_and_one_small_thing_for_others(self, app, scene):
        scene.answers("ben", scene.opens("ana"))
        viewer = scene.reads("ana")
        with counted_statements(app) as said:
            assert queries.unread_count(viewer) == 1
        assert len(said) == 1


class TestWhatMayBeSeenNoMore:
    """It is in neither list nor count; where it can be seen again, it is there again."""

    @pytest.fixture
    def answer(self, scene) -> str:
        quiet = community.circle("quiet", Visibility.MEMBERS)
        for one in (scene.ana, scene.ben):
            community.join(one, quiet)
        answer = scene.answers("ben", scene.opens("ana", slug="quiet"))
        assert shown(scene, "ana") == [answer]
        assert bell(scene, "ana") == 1
        return answer

    def gone(self, scene) -> bool:
        return shown(scene, "ana") == [] and bell(scene, "ana") == 0

    def test_a_removed_post(self, scene, answer):
        community.remove(answer)
        assert self.gone(scene)

    def test_a_hidden_post_until_it_is_shown_again(self, scene, answer):
        community.hide(answer)
        assert self.gone(scene)

    def test_a_circle_that_closed_its_door(self, scene, answer):
        from forum.models.circles import Circle

        hers = community.find("quiet")
        community._change(Circle, Circle.id == hers.id, visibility=Visibility.SECRET)
        assert not self.gone(scene)
        community.leave(scene.ana, hers)
        assert self.gone(scene)
        community.join(scene.ana, hers)
        assert not self.gone(scene)

    def test_a_closed_account_leaves_its_posts_and_no_name(self, scene, answer):
        from forum.accounts.actions.closing import close_account

        close_account(scene.ben.id)
        (group,) = scene.list("ana").groups
        assert group.notices[0].name is None
