"""Everybody and everything of the access matrix: one of each role, one object of each state.

Every text that not everybody may read carries a marker of its own, so that an answer can be
searched for all of them at once. Who may know a marker is written here in plain sets; nothing of
`policy` is asked.
"""

from collections.abc import Set
from dataclasses import asdict, dataclass, field
from io import BytesIO
from itertools import count

from flask import Flask
from sqlalchemy import insert, select, update

from forum.accounts.actions import Told, save_profile
from forum.circles import actions as circles
from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.discussions import actions
from forum.employments.actions import add_domain
from forum.files import storage
from forum.files.actions import Kept, carry, keep_sealed
from forum.files.queries import Named
from forum.models.accounts import SignIn, User
from forum.models.circles import Circle, Invitation, MembershipState, Role, Visibility
from forum.models.discussions import Draft, Post
from forum.models.files import FileKind, SealedPicture, StoredFile
from forum.models.notifications import Kind, Notification
from forum.models.spaces import Space
from forum.policy import visible
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions as spaces
from forum.spaces.queries import space_for
from tests.files import hostile
from tests.support import community
from tests.support.community import join, person, reply, report, topic
from tests.support.workplaces import STAFF, add_alias, employer_id, works_for

ROLES = (
    *("guest", "outsider", "member", "author", "left", "removed", "suspended"),
    *("moderator", "elsewhere", "staff", "stale"),
    *("teller", "insider", "walled", "gone"),
    "invited",
)
"""The last but one are of the open circle's private space: the writer, a reader, one before whom a
wall stands, and one who left it."""
IN_SPACE = {"teller": "Tailspin", "walled": "Tailspin", "insider": "Wingtip", "gone": "Fabrikam"}
"""Whom they work for."""
SPACE_READERS = {"teller", "insider"}
INSIDE = {"member", "author", "suspended", "moderator", *IN_SPACE}
SIGNED_IN = set(ROLES) - {"guest"}
WRITERS = INSIDE - {"suspended"}
READERS: dict[str, Set[str]] = {
    "open": set(ROLES),
    "members": SIGNED_IN,
    "approval": INSIDE,
    "secret": INSIDE,
}
KNOWERS: dict[str, Set[str]] = READERS | {"approval": SIGNED_IN, "secret": INSIDE | {"invited"}}
MODERATORS: dict[str, Set[str]] = {
    "open": {"moderator", "staff"},
    "members": {"moderator", "staff"},
    "approval": {"moderator"},
    "secret": {"moderator"},
}
SLUGS = {kind: f"{kind[:4]}-one" for kind in READERS}
ALIAS = "aaaaaaaaaaaa"
"""Public id of the one alias of an employer."""
NO_SLUG, NO_ID, NO_TOKEN = "none-one", "zzzzzzzzzzzz", "z" * 43
NO_FILE = NO_ID * 2


@dataclass(frozen=True)
class Thing:
    """A post, topic, report or draft of the world."""

    public_id: str
    circle: str
    state: str
    owner: str
    seen_by: Set[str]
    locked: bool = False


@dataclass
class World:
    """What was settled, and who may know which marker."""

    people: dict[str, User] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    topics: list[Thing] = field(default_factory=list)
    posts: list[Thing] = field(default_factory=list)
    reports: list[Thing] = field(default_factory=list)
    employments: list[Thing] = field(default_factory=list)
    employers: list[Thing] = field(default_factory=list)
    spaces: list[Thing] = field(default_factory=list)
    members: list[Thing] = field(default_factory=list)
    persons: list[Thing] = field(default_factory=list)
    files: list[Thing] = field(default_factory=list)
    draft: str = ""
    sign_in: str = ""
    at_door: dict[tuple[str, str], str] = field(default_factory=dict)
    """For a kind of circle: whom, or which link, an act at its door is about."""
    may_know: dict[str, Set[str]] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(100))

    def marker(self, known_to: Set[str]) -> str:
        made = f"zq{next(self._numbers)}qz"
        self.may_know[made] = known_to
        return made


