"""Closing an account with all one wrote: nothing is left, in no row and no file."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from forum.accounts import actions
from forum.accounts.actions import Told, close_account
from forum.cli import jobs, worker
from forum.core.db import db, transaction
from forum.discussions import actions as discussions
from forum.files import actions as files
from forum.files import storage
from forum.models.accounts import AddressKind, User
from forum.models.circles import Circle, Visibility
from forum.models.discussions import Post, ReactionKind, Topic
from forum.models.outbox import Job
from forum.models.profiles import Barrier
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from tests.files import hostile
from tests.support import community, workplaces
from tests.support.community import PASSWORD
from tests.support.database_files import Files
from tests.support.members_browser import Browser, browser
from tests.support.watched import rows

WORDS = [f"zuleika{number:02}word" for number in range(7)]
"""What she wrote in circles, a tag and what a document is called among it."""
OTHERS = [f"zuleika{number:02}more" for number in range(8)]
"""What only she ever saw, or what she took back. In no other file: PostgreSQL's disk holds what all
test processes write, and one runs a file."""
NAME, HANDLE = "Zuleika Dobsonova", "zuleika-dobsonova"
ADDRESS, OTHER_ADDRESS = "zuleika@site.example", "zuleika@elsewhere.example"
WORK = "zuleikawork.example"
ANSWER = "An answer that stays readable."


@pytest.fixture
def retail(held_clock, app_context) -> Circle:
    return community.circle("retail")


@pytest.fixture
def ben(retail) -> User:
    ben = community.person("Ben")
    community.join(ben, retail)
    return ben


@pytest.fixture
def folder(app, tmp_path) -> Iterator[Path]:
    """Where the test's files are kept."""
    place = tmp_path / "kept"
    before = storage.use(storage.Folder(place))
    yield place
    storage.use(before)


@pytest.fixture
def zuleika(retail, ben, mailbox, folder) -> User:
    """She has written in every way there is; others answered."""
    zuleika = community.person(NAME)
    community.join(zuleika, retail)
    viewer = community.viewer(zuleika)
    hers = community.topic(zuleika, retail, WORDS[0], WORDS[1], facts=community.tagged(WORDS[5]))
    community.reply(ben, hers, ANSWER)
    community.topic(zuleika, retail, WORDS[2], WORDS[3])
    his = community.topic(ben, retail, "His topic", "His words.")
    under = community.reply(zuleika, his, OTHERS[0])
    community.reply(ben, under, ANSWER)
    paper = files.keep(viewer, BytesIO(hostile.pdf()), f"{WORDS[6]}.pdf").public_id
    photo = files.keep(viewer, BytesIO(hostile.picture()), "a.png").public_id
    now = f"{WORDS[4]} ![A lid](/files/{photo}) [paper](/files/{paper})"
    discussions.edit_post(viewer, under, now)
    files.keep(viewer, BytesIO(hostile.pdf()), f"{OTHERS[1]}.pdf")
    discussions.save_draft(viewer, "topic:retail", OTHERS[2], OTHERS[3], "")
    discussions.save(viewer, his, OTHERS[4])
    discussions.react(viewer, his, ReactionKind.THANKS)
    quiet.mute_word(viewer, OTHERS[5])
    quiet.mute(viewer, ben.public_id)
    told = Told(trying=OTHERS[6], broke_through=OTHERS[7], met=(Barrier.LEGAL,))
    actions.save_profile(viewer, told)
    workplaces.ask(zuleika, workplaces.works_for(zuleika, "Litware"), f"zuleika@{WORK}")
    mailbox.asks_for_reset(ADDRESS)
    moving = (OTHER_ADDRESS, AddressKind.WORK, PASSWORD, "192.0.2", "forum.example")
    actions.ask_to_move(viewer, *moving)
    actions.sign_in(ADDRESS, PASSWORD, "192.0.2")
    return zuleika


NEEDLES = (NAME, HANDLE, ADDRESS, OTHER_ADDRESS, WORK, *WORDS, *OTHERS)


def night_passes(app, held_clock) -> None:
    held_clock.forward(days=1)
    jobs.run_due(worker.handlers(app))


def holding(files: Files, needles: tuple[str, ...] = NEEDLES) -> set[str]:
    db.session.rollback()
    files.settle()
    return {needle for needle in needles if files.holding(needle.encode())}


def test_after_the_night_no_file_holds_a_word_of_hers(app, zuleika, database, held_clock):
    files = Files.of(database)
    files.settle()
    assert holding(files) == set(NEEDLES), "the test must find them first"
    close_account(zuleika.id, with_words=True)
    night_passes(app, held_clock)
    assert holding(files) == set()
    assert holding(files, (ANSWER, "His words.")) == {ANSWER, "His words."}


def test_who_keeps_the_words_leaves_the_words_alone(app, zuleika, database, held_clock):
    close_account(zuleika.id)
    night_passes(app, held_clock)
    assert holding(Files.of(database)) == set(WORDS)


def test_no_bytes_of_hers_are_left_but_with_words_that_stay(zuleika, ben, folder):
    his = files.keep(community.viewer(ben), BytesIO(hostile.pdf()), "his.pdf").public_id
    assert len(kept_in(folder)) == 4
    close_account(zuleika.id)
    assert len(kept_in(folder)) == 3, "but for the one that no post carried"
    assert kept_in(folder) >= {his}


def test_with_the_words_their_files_go(zuleika, folder):
    close_account(zuleika.id, with_words=True)
    assert kept_in(folder) == set()


