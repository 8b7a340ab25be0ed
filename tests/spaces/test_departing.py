"""Whoever goes for good: in seven nights nothing is left of their words, and nothing says whose."""

import random
from dataclasses import dataclass
from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.db import db
from forum.discussions import actions as discussions
from forum.discussions.queries import thread
from forum.discussions.queries.thread import Ask
from forum.models.accounts import User
from forum.models.discussions import Draft, Post, Reaction, ReactionKind, ReadMark, SubmitNonce
from forum.models.guarding import Ability, Sanction
from forum.models.spaces import DepartedMember, SpaceMember
from forum.spaces import actions, departing, life, sanctions
from forum.spaces.break_glass import agreeing
from forum.spaces.departing import NIGHTS, depart, erase_some
from tests.spaces.conftest import Scene
from tests.support import community, spaces
from tests.support.watched import rows

PERSONAL = (ReadMark, Draft, SubmitNonce)


@dataclass(frozen=True)
class Told:
    """What Gil wrote in the scene's space, and what others wrote around it."""

    scene: Scene
    hers: str
    """A topic of Hana's in which he answered."""
    answer: str
    below: str
    """Hana's answer to his."""
    his: list[str]
    """Topics he opened."""
    under_his: str
    """Ivo's answer in the first of them."""

    @property
    def gil(self) -> User:
        return self.scene["Gil"]

    @property
    def all_his(self) -> set[str]:
        return {self.answer, *self.his}

    def go(self) -> None:
        depart(self.gil.id)
        db.session.rollback()


@pytest.fixture(autouse=True)
def _chance(monkeypatch):
    """The same nights in every run."""
    monkeypatch.setattr(departing, "_dice", random.Random(5))


@pytest.fixture
def told(scene) -> Told:
    hers = spaces.sealed_topic(scene["Hana"], scene.space, "Hers")
    answer = spaces.sealed_reply(scene["Gil"], hers, "His answer.")
    below = spaces.sealed_reply(scene["Hana"], answer, "Hers below.")
    his = [spaces.sealed_topic(scene["Gil"], scene.space, f"Told {n}") for n in range(3)]
    his += spaces.many_topics([scene["Gil"]], scene.space, 17)
    under_his = spaces.sealed_reply(scene["Ivo"], his[0], "More of it.")
    return Told(scene, hers, answer, below, his, under_his)


@pytest.fixture
def nights(held_clock):
    """So many nights pass; after each the public ids of posts that still have words."""

    def pass_by(count: int = 1) -> list[set[str]]:
        left = []
        for _night in range(count):
            held_clock.forward(days=1)
            erase_some()
            left.append(with_words())
        return left

    return pass_by


def with_words() -> set[str]:
    return {post.public_id for post in rows(Post) if post.sealed}


def post_row(public_id: str) -> Post:
    return next(post for post in rows(Post) if post.public_id == public_id)


def seats(table) -> set[str]:
    return {row.seat for row in rows(table)}


class TestTheirWords:
    def test_are_all_gone_after_seven_nights(self, told, nights):
        told.go()
        assert with_words() >= told.all_his
        assert not nights(NIGHTS)[-1] & told.all_his

    def test_go_night_by_night(self, told, nights):
        told.go()
        counts = [len(left & told.all_his) for left in nights(NIGHTS)]
        assert counts[-1] == 0
        assert len(set(counts)) >= 5, f"all at once would tie them together: {counts}"

    def test_no_night_is_likelier_than_another(self):
        went = [0] * NIGHTS
        left = list(range(7_000))
        for night in range(NIGHTS):
            some = departing._some(left, NIGHTS - night)
            went[night], left = len(some), sorted(set(left) - set(some))
        assert not left
        assert max(went) < 1_120
        assert min(went) > 880

    def test_are_gone_at_once_where_the_worker_was_away_for_the_week(self, told, held_clock):
        told.go()
        held_clock.forward(days=30)
        assert erase_some() == len(told.all_his)
        assert not with_words() & told.all_his

    def test_stay_where_they_are_not_theirs(self, told, nights):
        others = {told.hers, told.below, told.under_his}
        before = {post.public_id: (bytes(post.sealed), bytes(post.wall)) for post in rows(Post)}
        told.go()
        nights(NIGHTS)
        after = {post.public_id: (bytes(post.sealed), bytes(post.wall)) for post in rows(Post)}
        assert {each: after[each] for each in others} == {each: before[each] for each in others}

    def test_are_found_in_every_space_also_in_one_they_left(self, scene, nights):
        finance = spaces.space(community.circle("finance"))
        for name in ("Gil", "Hana"):
            spaces.enter(finance, scene[name])
        his = {
            spaces.sealed_topic(scene["Gil"], scene.space),
            spaces.sealed_topic(scene["Gil"], finance),
        }
        hers = spaces.sealed_topic(scene["Hana"], finance)
        spaces.leave(scene.space, scene["Gil"])
        depart(scene["Gil"].id)
        assert nights(NIGHTS)[-1] == {hers} == with_words() - his

    def test_of_two_who_go_are_erased_alike(self, told, nights):
        told.go()
        depart(told.scene["Ivo"].id)
        assert nights(NIGHTS)[-1] == {told.hers, told.below}

    def test_cannot_be_told_from_what_others_took_back_themselves(self, told, nights):
        """Nor from each other: nothing kept says when they went."""
        own = spaces.sealed_topic(told.scene["Ivo"], told.scene.space)
        told.go()
        nights(3)
        spaces.remove(told.scene["Ivo"], own)
        nights(4)
        removed = [post for post in rows(Post) if post.removed_at]
        assert len(removed) == len(told.all_his) + 1
        kept = {
            (post.removed_at, post.created_at, bytes(post.sealed), post.hidden_at, post.source)
            for post in removed
        }
        assert len(kept) == 1


