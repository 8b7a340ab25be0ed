"""What a member's action leaves in a private space: nothing that says who, and no clock."""

from datetime import UTC, time, timedelta

import pytest
from sqlalchemy import DateTime, delete, select

from forum.core import clock
from forum.core.db import Base, db, transaction
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.models.accounts import Throttle
from forum.models.circles import Role
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.models.spaces import Pseudonym, TopicKey
from forum.policy import unsealing, walls, workplaces
from forum.policy.allowed import ReadOnly, TopicClosed
from forum.policy.visible import Reason, unscoped
from tests.discussions import rows
from tests.discussions.rows import all_rows
from tests.support import community, spaces
from tests.support import workplaces as workplaces_in_tests

PERSONAL = (Draft, ReadMark, SubmitNonce, Report)
SECRET_WORDS = "Qwyjibo"


def left_by_everybody(inside) -> str:
    """Everything members can leave in a space, all of it about one unlikely word."""
    here = inside.here
    head = {"wish": SECRET_WORDS, "notes": ("illness",)}
    asked = spaces.sealed_topic(inside.ana, here, SECRET_WORDS, SECRET_WORDS, **head)
    answer = spaces.sealed_reply(inside.ben, asked, SECRET_WORDS)
    ben = inside.reads("ben")
    actions.save_draft(ben, f"reply:{asked}", "", SECRET_WORDS, "")
    actions.save_draft(ben, f"edit:{answer}", "", SECRET_WORDS, "")
    actions.save_draft(ben, f"space:{here.public_id}", SECRET_WORDS, SECRET_WORDS, "")
    spaces.report(inside.dora, answer, SECRET_WORDS)
    actions.record_shown(ben, spaces.topic_row_id(asked), [0, 1], spaces.voice(inside.ben, asked))
    actions.edit_post(inside.reads("ana"), asked, SECRET_WORDS, SECRET_WORDS)
    actions.hide(inside.reads("dora"), answer, SECRET_WORDS)
    return asked


class TestNobodyIsNamed:
    def test_posts_and_topics_have_a_pseudonym_and_no_author(self, inside):
        left_by_everybody(inside)
        for row in (*all_rows(Post), *all_rows(Topic)):
            assert row.author_id is None
            assert row.pseudonym_id is not None
        assert all(row.last_author_id is None for row in all_rows(Topic))

    @pytest.mark.parametrize("table", PERSONAL)
    def test_personal_rows_have_a_seat_and_no_user(self, inside, table):
        left_by_everybody(inside)
        found = all_rows(table)
        assert found
        for row in found:
            assert (row.user_id, len(row.seat)) == (None, 64)

    def test_how_often_somebody_acts_is_not_written_down(self, inside):
        spaces.sealed_reply(inside.ben, inside.topic)
        before = len(all_rows(Throttle))
        left_by_everybody(inside)
        assert len(all_rows(Throttle)) == before

    def test_seats_of_one_member_differ_from_table_to_table(self, inside):
        left_by_everybody(inside)
        voice = spaces.voice(inside.ben, inside.topic)
        assert len({voice.seat(table.__tablename__) for table in PERSONAL}) == len(PERSONAL)
        seats = [{row.seat for row in all_rows(table)} for table in PERSONAL]
        assert len(set.union(*seats)) == sum(map(len, seats))

    def test_one_member_has_another_name_in_another_topic(self, inside):
        topics = [spaces.sealed_topic(inside.ana, inside.here) for _topic in range(3)]
        assert len({spaces.name_in(inside.ana, topic) for topic in topics}) > 1

    def test_one_member_keeps_their_name_within_a_topic(self, inside):
        first, second = (spaces.sealed_reply(inside.ben, inside.topic) for _reply in range(2))
        faces = {
            queries.post_for(inside.reads("ana"), post).card.byline for post in (first, second)
        }
        assert {face.name for face in faces} == {spaces.name_in(inside.ben, inside.topic)}
        assert len(all_rows(Pseudonym)) == 2

    def test_topics_of_one_member_cannot_be_told_to_be_of_one(self, inside):
        """Not by the forms they were sent with either, which are kept under the space's key."""
        for _topic in range(2):
            spaces.sealed_topic(inside.ana, inside.here)
        for table in PERSONAL:
            seats = [row.seat for row in all_rows(table)]
            assert len(set(seats)) == len(seats), f"{table.__tablename__} ties topics together"


class TestNoWords:
    def test_no_word_stands_in_any_table(self, inside):
        left_by_everybody(inside)
        for table in Base.metadata.sorted_tables:
            db.session.rollback()
            for row in db.session.execute(unscoped(select(table), Reason.SET_UP)):
                for value in row:
                    plain = value if isinstance(value, bytes) else str(value).encode()
                    assert SECRET_WORDS.encode() not in plain, table.name

    def test_texts_of_about_one_length_look_the_same(self, inside):
        short, long = (spaces.sealed_reply(inside.ben, inside.topic, "x" * n) for n in (1, 100))
        sealed = [rows.post(post).sealed for post in (short, long)]
        assert len(sealed[0]) == len(sealed[1])

    def test_the_same_text_looks_different_each_time(self, inside):
        one, other = (spaces.sealed_reply(inside.ben, inside.topic, "Same") for _n in range(2))
        assert rows.post(one).sealed[12:] != rows.post(other).sealed[12:]

    def test_deleting_a_topics_key_erases_all_that_was_said(self, inside):
        spaces.sealed_reply(inside.ben, inside.topic)
        with transaction() as session:
            session.execute(delete(TopicKey))
        with pytest.raises(NotThere):
            queries.thread(inside.reads("ana"), inside.topic, queries.Ask())


