"""The shapes of the demo community: plain frozen data, nothing of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from forum.cli.standard_circles import StandardCircle
from forum.discussions.about import NO_FACTS, TopicFacts


@dataclass(frozen=True, slots=True)
class Membership:
    circle: str
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One demo account; `aim` is the sentence on what they try to change at work."""

    handle: str
    name: str
    aim: str
    role: str
    employer: str
    memberships: tuple[Membership, ...]
    letters: bool = False
    """Whether they want a letter when there is something new."""
    is_guardian: bool = False
    """Of private spaces: in none themselves, each of another employer."""
    part: str = ""
    met: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    broke_through: str = ""
    languages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.handle}@demo.example"


@dataclass(frozen=True, slots=True)
class Reply:
    """A post below the opening one.

    `parent` is the number of the reply it answers, counted from 1, or 0 for the opening post;
    a parent always stands before its answers. `after` is the time since that parent.
    """

    author: str
    body: str
    parent: int
    after: timedelta


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its whole tree; `ago` is how long before now it was opened."""

    circle: str
    author: str
    title: str
    body: str
    ago: timedelta
    replies: tuple[Reply, ...]
    pinned: bool = False
    wish: str = ""
    """In a private space: what its author would like."""
    facts: TopicFacts = NO_FACTS
    """In a circle: what would help, its tags, and what kind of company it comes from."""
    notes: tuple[str, ...] = ()
    """In a private space: its content notes."""
    answer: int = 0
    """In a circle: the number of the reply that answered it, 0 for none."""
    postscript: str = ""
    """In a circle: what its author added to the opening post later."""

    def offsets(self) -> tuple[timedelta, ...]:
        """The time of each reply since the topic was opened, in the order of `replies`."""
        offsets = [timedelta()]
        for reply in self.replies:
            offsets.append(offsets[reply.parent] + reply.after)
        return tuple(offsets[1:])

    def depths(self) -> tuple[int, ...]:
        """The depth of each reply; an answer to the opening post has depth 1."""
        depths = [0]
        for reply in self.replies:
            depths.append(depths[reply.parent] + 1)
        return tuple(depths[1:])

    def by_time(self) -> Iterator[tuple[int, Reply, timedelta]]:
        """Yield (number, reply, time since the opening) oldest first: the order to post them in.

        Every `after` is positive, so a parent is yielded before its answers.
        """
        offsets = self.offsets()
        for index in sorted(range(len(offsets)), key=offsets.__getitem__):
            yield index + 1, self.replies[index], offsets[index]


@dataclass(frozen=True, slots=True)
class PrivateSpace:
    """The private space of a circle: handles of those in it, and what is told there."""

    circle: str
    members: tuple[str, ...]
    moderators: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Community:
    people: tuple[Person, ...]
    circles: tuple[StandardCircle, ...]
    topics: tuple[Topic, ...]
    spaces: tuple[PrivateSpace, ...] = ()
    with_doors: bool = False
    """Whether there are circles too that nobody walks into (`doors`)."""

    def members_of(self, circle: str) -> tuple[str, ...]:
        """The handles of a circle's members, in the order of `people`."""
        return tuple(
            person.handle
            for person in self.people
            if any(membership.circle == circle for membership in person.memberships)
        )