def settle(app: Flask) -> World:
    """Make the world in one transaction, then sign everybody in."""
    world = World()
    with app.app_context():
        with transaction():
            _people(world)
            for kind in READERS:
                _circle(world, kind)
            _workplaces(world)
            _notices(world)
            _space(world)
            _profiles(world)
            _persons(world)
        _stranger(app, world)
        for role in ROLES:
            _come_in(app, world, role)
        community.let_proof_go_stale(world.people["stale"])
    return world


def _people(world: World) -> None:
    for role in sorted(SIGNED_IN):
        world.people[role] = person(role.title(), staff=role in {"staff", "stale"})


def _circle(world: World, kind: str) -> None:
    knowers = KNOWERS[kind]
    words = {"purpose": world.marker(knowers), "rules": world.marker(knowers)}
    here = community.circle(SLUGS[kind], Visibility(kind), **words)
    there = community.circle(f"else-{kind}", Visibility(kind))
    name = {"name": world.marker(knowers)}
    db.session.execute(update(Circle).where(Circle.id == here.id).values(**name))
    for role in sorted(INSIDE | {"left"}):
        join(world.people[role], here, Role.MODERATOR if role == "moderator" else Role.MEMBER)
    join(world.people["elsewhere"], there, Role.MODERATOR)
    join(_named_only_there(world, kind), here, Role.MODERATOR)
    _plain_topic(world, kind, here)
    _closed_topic(world, kind, here)
    _hidden_topic(world, kind, here)
    community.leave(world.people["left"], here)
    _door(world, kind, here)


def _door(world: World, kind: str, here: Circle) -> None:
    """Who asks, is invited or was sent away, with what was said; in narrow circles a link."""
    told = world.marker(MODERATORS[kind] | {"removed"})
    note, name = (world.marker(MODERATORS[kind]) for _word in range(2))
    asking = person(f"asking-{kind} {name}")
    for who, state, words in (
        (asking, MembershipState.REQUESTED, note),
        (world.people["invited"], MembershipState.INVITED, None),
        (world.people["removed"], MembershipState.REMOVED, told),
    ):
        join(who, here)
        community.set_membership(who, here, state, words)
    for act, who in (
        *(("accept", asking), ("decline", asking)),
        *(("withdraw", world.people["invited"]), ("let_back", world.people["removed"])),
        ("send_away", world.people["author"]),
    ):
        world.at_door[act, kind] = who.public_id
    world.at_door["end_link", kind] = NO_ID
    if kind in ("approval", "secret"):
        keeper = community.viewer(world.people["moderator"])
        circles.make_link(keeper, here.slug)
        found = visible.invitations(keeper, Invitation.public_id).where(Circle.id == here.id)
        world.at_door["end_link", kind] = db.session.execute(found).scalar_one()


def _named_only_there(world: World, kind: str) -> User:
    """A moderator and writer whose very name tells that they are in this circle."""
    someone = person(f"{kind} {world.marker(READERS[kind])}")
    world.people[f"named in {kind}"] = someone
    return someone


def _plain_topic(world: World, kind: str, here: Circle) -> None:
    readers, few, named = READERS[kind], _few(kind), world.people[f"named in {kind}"]
    opening = _topic(world, kind, here, "plain", readers)
    answer = _post(world, kind, opening, "reply", "author", readers)
    hidden = _post(world, kind, opening, "hidden", "author", few)
    removed = _post(world, kind, opening, "removed", "author", set())
    _post(world, kind, opening, "of one who left", "left", readers)
    _files(world, kind, (opening, readers), (hidden, few), (removed, set()))
    reply(named, removed, world.marker(readers))
    community.hide(hidden, world.marker(few))
    community.remove(removed)
    reported = report(named, answer, world.marker(MODERATORS[kind]))
    world.reports.append(Thing(reported, kind, "report", "named", MODERATORS[kind]))


