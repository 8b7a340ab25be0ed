"""`load()` reads the whole demo community from the text files in `content/`."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from forum.cli.demo.community import (
    Community,
    Membership,
    Person,
    PrivateSpace,
    Reply,
    Topic,
)
from forum.cli.demo.parsing import BadContent, TopicFile, parse_topic
from forum.cli.demo.running import grow
from forum.cli.standard_circles import standard_circles
from forum.models.spaces import LIFE_DAYS

__all__ = [
    "BadContent",
    "Community",
    "Membership",
    "Person",
    "PrivateSpace",
    "Reply",
    "Topic",
    "load",
]

CONTENT = Path(__file__).with_name("content")
MAX_TITLE_CHARS = 200
MAX_BODY_CHARS = 20_000
MAX_NAME_CHARS = 40


def load(content: Path = CONTENT) -> Community:
    """Read people, the circles they are in, and every topic; the same at every call.

    Raises BadContent for a file that breaks the format, ValueError where files disagree
    (a writer who is no member or stands behind a wall, a post in the future, a limit passed).
    """
    people = _people(content / "people.toml")
    used = {membership.circle for person in people for membership in person.memberships}
    circles = tuple(circle for circle in standard_circles() if circle.slug in used)
    if unknown := used - {circle.slug for circle in circles}:
        raise ValueError(f"people.toml: unknown circles {', '.join(sorted(unknown))}")
    community = Community(people, circles, ())
    files = sorted((content / "topics").glob("*.md"))
    topics = tuple(_topic(parse_topic(path), path, community) for path in files)
    folders = sorted(path.parent for path in (content / "spaces").glob("*/space.toml"))
    spaces = tuple(_space(folder, community) for folder in folders)
    return replace(community, topics=topics, spaces=spaces, with_doors=True)


def _people(path: Path) -> tuple[Person, ...]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["person"]
    people = tuple(_person(entry) for entry in entries)
    if len({person.handle for person in people}) != len(people):
        raise ValueError(f"{path.name}: a handle stands there twice")
    return people


def _person(entry: dict[str, Any]) -> Person:
    moderates = set(entry.get("moderates", ()))
    if not moderates <= set(entry["circles"]):
        raise ValueError(f"people.toml: {entry['handle']} moderates a circle without being in it")
    if len(entry["name"]) > MAX_NAME_CHARS:
        raise ValueError(f"people.toml: the name of {entry['handle']} is too long")
    return Person(
        handle=entry["handle"],
        name=entry["name"],
        aim=entry["aim"],
        role=entry["role"],
        employer=entry["employer"],
        memberships=tuple(Membership(slug, slug in moderates) for slug in entry["circles"]),
        letters=entry.get("letters", False),
        is_guardian=entry.get("guardian", False),
        part=entry.get("part", ""),
        met=tuple(entry.get("met", ())),
        broken=tuple(entry.get("broken", ())),
        broke_through=entry.get("broke_through", ""),
        languages=tuple(entry.get("languages", ())),
    )


def _topic(file: TopicFile, path: Path, community: Community) -> Topic:
    topic = file.topic
    members = community.members_of(topic.circle)
    if file.grow_to:
        topic = grow(topic, file.grow_to, members, path.parent.parent / "running")
    _check_writers(topic, members, path)
    _check_limits(topic, path)
    return topic


def _space(folder: Path, community: Community) -> PrivateSpace:
    described = tomllib.loads((folder / "space.toml").read_text(encoding="utf-8"))
    members, moderators = tuple(described["members"]), tuple(described["moderators"])
    if not set(moderators) <= set(members) <= set(community.members_of(folder.name)):
        raise ValueError(f"{folder.name}: somebody is in the space and not in the circle")
    topics = tuple(_told(path, members, community) for path in sorted(folder.glob("*.md")))
    return PrivateSpace(folder.name, members, moderators, topics)


def _told(path: Path, members: tuple[str, ...], community: Community) -> Topic:
    topic = parse_topic(path).topic
    _check_writers(topic, members, path)
    _check_limits(topic, path)
    _check_walls(topic, community, path)
    return topic


def _check_walls(topic: Topic, community: Community, path: Path) -> None:
    """Nobody can answer what a colleague wrote, or what stands above it."""
    employer = {person.handle: person.employer for person in community.people}
    above = [{topic.author}]
    for number, reply in enumerate(topic.replies, start=1):
        others = above[reply.parent] - {reply.author}
        if employer[reply.author] in {employer[other] for other in others}:
            raise ValueError(f"{path.name}: the writer of reply {number} stands behind a wall")
        if topic.offsets()[number - 1].days >= LIFE_DAYS:
            raise ValueError(f"{path.name}: reply {number} comes when the topic is closed")
        above.append(above[reply.parent] | {reply.author})


def _check_writers(topic: Topic, members: tuple[str, ...], path: Path) -> None:
    writers = {topic.author} | {reply.author for reply in topic.replies}
    if strangers := writers - set(members):
        raise ValueError(f"{path.name}: not members of {topic.circle}: {sorted(strangers)}")


def _check_limits(topic: Topic, path: Path) -> None:
    if len(topic.title) > MAX_TITLE_CHARS:
        raise ValueError(f"{path.name}: a title of {len(topic.title)} characters")
    for number, body in enumerate([topic.body, *(reply.body for reply in topic.replies)]):
        if len(body) > MAX_BODY_CHARS:
            raise ValueError(f"{path.name}: post {number} has {len(body)} characters")
    for number, offset in enumerate(topic.offsets(), start=1):
        if offset > topic.ago - timedelta(minutes=1):
            raise ValueError(f"{path.name}: reply {number} would be written in the future")