def kept_in(folder: Path) -> set[str]:
    return {each.name for each in folder.rglob("*") if each.is_file()}


def test_no_row_holds_any_of_it_at_once(zuleika):
    close_account(zuleika.id, with_words=True)
    found = {
        str(value)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(unscoped(select(table), Reason.SET_UP))
        for value in row
    }
    assert not any(needle in value for needle in NEEDLES for value in found)


def test_two_who_go_on_a_day_are_cleared_away_after_once(zuleika, ben):
    close_account(zuleika.id)
    close_account(ben.id)
    assert [job.payload for job in rows(Job) if job.kind == actions.CLEAR] == [{}]


class TestWithTheWords:
    def test_answers_stay_readable_under_a_line(self, zuleika, client, retail):
        close_account(zuleika.id, with_words=True)
        for topic in ("His topic", "Taken away by whoever wrote it"):
            assert topic in client.get("/c/retail?tab=new").text
        (hers,) = [topic for topic in rows(Topic) if not topic.title]
        page = client.get(f"/t/{hers.public_id}").text
        assert ANSWER in page
        assert "The post that opened this was taken away." in page
        assert not any(word in page for word in NEEDLES)

    def test_a_topic_nobody_else_wrote_in_goes_whole(self, zuleika):
        close_account(zuleika.id, with_words=True)
        titles = {topic.title for topic in rows(Topic)}
        assert titles == {"His topic", ""}

    def test_guests_do_not_meet_first_what_was_taken_away(self, zuleika, client):
        assert WORDS[0] in client.get("/").text
        close_account(zuleika.id, with_words=True)
        page = client.get("/").text
        assert "His topic" in page
        assert "Taken away" not in page

    @pytest.mark.parametrize("with_words", [True, False])
    def test_who_went_has_no_face_of_their_own(self, zuleika, client, with_words):
        his = next(topic.public_id for topic in rows(Topic) if topic.title == "His topic")
        assert f"/avatars/{zuleika.public_id}.svg" in client.get(f"/t/{his}").text
        close_account(zuleika.id, with_words=with_words)
        for page in (f"/t/{his}", "/c/retail?tab=new"):
            assert zuleika.public_id not in client.get(page).text
        assert client.get("/avatars/nobody.svg").status_code == 200

    def test_the_counters_say_what_is_there(self, zuleika, retail):
        before = community.find("retail").topic_count
        close_account(zuleika.id, with_words=True)
        assert community.find("retail").topic_count == before - 1
        for topic in rows(Topic):
            there = [post for post in rows(Post) if post.topic_id == topic.id and post.seq]
            assert topic.reply_count == len([p for p in there if p.removed_at is None])

    def test_a_topic_that_was_hidden_is_not_counted_twice(self, zuleika):
        community.hide(next(t.public_id for t in rows(Topic) if t.title == WORDS[2]))
        before = community.find("retail").topic_count
        close_account(zuleika.id, with_words=True)
        assert community.find("retail").topic_count == before

    def test_what_she_wrote_where_she_is_no_longer_goes_too(self, zuleika, ben):
        secret = community.circle("quiet", Visibility.SECRET)
        for person in (zuleika, ben):
            community.join(person, secret)
        his = community.topic(ben, secret)
        community.reply(zuleika, his, "zuleika in secret")
        community.send_away(zuleika, secret)
        close_account(zuleika.id, with_words=True)
        assert not any("zuleika" in post.source for post in rows(Post))

    def test_an_answer_of_hers_that_was_accepted_is_no_longer(self, zuleika):
        theirs = next(post for post in rows(Post) if post.source.startswith(WORDS[4]))
        with transaction() as session:
            topic = session.get_one(Topic, theirs.topic_id, execution_options=_raw())
            topic.accepted_id = theirs.id
        close_account(zuleika.id, with_words=True)
        assert {topic.accepted_id for topic in rows(Topic)} == {None}

    def test_others_lose_nothing(self, zuleika, ben):
        before = {post.public_id: post.source for post in rows(Post) if post.author_id == ben.id}
        close_account(zuleika.id, with_words=True)
        after = {post.public_id: post.source for post in rows(Post) if post.author_id == ben.id}
        assert after == before


def _raw() -> dict[str, object]:
    return dict(unscoped(select(Topic), Reason.SET_UP).get_execution_options())


class TestThePage:
    @pytest.fixture
    def hers(self, app, zuleika) -> Browser:
        return browser(app, zuleika)

    @pytest.mark.parametrize(("words", "left"), [("keep", True), ("erase", False)])
    def test_by_their_choice_the_words_stay_or_go(self, hers, words, left, client):
        answer = hers.post("/settings/closing", words=words, current=PASSWORD)
        assert answer.location == "/"
        assert any(post.source.startswith(WORDS[4]) for post in rows(Post)) is left

    def test_they_are_signed_out_and_told(self, hers):
        hers.post("/settings/closing", words="keep", current=PASSWORD)
        assert "Your account is closed" in hers.get("/").text
        assert hers.get("/settings").location == "/sign-in?next=/settings"

    @pytest.mark.parametrize(
        "sent", [{"words": "keep", "current": "not hers"}, {"current": PASSWORD}, {}]
    )
    def test_without_password_or_choice_nothing_is_done(self, hers, sent):
        assert hers.post("/settings/closing", **sent).status_code == 422
        assert hers.get("/settings").status_code == 200