def _files(world: World, kind: str, *posts: tuple[str, Set[str]]) -> None:
    """A document of the author in each of the posts, and one that they have not posted yet."""
    for number, (carrying, seen_by) in enumerate([*posts, ("", {"author"})]):
        author = world.people["author"]
        kept = _put_down(author.id, f"{kind}{number}")
        world.files.append(Thing(kept, kind, "file", "author", seen_by))
        if carrying:
            found = select(Post.id).where(Post.public_id == carrying)
            post_id = db.session.execute(unscoped(found, Reason.SET_UP)).scalar_one()
            carry(community.viewer(author), post_id, Named(own=(kept,)))


def _put_down(user_id: int, name: str) -> str:
    """As `keep` leaves it, many times an hour."""
    kept = Kept(ids.file_id(), FileKind.PDF, f"{name}.pdf", None, None)
    storage.storage().put(kept.public_id, BytesIO(b"%PDF-"))
    with transaction() as session:
        session.add(
            StoredFile(
                id=ids.random_key(),
                user_id=user_id,
                size_bytes=5,
                created_at=clock.now(),
                **asdict(kept),
            )
        )
    return kept.public_id


def _closed_topic(world: World, kind: str, here: Circle) -> None:
    opening = _topic(world, kind, here, "closed", READERS[kind], locked=True)
    _post(world, kind, opening, "in a closed topic", "author", READERS[kind], locked=True)
    community.close(opening)


def _hidden_topic(world: World, kind: str, here: Circle) -> None:
    opening = _topic(world, kind, here, "hidden", _few(kind), locked=True)
    _post(world, kind, opening, "in a hidden topic", "author", _few(kind), locked=True)
    community.hide(opening, world.marker(_few(kind)))


def _few(kind: str) -> Set[str]:
    """Who still sees what a moderator hid."""
    return MODERATORS[kind] | {"author"}


def _topic(
    world: World, kind: str, here: Circle, state: str, seen_by: Set[str], *, locked: bool = False
) -> str:
    title, text = world.marker(seen_by), world.marker(seen_by)
    facts = community.tagged(world.marker(seen_by))
    made = topic(world.people["author"], here, title, text, facts)
    world.topics.append(Thing(made, kind, state, "author", seen_by, locked))
    world.posts.append(Thing(made, kind, f"opening, {state}", "author", seen_by, locked))
    return made


def _post(
    world: World,
    kind: str,
    above: str,
    state: str,
    owner: str,
    seen_by: Set[str],
    *,
    locked: bool = False,
) -> str:
    known_to = seen_by if state == "removed" else {*seen_by, owner}
    made = reply(world.people[owner], above, world.marker(known_to))
    world.posts.append(Thing(made, kind, state, owner, seen_by, locked))
    return made


def _stranger(app: Flask, world: World) -> None:
    """Somebody else's draft and sign-in, which are nobody's business."""
    stranger = person(f"Stranger {world.marker(set())}")
    community.sign_in(app.test_client(), stranger)
    row = db.session.execute(select(SignIn.public_id).where(SignIn.user_id == stranger.id))
    world.sign_in = row.scalar_one()
    world.may_know[world.sign_in] = set()
    world.draft = "ddddddddddda"
    words = {"title": world.marker(set()), "body": world.marker(set())}
    with transaction() as session:
        session.add(
            Draft(
                id=1,
                public_id=world.draft,
                place=f"topic:{SLUGS['open']}",
                saved_at=clock.now(),
                user_id=stranger.id,
                **words,
            )
        )


def _notices(world: World) -> None:
    """Everybody was told of every post of circles: of many when they could still see them."""
    posts = db.session.execute(unscoped(select(Post.id, Post.topic_id), Reason.SET_UP)).all()
    told = [
        {"user_id": person.id, "id": post.id, "post_id": post.id, "topic_id": post.topic_id}
        for person in world.people.values()
        for post in posts
    ]
    every = {"kind": Kind.CIRCLE, "created_at": clock.now()}
    db.session.execute(insert(Notification), [row | every for row in told])