class TestOthersPages:
    @pytest.mark.parametrize("name", ["Hana", "Ema"])
    def test_read_on_as_after_a_removal(self, told, nights, name):
        told.go()
        nights(NIGHTS)
        viewer = community.viewer(told.scene[name])
        page = thread(viewer, told.hers, Ask())
        assert {post.public_id for post in page.posts} == {told.hers, told.below}
        assert page.posts[1].gap_before

    def test_show_a_topic_they_opened_without_its_words(self, told, nights):
        told.go()
        nights(NIGHTS)
        page = thread(community.viewer(told.scene["Hana"]), told.his[0], Ask())
        assert page.topic.title == "Taken back by who opened it"
        assert [post.public_id for post in page.posts] == [told.under_his]

    def test_read_as_ever_until_its_night_comes(self, told):
        told.go()
        page = thread(community.viewer(told.scene["Hana"]), told.hers, Ask())
        assert [post.public_id for post in page.posts] == [told.hers, told.answer, told.below]

    def test_hide_what_a_wall_hides_before_and_after(self, scene, nights):
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        under = spaces.sealed_reply(scene["Gil"], topic)
        depart(scene["Ana"].id)
        assert topic not in spaces.listed(scene["Ben"], scene.space)
        nights(NIGHTS)
        assert topic not in spaces.listed(scene["Ben"], scene.space)
        assert topic in spaces.listed(scene["Ivo"], scene.space)
        assert under in with_words()


class TestWhatElseTheyLeft:
    @pytest.fixture
    def left(self, told) -> Told:
        """Read marks, drafts, forms and reactions of Gil, and of Ema the same."""
        for name in ("Gil", "Ema"):
            viewer = community.viewer(told.scene[name])
            page = thread(viewer, told.hers, Ask())
            discussions.record_shown(viewer, page.topic_id, [0, 1], page.voice)
            for place in (f"reply:{told.below}", f"space:{told.scene.space.public_id}"):
                discussions.save_draft(viewer, place, "", "Half", "")
            for post in (told.hers, told.below):
                discussions.react(viewer, post, ReactionKind.WITH_YOU)
        return told

    def test_is_gone_with_the_last_night(self, left, nights):
        before = {table: seats(table) for table in PERSONAL}
        left.go()
        nights(NIGHTS)
        gone = {table.__tablename__: len(before[table] - seats(table)) for table in PERSONAL}
        assert gone == {"read_mark": 4, "draft": 2, "submit_nonce": 4}

    def test_a_form_goes_with_the_post_it_made_and_not_with_the_others(self, left, nights):
        """All at once they would tie a member's posts together, and to the day the account went."""
        forms = {form.post_id for form in rows(SubmitNonce)}
        left.go()
        for _night in range(NIGHTS):
            nights()
            erased = {post.id for post in rows(Post) if post.removed_at}
            assert {form.post_id for form in rows(SubmitNonce)} == forms - erased
        assert forms & erased

    def test_others_keep_theirs(self, left, nights):
        left.go()
        nights(NIGHTS)
        assert len(seats(Draft)) == 2
        assert len(rows(Reaction)) == 2
        assert len(seats(SubmitNonce)) == 3

    def test_a_reaction_has_its_night_too(self, left, nights):
        assert len(rows(Reaction)) == 4
        left.go()
        assert len(rows(Reaction)) == 4
        nights(NIGHTS)
        assert len(rows(Reaction)) == 2


