"""People, circles and what they write, in a line each, for tests that set a scene.

    ana = person("Ana")
    retail = circle("retail")
    join(ana, retail)
    asked = topic(ana, retail, "Pilots that never end")
    answer = reply(ana, asked, "Ours ended.")
    sign_in(client, ana)
    client.post(f"/p/{answer}/removal", data={"csrf_token": csrf(client)})

All but the last two need an application context (the fixture `app_context`). Topics and posts are
named by their public ids; a topic and its opening post share theirs.
"""

import secrets
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from forum.accounts import actions as accounts
from forum.accounts import passwords
from forum.circles import actions as circles
from forum.core import clock, markup
from forum.core.db import db, transaction
from forum.discussions import actions as discussions
from forum.discussions.about import NO_FACTS, TopicFacts
from forum.discussions.actions import counters
from forum.discussions.actions.writing import Parent
from forum.models.accounts import AddressKind, SignIn, User, UserState
from forum.models.circles import Circle, CircleKind, Membership, MembershipState, Role, Visibility
from forum.models.discussions import Post, Report, ReportReason, Topic
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

T = TypeVar("T")
PASSWORD = "a ferry full of lanterns"
passwords.configure(rounds=1, memory_kib=64)


def person(name: str, *, staff: bool = False, suspended: bool = False) -> User:
    """An account with PASSWORD; its address is the name's first word at site.example."""
    address = f"{name.split(maxsplit=1)[0].lower()}@site.example"
    user = accounts.add_user(address, name, _password_hash(), staff=staff)
    if suspended:
        suspend(user)
    return _kept(user)


def account(address: str) -> User:
    """An account that was made before, as it stands now."""
    return _kept(db.session.execute(select(User).where(User.address == address)).scalar_one())


def has_mailbox(user: User, kind: AddressKind = AddressKind.PERSONAL) -> None:
    """They said whose mailbox their address leads to."""
    _change(User, User.id == user.id, address_kind=kind)


def shut_spaces(user: User, until: datetime) -> None:
    """As a password reset by mail leaves it."""
    _change(User, User.id == user.id, spaces_from=until)


def suspend(user: User, until: datetime | None = None) -> None:
    _change(User, User.id == user.id, state=UserState.SUSPENDED, suspended_until=until)


def circle(
    slug: str, visibility: Visibility = Visibility.OPEN, *, purpose: str = "", rules: str = ""
) -> Circle:
    """A topic circle named like its slug."""
    words = circles.CircleWords(purpose or f"About {slug}.", rules, 7)
    new = circles.NewCircle(slug, slug.title(), words, CircleKind.TOPIC, None, visibility)
    assert circles.found(new), f"there is a circle {slug} already"
    return find(slug)


def find(slug: str) -> Circle:
    """A circle that was made before, as it stands now."""
    return _kept(db.session.execute(_raw(select(Circle).where(Circle.slug == slug))).scalar_one())


def join(user: User, place: Circle, role: Role = Role.MEMBER) -> None:
    circles.appoint(user.id, place.slug, role)


def leave(user: User, place: Circle) -> None:
    circles.leave(viewer(user), place.slug)


def send_away(user: User, place: Circle) -> None:
    """What a moderator's removal of a member leaves behind."""
    set_membership(user, place, MembershipState.REMOVED)


def set_membership(
    user: User, place: Circle, state: MembershipState, words: str | None = None
) -> None:
    here = (Membership.circle_id == place.id) & (Membership.user_id == user.id)
    _change(Membership, here, state=state, words=words)


def topic(
    author: User,
    place: Circle,
    title: str = "A question",
    text: str = "What now?",
    facts: TopicFacts = NO_FACTS,
) -> str:
    """Open a topic whatever the author's rights; its public id."""
    made = discussions.write_topic(author.id, place.id, title, _text(text), facts=facts)
    return made.public_id


def tagged(*tags: str) -> TopicFacts:
    """What a topic with these tags says of itself."""
    return TopicFacts(tags=tags)