def _workplaces(world: World) -> None:
    """Somebody's own list, a stranger's, and an employer that staff keep."""
    mine, theirs = world.marker({"author", "staff"}), world.marker({"staff"})
    told = works_for(world.people["author"], mine)
    world.employments.append(Thing(told, "", "employment", "author", {"author"}))
    stranger = world.people["named in secret"]
    told = works_for(stranger, theirs)
    world.employments.append(Thing(told, "", "employment", "a stranger", set()))
    for role in sorted(INSIDE - {"author"} - set(IN_SPACE)):
        works_for(world.people[role], "Northwind")
    kept = employer_id(mine)
    add_domain(STAFF, kept, f"{world.marker({'staff'})}.example")
    add_alias(mine, world.marker({"staff"}), ALIAS)
    world.employers.append(Thing(kept, "", "employer", "staff", {"staff"}))


def _space(world: World) -> None:
    """A topic and an answer in a private space, as those see it whom no wall keeps off."""
    circle_id = community.find(SLUGS["open"]).id
    spaces.found_space(circle_id)
    for role, employer in IN_SPACE.items():
        works_for(world.people[role], employer, f"{employer.lower()}.example")
        public_id = spaces.enter(community.viewer(world.people[role]), circle_id)
    db.session.execute(update(Space).values(opened_on=clock.today()))
    spaces.leave(community.viewer(world.people["gone"]), public_id)
    world.spaces.append(Thing(public_id, "open", "space", "nobody", {*SPACE_READERS, "walled"}))
    teller = community.viewer(world.people["teller"])
    head, text = actions.Head(world.marker(SPACE_READERS)), world.marker(SPACE_READERS)
    told = actions.post_topic_in_space(teller, public_id, head, text, "t" * 22).public_id
    shown = f"{world.marker(SPACE_READERS)} ![A chart](/files/{_picture(teller, public_id)})"
    answer = actions.post_reply(teller, told, shown, "a" * 22).public_id
    found = unscoped(select(SealedPicture.public_id), Reason.SET_UP)
    carried, waiting = db.session.execute(found).scalar_one(), _picture(teller, public_id)
    world.files.append(Thing(carried, "open", "in a space", "teller", SPACE_READERS))
    world.files.append(Thing(waiting, "open", "in a space", "teller", {"teller"}))
    world.topics.append(Thing(told, "open", "in a space", "teller", SPACE_READERS))
    for post in (told, answer):
        world.posts.append(Thing(post, "open", "in a space", "teller", SPACE_READERS))


def _picture(who: Viewer, space_public_id: str) -> str:
    """One that they have added in a space and not posted."""
    here = space_for(who, space_public_id)
    return keep_sealed(who, here.id, here.voice, BytesIO(hostile.picture())).public_id


def _profiles(world: World) -> None:
    """What people tell of themselves, to whoever is signed in."""
    for role in ("author", "suspended", "removed"):
        words = Told(trying=world.marker(SIGNED_IN), broke_through=world.marker(SIGNED_IN))
        save_profile(community.viewer(world.people[role]), words)
        public_id = world.people[role].public_id
        world.members.append(Thing(public_id, "", "a member", role, SIGNED_IN))
    community.suspend(world.people["suspended"])


def _persons(world: World) -> None:
    """Somebody everybody meets, and one who is met in the secret circle only."""
    for name, seen_by in (("named in open", SIGNED_IN), ("named in secret", READERS["secret"])):
        person_id = world.people[name].public_id
        world.persons.append(Thing(person_id, "", "a person", name, seen_by))


def _come_in(app: Flask, world: World, role: str) -> None:
    client = app.test_client()
    if role in world.people:
        community.sign_in(client, world.people[role])
        world.may_know[f"{role}@site.example"] = {role}
    world.tokens[role] = community.csrf(client)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    world.cookies[role] = f"{name}={cookie.value}"