class TestWhatStandsInTheirPlace:
    def test_names_nobody(self, told):
        told.go()
        (row,) = rows(DepartedMember)
        assert told.gil.id not in {member.user_id for member in rows(SpaceMember)}
        assert told.gil.id not in {row.id, row.number}
        assert row.ends_on == clock.today() + timedelta(days=NIGHTS)

    def test_is_only_a_number_in_the_end(self, told, nights):
        number = next(row.number for row in rows(SpaceMember) if row.user_id == told.gil.id)
        told.go()
        nights(NIGHTS - 1)
        assert rows(DepartedMember)[0].secret
        nights()
        (row,) = rows(DepartedMember)
        assert (row.number, row.secret, row.ends_on) == (number, None, None)

    def test_lasts_as_long_for_somebody_who_never_wrote(self, scene, nights):
        """Else its end would tell who did."""
        depart(scene["Ema"].id)
        nights(NIGHTS - 1)
        assert rows(DepartedMember)[0].secret
        nights()
        assert rows(DepartedMember)[0].secret is None
        assert erase_some() == 0

    def test_keeps_their_names_from_whoever_comes_next(self, told, monkeypatch, nights):
        told.go()
        nights(NIGHTS)
        (row,) = rows(DepartedMember)
        drawn = iter([row.number, row.number, 4_711])
        monkeypatch.setattr(actions.secrets, "randbelow", lambda _most: next(drawn))
        assert actions._free_number(told.scene.space.id) == 4_711

    def test_stays_while_the_key_of_a_topic_cannot_be_opened(self, told, nights, held_clock):
        """What is in there is sealed for good, but nobody can know whose it is."""
        spaces.damage_key(told.his[3])
        told.go()
        left = nights(NIGHTS)[-1]
        assert left & told.all_his == {told.his[3]}
        assert rows(DepartedMember)[0].secret
        held_clock.forward(days=120)
        life.erase_due()
        erase_some()
        assert rows(DepartedMember)[0].secret is None

    def test_with_nobody_gone_a_night_does_nothing(self, told):
        assert erase_some() == 0
        assert with_words() >= told.all_his


class TestKilled:
    @pytest.mark.parametrize("at", [1, 3])
    def test_in_the_midst_of_a_night_the_next_one_goes_on(self, told, nights, monkeypatch, at):
        told.go()
        before = with_words()
        erase, done = departing.erase_words, []

        def dies(*words, **more) -> None:
            done.append(words)
            if len(done) == at:
                raise RuntimeError
            erase(*words, **more)

        with monkeypatch.context() as bad:
            bad.setattr(departing, "erase_words", dies)
            with pytest.raises(RuntimeError):
                nights(2)
        assert with_words() == before
        assert not nights(NIGHTS - 1)[-1] & told.all_his
        assert rows(DepartedMember)[0].secret is None

    def test_while_going_nothing_has_happened(self, told, monkeypatch):
        monkeypatch.setattr(departing.ids, "random_key", lambda: None)
        with pytest.raises(Exception, match="departed_member"):
            depart(told.gil.id)
        db.session.rollback()
        assert told.gil.id in {member.user_id for member in rows(SpaceMember)}
        assert rows(DepartedMember) == []

    def test_the_night_again_takes_no_more_than_there_is(self, told, nights):
        told.go()
        nights(NIGHTS)
        assert erase_some() == 0


class TestWhatWasDecided:
    def test_stays_with_the_name_and_not_with_whoever_comes_back(self, told, nights):
        scene = told.scene
        spaces.change_member(scene.space, scene["Hana"], role=community.Role.MODERATOR)
        hana = community.viewer(scene["Hana"])
        sanctions.bar(hana, told.answer, Ability.WRITE, 30, "Enough.")
        told.go()
        nights(NIGHTS)
        assert len(rows(Sanction)) == 1
        spaces.enter(scene.space, told.gil)
        again = spaces.seen(told.gil, scene.space)
        assert again.where.space.barred([Ability.WRITE]) is None

    def test_whose_a_name_was_is_found_out_no_more(self, told):
        scene = told.scene
        voice = spaces.voice(told.gil, told.answer)
        assert agreeing._whose(scene.space.id, voice.key, voice.name).name == "Gil"
        told.go()
        assert agreeing._whose(scene.space.id, voice.key, voice.name).name == ""


def test_who_was_in_no_space_leaves_nothing(scene):
    olga = community.person("Olga")
    depart(olga.id)
    assert rows(DepartedMember) == []
