"""What somebody does while their account is being closed, in another window, does not stay."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest

from forum.accounts import actions
from forum.accounts.actions import Told, close_account, closing
from forum.circles import actions as circles
from forum.cli import jobs, worker
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import ForumError
from forum.discussions import actions as discussions
from forum.employments import actions as employments
from forum.files import actions as files
from forum.files import storage
from forum.models.accounts import AddressKind, User
from forum.models.circles import Circle, Role, Visibility
from forum.models.discussions import Post, ReactionKind, Topic
from forum.models.employers import Tie
from forum.models.notifications import Level
from forum.models.outbox import UpdateWish
from forum.policy.viewer import Viewer
from forum.quiet import actions as quiet
from forum.spaces.actions import enter as into_space
from tests.accounts.actions.test_closing import STAYS, tables_naming
from tests.files import hostile
from tests.support import community, spaces, workplaces
from tests.support.community import PASSWORD
from tests.support.databases import Database
from tests.support.together import at_once
from tests.support.watched import rows

MARK = "written meanwhile"


@dataclass(frozen=True)
class Going:
    """Ana, as another window of hers still knows her, and what is around her."""

    ana: User
    viewer: Viewer
    ben: User
    retail: Circle
    her_answer: str
    his_topic: str


@pytest.fixture
def going(app, held_clock, app_context, tmp_path: Path) -> Iterator[Going]:
    before = storage.use(storage.Folder(tmp_path / "kept"))
    retail, lab = community.circle("retail"), community.circle("lab", Visibility.SECRET)
    for slug in ("other", "later"):
        community.circle(slug)
    ana, ben = community.person("Ana"), community.person("Ben")
    community.join(ana, lab, Role.MODERATOR)
    for person in (ana, ben):
        community.join(person, retail)
    community.has_mailbox(ana)
    spaces.space(retail)
    workplaces.verify(ana, workplaces.works_for(ana, "Litware"), "ana@litware.example")
    his = community.topic(ben, retail, "His")
    hers = community.reply(ana, his, "Hers.")
    yield Going(ana, community.viewer(ana), ben, retail, hers, his)
    storage.use(before)


FABRIKAM = employments.Workplace("Fabrikam", Tie.WORKS_FOR)
ASKED = (PASSWORD, "192.0.2", "forum.example")
ACTS: dict[str, Callable[[Going], Any]] = {
    "reply": lambda g: discussions.post_reply(g.viewer, g.his_topic, MARK, "n" * 22),
    "open a topic": lambda g: discussions.post_topic(g.viewer, "retail", MARK, MARK, "m" * 22),
    "edit": lambda g: discussions.edit_post(g.viewer, g.her_answer, MARK),
    "draft": lambda g: discussions.save_draft(g.viewer, "topic:retail", "", MARK, ""),
    "react": lambda g: discussions.react(g.viewer, g.his_topic, ReactionKind.THANKS),
    "keep for later": lambda g: discussions.save(g.viewer, g.his_topic, MARK),
    "read": lambda g: discussions.mark_read(g.viewer, spaces.topic_row_id(g.his_topic), [0]),
    "follow a topic": lambda g: discussions.follow_topic(g.viewer, g.his_topic, Level.WATCHING),
    "follow a circle": lambda g: discussions.follow_circle(g.viewer, "retail", Level.WATCHING),
    "tell of oneself": lambda g: actions.save_profile(g.viewer, Told(trying=MARK)),
    "skip": lambda g: actions.skip_first_steps(g.viewer),
    "mute a word": lambda g: quiet.mute_word(g.viewer, MARK),
    "mute": lambda g: quiet.mute(g.viewer, g.ben.public_id),
    "block": lambda g: quiet.block(g.viewer, g.ben.public_id),
    "add a file": lambda g: files.keep(g.viewer, BytesIO(hostile.pdf()), f"{MARK}.pdf"),
    "another name": lambda g: actions.change_name(g.viewer, MARK),
    "unfold": lambda g: actions.fold_behind(g.viewer, []),
    "want letters": lambda g: actions.wish_for_updates(g.viewer),
    "another address": lambda g: actions.ask_to_move(
        g.viewer, "ana@elsewhere.example", AddressKind.PERSONAL, *ASKED
    ),
    "claim": lambda g: actions.ask_to_claim(g.viewer, "old@archive.example", *ASKED[1:]),
    "sign in": lambda g: actions.sign_in(g.ana.address, *ASKED[:2]),
    "another password": lambda g: actions.change_password(g.viewer, PASSWORD, "kettles and more"),
    "join a circle": lambda g: circles.join(g.viewer, "other"),
    "hand out a link": lambda g: circles.make_link(g.viewer, "lab"),
    "tell of work": lambda g: employments.declare(g.viewer, FABRIKAM),
    "ask for a word": lambda g: employments.make_vouch_link(g.viewer, "retail"),
    "into the space": lambda g: into_space(g.viewer, g.retail.id),
}


AT_ONCE = (
    *("reply", "edit", "draft", "keep for later", "tell of oneself", "mute a word", "add a file"),
    *("another name", "another address", "tell of work"),
)


@pytest.mark.parametrize("name", ACTS)
def test_before_it_is_closed_each_of_these_can_be_done(going, name):
    ACTS[name](going)


@pytest.mark.parametrize("name", ACTS)
def test_once_it_is_closed_another_window_does_nothing_more(going, name):
    close_account(going.ana.id, with_words=True)
    with suppress(ForumError) if name == "read" else pytest.raises(ForumError):
        ACTS[name](going)
    assert_nothing_is_left(going)


def test_what_waited_for_the_closing_is_not_done_after_it(app, database, going, monkeypatch):
    last_step, nearly_closed = closing._blank, threading.Event()

    def wait_for_the_others(user_id: int) -> None:
        last_step(user_id)
        nearly_closed.set()
        until_waiting(database, len(AT_ONCE))

    def while_closing(name: str) -> Callable[[], Any]:
        def act() -> Any:
            nearly_closed.wait(30)
            return ACTS[name](going)

        return act

    monkeypatch.setattr(closing, "_blank", wait_for_the_others)
    done, *others = at_once(
        app,
        lambda: close_account(going.ana.id, with_words=True),
        *(while_closing(name) for name in AT_ONCE),
    )
    assert done is None
    assert all(isinstance(answer, ForumError) for answer in others), others
    assert_nothing_is_left(going)


def test_what_others_made_about_them_meanwhile_goes_in_the_night(app, going, held_clock):
    close_account(going.ana.id)
    with transaction() as session:
        session.add(UpdateWish(user_id=going.ana.id, told_to=clock.today()))
    held_clock.forward(days=1)
    jobs.run_due(worker.handlers(app))
    assert rows(UpdateWish) == []


def until_waiting(database: Database, count: int) -> None:
    """Until so many wait for a lock. SQLite has one writer: they wait before their first word."""
    if database.kind == "sqlite":
        return
    plain, last = database.url.replace("+psycopg", ""), time.monotonic() + 5
    with psycopg.connect(plain, autocommit=True) as connection:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while connection.execute(waiting).fetchone()[0] < count and time.monotonic() < last:
            pass


def assert_nothing_is_left(going: Going) -> None:
    assert tables_naming(going.ana, "ana@elsewhere.example", "old@archive.example") <= STAYS
    (left,) = [user for user in rows(User) if user.id == going.ana.id]
    assert (left.name, left.handle, left.password_hash) == ("", None, None)
    assert {post.source for post in rows(Post) if post.author_id == left.id} <= {""}
    assert not any(MARK in str(vars(row)) for row in (*rows(Post), *rows(Topic)))