class TestNoClock:
    def test_every_moment_is_the_midnight_of_a_day(self, held_clock, inside):
        held_clock.forward(hours=3, minutes=14, seconds=15)
        left_by_everybody(inside)
        for table in (Topic, Post, *PERSONAL):
            moments = [c.name for c in table.__table__.columns if isinstance(c.type, DateTime)]
            for row in all_rows(table):
                for name in moments:
                    moment = getattr(row, name)
                    assert moment is None or moment.astimezone(UTC).time() == time(), name

    def test_closing_leaves_a_day_only(self, held_clock, inside):
        actions.close(inside.reads("dora"), inside.topic)
        assert rows.topic(inside.topic).closed_at.astimezone(UTC).time() == time()

    @pytest.mark.parametrize("table", [Topic, Post, *PERSONAL, Pseudonym])
    def test_row_ids_do_not_rise_with_time(self, held_clock, inside, table):
        for _turn in range(6):
            left_by_everybody(inside)
            held_clock.forward(days=1)
        ids = [row.id for row in all_rows(table)]
        stamps = {row_id >> 21 for row_id in ids}
        now = int(clock.now().timestamp() * 1000)
        near = [stamp for stamp in stamps if abs(stamp - now) < 30 * 86_400_000]
        assert len(near) < len(stamps) / 4, "an id holds the moment it was made at"

    def test_a_topics_row_does_not_change_when_it_is_answered(self, inside):
        before, circle = rows.topic(inside.topic), rows.circle(inside.retail.id)
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        spaces.sealed_reply(inside.ana, answer)
        assert rows.topic(inside.topic) == before
        assert rows.circle(inside.retail.id) == circle

    def test_nor_does_the_post_that_is_answered(self, inside):
        before = rows.post(inside.topic)
        spaces.sealed_reply(inside.ben, inside.topic)
        assert rows.post(inside.topic) == before

    def test_a_circles_counters_do_not_count_its_space(self, inside):
        before = rows.circle(inside.retail.id)
        spaces.sealed_topic(inside.ben, inside.here)
        assert rows.circle(inside.retail.id) == before
        assert before.topic_count == 0


class TestLife:
    def test_a_topic_closes_60_days_after_it_was_opened_and_is_erased_60_later(
        self, held_clock, inside
    ):
        (key,) = all_rows(TopicKey)
        today = clock.today()
        assert key.opened_on == today
        assert key.closes_on == today + timedelta(days=60)
        assert key.erases_on == today + timedelta(days=120)

    def test_answers_do_not_lengthen_it(self, held_clock, inside):
        before = all_rows(TopicKey)
        held_clock.forward(days=59)
        spaces.sealed_reply(inside.ben, inside.topic)
        assert all_rows(TopicKey) == before

    def test_from_that_day_on_it_is_read_and_not_answered(self, held_clock, inside):
        held_clock.forward(days=60)
        assert queries.post_for(inside.reads("ben"), inside.topic).topic.closed
        with pytest.raises(TopicClosed):
            spaces.sealed_reply(inside.ben, inside.topic)

    def test_in_a_space_not_mixed_enough_nobody_writes(self, inside):
        spaces.read_only(inside.here, clock.today())
        with pytest.raises(ReadOnly):
            spaces.sealed_topic(inside.ana, inside.here)
        with pytest.raises(ReadOnly):
            spaces.sealed_reply(inside.ben, inside.topic)
        spaces.read_only(inside.here, clock.today() + timedelta(days=1))
        spaces.sealed_reply(inside.ben, inside.topic)


