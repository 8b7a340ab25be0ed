"""Who answers whom: messages into trees (after J. Zawinski's "message threading" and RFC 5256),
without recursion.

References decide; a missing message is stood in for by the nearest one that is known. Messages
that name nothing are joined by subject only when they say that they answer (Re:, or a quote),
within 90 days of the last message.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SUBJECT_WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Mail:
    """What threading looks at. `subject` is the key for comparing, "" when it says nothing."""

    message_id: str
    references: tuple[str, ...]
    subject: str
    at: datetime
    answers: bool


@dataclass(slots=True)
class Thread:
    """One topic to be: message numbers in the order to load them, each with its parent's number.

    The first has no parent, unless `joins` names a message of an earlier run that it answers.
    """

    members: list[tuple[int, int | None]]
    joins: str | None = None


class Forest:
    """Ids and their parents; a link that would close a circle is refused."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.root_hint: dict[str, str] = {}

    def root(self, node: str) -> str:
        path = []
        while (above := self.root_hint.get(node)) is not None:
            path.append(node)
            node = above
        for passed in path:
            self.root_hint[passed] = node
        return node

    def link(self, child: str, parent: str) -> bool:
        """Put a root under another node; False if it has a parent already or would become its own
        ancestor.
        """
        if child in self.parent or child == parent or self.root(parent) == child:
            return False
        self.parent[child] = parent
        self.root_hint[child] = parent
        return True


def make_threads(
    mails: Sequence[Mail],
    known_ids: Iterable[str] = (),
    known_subjects: Mapping[str, tuple[str, datetime]] | None = None,
) -> list[Thread]:
    """Arrange messages (with distinct ids) into threads, the oldest thread first.

    `known_ids` are messages of earlier runs, `known_subjects` their subjects with the id and time
    of one of them: a thread that hangs under such a message says so in `joins`.
    """
    here = {mail.message_id: number for number, mail in enumerate(mails)}
    earlier = dict(known_subjects or {})
    known = {*known_ids, *(found[0] for found in earlier.values())} - here.keys()
    forest = Forest()
    newest_first = sorted(mails, key=lambda mail: mail.at, reverse=True)
    link_by_references(forest, newest_first, here.keys() | known)
    link_gaps(forest, newest_first, known)
    link_by_subject(forest, newest_first[::-1], here.keys() | known, earlier)
    trees: dict[str, list[int]] = {}
    for number, mail in enumerate(mails):
        trees.setdefault(forest.root(mail.message_id), []).append(number)
    nearest = NearestPresent(forest, here)
    threads = [
        arranged(members, mails, nearest, root if root in known else None)
        for root, members in trees.items()
    ]
    return sorted(
        threads, key=lambda thread: (mails[thread.members[0][0]].at, thread.members[0][0])
    )


def link_by_references(forest: Forest, mails: Sequence[Mail], present: AbstractSet[str]) -> None:
    """Each message goes under the nearest message it names; newest first: a circle breaks at its
    oldest.
    """
    for mail in mails:
        nearest_first = mail.references[::-1]
        candidates = [one for one in nearest_first if one in present]
        candidates += [one for one in nearest_first if one not in present][:1]
        for candidate in candidates:
            if forest.link(mail.message_id, candidate):
                break


def link_gaps(forest: Forest, mails: Sequence[Mail], known: AbstractSet[str]) -> None:
    """Learn about missing messages from those who name them: in references each answers the one
    before.
    """
    for mail in mails:
        for parent, child in pairwise(mail.references):
            if child != mail.message_id and child not in known:
                forest.link(child, parent)


def link_by_subject(
    forest: Forest,
    mails: Sequence[Mail],
    present: AbstractSet[str],
    latest: dict[str, tuple[str, datetime]],
) -> None:
    """Join what says that it answers, but hangs under no message, to the latest thread of its
    subject.

    `latest` holds a message and the time of the last one of each subject; `mails` come oldest
    first.
    """
    for mail in mails:
        if not mail.subject:
            continue
        anchor, last_at = latest.get(mail.subject, ("", mail.at))
        root = forest.root(mail.message_id)
        alone = root == mail.message_id or root not in present
        if anchor and alone and mail.answers and mail.at - last_at <= SUBJECT_WINDOW:
            forest.link(root, anchor)
        same_thread = anchor and forest.root(anchor) == forest.root(mail.message_id)
        latest[mail.subject] = (anchor if same_thread else mail.message_id, mail.at)


class NearestPresent:
    """Finds, for a message, the nearest one above it that is in this archive; None if there is
    none.
    """

    def __init__(self, forest: Forest, here: Mapping[str, int]) -> None:
        self.forest = forest
        self.here = here
        self.found: dict[str, int | None] = {}

    def above(self, message_id: str) -> int | None:
        path: list[str] = []
        node = self.forest.parent.get(message_id)
        while node is not None and node not in self.here and node not in self.found:
            path.append(node)
            node = self.forest.parent.get(node)
        number = None if node is None else self.here.get(node, self.found.get(node))
        for passed in path:
            self.found[passed] = number
        return number


def arranged(
    members: Sequence[int], mails: Sequence[Mail], nearest: NearestPresent, joins: str | None
) -> Thread:
    """Order a tree's messages by time, parents before children whatever their clocks said."""
    above = {number: nearest.above(mails[number].message_id) for number in members}
    tops = sorted((n for n in members if above[n] is None), key=lambda n: (mails[n].at, n))
    if joins is None:
        above.update(dict.fromkeys(tops[1:], tops[0]))
        tops = tops[:1]
    children: dict[int, list[int]] = {}
    for number, parent in above.items():
        if parent is not None:
            children.setdefault(parent, []).append(number)
    ready = [(mails[n].at, n) for n in tops]
    heapq.heapify(ready)
    ordered: list[tuple[int, int | None]] = []
    while ready:
        _, number = heapq.heappop(ready)
        ordered.append((number, above[number]))
        for child in children.get(number, ()):
            heapq.heappush(ready, (mails[child].at, child))
    return Thread(ordered, joins)