def has_profile(user: User, *broken: Barrier, **told: Any) -> None:
    """What they tell of themselves, and the walls they have broken through."""
    with transaction() as session:
        session.add(Profile(user_id=user.id, **told))
        session.add_all(ProfileBarrier(user_id=user.id, barrier=one, broken=True) for one in broken)


def reply(author: User, to: str, text: str = "An answer.") -> str:
    """Reply to a post whatever the author's rights; the reply's public id."""
    found = select(Post.id, Post.topic_id, Post.path).where(Post.public_id == to)
    above = db.session.execute(_raw(found)).one()
    return discussions.write_reply(author.id, Parent(*above), _text(text)).public_id


def hide(public_id: str, reason: str = "Too loud.") -> None:
    """Hide a reply, or with an opening post its topic, as a moderator would."""
    hidden = {"hidden_at": clock.now(), "hidden_reason": reason}
    found = select(Post.topic_id, Post.seq, Topic.circle_id).join(Topic, Topic.id == Post.topic_id)
    row = db.session.execute(_raw(found.where(Post.public_id == public_id))).one()
    with transaction():
        if row.seq:
            _change(Post, Post.public_id == public_id, **hidden)
            counters.take_away(row.topic_id, row.seq)
        else:
            _change(Topic, Topic.public_id == public_id, **hidden)
            counters.count_topics(row.circle_id, -1)


def close(topic_id: str) -> None:
    _change(Topic, Topic.public_id == topic_id, closed_at=clock.now())


def remove(post_id: str) -> None:
    """Remove a post as its author would."""
    row = db.session.execute(
        _raw(select(Post.author_id).where(Post.public_id == post_id))
    ).scalar_one()
    discussions.remove_post(viewer(row), post_id)


def report(reporter: User, post_id: str, words: str = "Please look.") -> str:
    """Report a post; the report's public id."""
    discussions.report(viewer(reporter), post_id, ReportReason.OTHER, words)
    newest = select(Report.public_id).where(Report.user_id == reporter.id)
    return str(db.session.execute(_raw(newest.order_by(Report.created_at.desc()))).scalar())


def viewer(user: User | int, *, staff_proved: bool = False) -> Viewer:
    """The person as policy, queries and actions know them."""
    found = viewers.for_user(user if isinstance(user, int) else user.id, staff_proved=staff_proved)
    assert found is not None
    return found


def sign_in(client: FlaskClient, user: User, password: str = PASSWORD) -> TestResponse:
    """Sign a client in through the page, as a browser does."""
    sent = {"address": user.address, "password": password, "csrf_token": csrf(client)}
    answer = client.post("/sign-in", data=sent)
    assert answer.status_code == 302, f"{user.name} could not sign in: {answer.status}"
    return answer


def csrf(client: FlaskClient) -> str:
    """The token that every form on this client's pages holds, as Flask-WTF makes it."""
    with client.session_transaction() as session:
        raw = session.setdefault("csrf_token", secrets.token_hex(20))
    key = client.application.secret_key
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def let_proof_go_stale(user: User) -> None:
    """Staff gave their password longer ago than it counts."""
    _change(SignIn, SignIn.user_id == user.id, proved_at=clock.now() - viewers.STAFF_PROOF)


def _kept(row: T) -> T:
    """The row as it is now, whatever the session does later: the test only needs its names."""
    db.session.expunge(row)
    return row


@cache
def _password_hash() -> str:
    return passwords.digest(PASSWORD)


def _text(source: str) -> discussions.Text:
    return discussions.Text(source, markup.render(source, markup.Format.MARKDOWN).html)


def _change(table: Any, where: Any, **values: Any) -> None:
    with transaction() as session:
        changed = session.execute(update(table).where(where).values(**values))
        assert changed.rowcount


def _raw(query: Any) -> Any:
    return unscoped(query, Reason.SET_UP)
