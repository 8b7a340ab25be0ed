"""Everybody and everything of the access matrix: one of each role, one object of each state.

Every text that not everybody may read carries a marker of its own, so that an answer can be
searched for all of them at once. Who may know a marker is written here in plain sets; nothing of
`policy` is asked.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from itertools import count

from flask import Flask
from sqlalchemy import select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.discussions import actions
from forum.employments.actions import add_domain
from forum.models.accounts import SignIn, User
from forum.models.circles import Circle, Role, Visibility
from forum.models.discussions import Draft
from forum.models.spaces import Space
from forum.spaces import actions as spaces
from tests.support import community
from tests.support.community import join, person, reply, report, topic
from tests.support.workplaces import STAFF, add_alias, employer_id, works_for

ROLES = (
    *("guest", "outsider", "member", "author", "left", "removed", "suspended"),
    *("moderator", "elsewhere", "staff", "stale"),
    *("teller", "insider", "walled", "gone"),
)
"""The last four are of the open circle's private space: the writer, a reader, one before whom a
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
KNOWERS: dict[str, Set[str]] = READERS | {"approval": SIGNED_IN}
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
    persons: list[Thing] = field(default_factory=list)
    draft: str = ""
    sign_in: str = ""
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
            _space(world)
            _persons(world)
        _stranger(app, world)
        for role in ROLES:
            _come_in(app, world, role)
        community.let_proof_go_stale(world.people["stale"])
    return world


def _people(world: World) -> None:
    for role in sorted(SIGNED_IN):
        world.people[role] = person(role.title(), staff=role in {"staff", "stale"})
    community.suspend(world.people["suspended"])


def _circle(world: World, kind: str) -> None:
    knowers = KNOWERS[kind]
    words = {"purpose": world.marker(knowers), "rules": world.marker(knowers)}
    here = community.circle(SLUGS[kind], Visibility(kind), **words)
    there = community.circle(f"else-{kind}", Visibility(kind))
    name = {"name": world.marker(knowers)}
    db.session.execute(update(Circle).where(Circle.id == here.id).values(**name))
    for role in sorted(INSIDE | {"left", "removed"}):
        join(world.people[role], here, Role.MODERATOR if role == "moderator" else Role.MEMBER)
    join(world.people["elsewhere"], there, Role.MODERATOR)
    join(_named_only_there(world, kind), here, Role.MODERATOR)
    _plain_topic(world, kind, here)
    _closed_topic(world, kind, here)
    _hidden_topic(world, kind, here)
    community.leave(world.people["left"], here)
    community.send_away(world.people["removed"], here)


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
    reply(named, removed, world.marker(readers))
    community.hide(hidden, world.marker(few))
    community.remove(removed)
    reported = report(named, answer, world.marker(MODERATORS[kind]))
    world.reports.append(Thing(reported, kind, "report", "named", MODERATORS[kind]))


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
    made = topic(world.people["author"], here, title, text)
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
    made = reply(world.people[owner], above, world.marker(seen_by))
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
    answer = actions.post_reply(teller, told, world.marker(SPACE_READERS), "a" * 22).public_id
    world.topics.append(Thing(told, "open", "in a space", "teller", SPACE_READERS))
    for post in (told, answer):
        world.posts.append(Thing(post, "open", "in a space", "teller", SPACE_READERS))


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