class TestTheWall:
    def entries(self, who, post) -> walls.Records:
        voice = spaces.voice(who, post)
        told = workplaces.author_entries(who.id, clock.today())
        return walls.records(voice.key, voice.name_number, told)

    def opened(self, who, post) -> walls.Records:
        key = spaces.voice(who, post).key
        return walls.opened(key, spaces.row_id(post), spaces.wall_of(post))

    def test_of_a_topic_is_where_its_author_works(self, inside):
        assert self.opened(inside.ana, inside.topic) == self.entries(inside.ana, inside.topic)

    def test_of_an_answer_is_the_authors_and_the_parents(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        below = spaces.sealed_reply(inside.dora, answer)
        people = (inside.ana, inside.ben, inside.dora)
        expected = frozenset().union(*(self.entries(who, inside.topic) for who in people))
        assert self.opened(inside.ana, below) == expected

    def test_of_a_post_that_names_somebody_is_theirs_too(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        spaces.sealed_reply(inside.ana, asked)
        name = spaces.name_in(inside.ana, asked)
        plain = spaces.sealed_reply(inside.dora, asked, "Somebody is right.")
        naming = spaces.sealed_reply(inside.dora, asked, f"What {name.upper()} says!")
        assert self.opened(inside.dora, naming) - self.opened(inside.dora, plain) == self.entries(
            inside.ana, asked
        )

    @pytest.mark.parametrize(
        ("text", "counts"),
        [
            ("Thank you, {first}, that helps.", True),
            ("{first} has it.", True),
            ("thanks @{low}", True),
            ("What the {animal} said.", True),
            ("{animal}, {animal}!", True),
            ("It was {low} so.", False),
            ("An {animal}ish thing, un{low}ed.", False),
            ("See /p/{post}.", True),
            ("See https://forum.example/p/{post}#p-{post}", True),
            ("x{post}", True),
            ("See /p/" + "z" * 12, False),
        ],
    )
    def test_one_word_of_a_name_or_the_address_of_a_post_names_its_author(
        self, inside, text, counts
    ):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        mine = spaces.sealed_reply(inside.ana, asked)
        first, animal = spaces.name_in(inside.ana, asked).split()
        said = text.format(first=first, low=first.lower(), animal=animal.lower(), post=mine)
        posted = actions.post_reply(inside.reads("dora"), asked, said, "naming", looked=True)
        naming = posted.public_id
        theirs = self.entries(inside.ana, asked)
        assert (theirs <= self.opened(inside.dora, naming)) is counts

    def test_of_a_post_with_an_address_is_all_that_stands_before_that(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        under = spaces.sealed_reply(inside.ben, spaces.sealed_reply(inside.ana, asked))
        mine = spaces.sealed_reply(inside.ben, asked, f"As I said: /p/{under}")
        assert self.entries(inside.ana, asked) <= self.opened(inside.ben, mine)

    def test_of_a_name_or_an_address_the_writer_cannot_see_is_nothing(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        mine = spaces.sealed_reply(inside.ana, asked)
        said = f"{spaces.name_in(inside.ana, asked)} wrote /p/{mine}"
        guess = spaces.sealed_reply(inside.cleo, asked, said)
        plain = spaces.sealed_reply(inside.cleo, asked)
        assert self.opened(inside.cleo, guess) == self.opened(inside.cleo, plain)

    def test_is_as_long_whoever_wrote_it(self, inside):
        daughters = [f"Daughter {number}" for number in range(18)]
        workplaces_in_tests.group("Conglomerate", "Northwind", *daughters)
        topics = [spaces.sealed_topic(who, inside.here) for who in (inside.ana, inside.ben)]
        answers = [spaces.sealed_reply(inside.dora, topic) for topic in topics]
        for posts in (topics, answers):
            assert len({len(spaces.wall_of(post)) for post in posts}) == 1

    def test_grows_with_the_names_above_it_only(self, inside):
        first = spaces.sealed_reply(inside.ben, inside.topic)
        second = spaces.sealed_reply(inside.ana, first)
        third = spaces.sealed_reply(inside.dora, second)
        lengths = [len(spaces.wall_of(post)) for post in (inside.topic, first, second, third)]
        assert lengths[1] == lengths[2]
        assert lengths[3] - lengths[1] == lengths[1] - lengths[0] == walls.ROOM * 10

    def test_never_grows_when_its_author_changes_employers(self, inside):
        before = spaces.wall_of(inside.topic)
        workplaces_in_tests.works_for(inside.ana, "Initech")
        spaces.sealed_reply(inside.ben, inside.topic)
        actions.edit_post(inside.reads("ana"), inside.topic, "Better.", "Better")
        assert spaces.wall_of(inside.topic) == before

    def test_outlives_the_words(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        wall = spaces.wall_of(answer)
        actions.remove_post(inside.reads("ben"), answer)
        assert spaces.wall_of(answer) == wall


class TestReports:
    def test_the_words_are_sealed_for_the_topic(self, inside):
        spaces.report(inside.ben, inside.topic, "Too close to home.")
        (row,) = all_rows(Report)
        assert row.words == ""
        voice = spaces.voice(inside.ben, inside.topic)
        words = unsealing.unpacked(voice.key.open(unsealing.REPORT, row.id, row.sealed))
        assert words == {"words": "Too close to home."}

    def test_a_second_one_replaces_the_first(self, inside):
        spaces.report(inside.ben, inside.topic, "One")
        spaces.report(inside.ben, inside.topic, "Two")
        (row,) = all_rows(Report)
        voice = spaces.voice(inside.ben, inside.topic)
        words = unsealing.unpacked(voice.key.open(unsealing.REPORT, row.id, row.sealed))
        assert words == {"words": "Two"}

    def test_a_colleague_has_nothing_to_report(self, inside):
        with pytest.raises(NotThere):
            spaces.report(inside.cleo, inside.topic)

    def test_it_is_on_no_list_of_the_circle(self, inside):
        community.join(inside.dora, inside.retail, Role.MODERATOR)
        spaces.report(inside.ben, inside.topic)
        assert queries.open_reports(inside.reads("dora"), inside.retail.id) == []
