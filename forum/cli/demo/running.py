"""Growing the running thread: composed conversations between the hand-written ones."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from forum.cli.demo.community import Reply, Topic
from forum.cli.demo.parts import Subject, read_parts
from forum.cli.demo.writing import Deck, Writer

SEED = 20_407
QUIET_START = timedelta(days=30)  # only hand-written conversations begin in the first days …
QUIET_END = timedelta(days=62)  # … and in the last ones: they are what a visitor sees first

_ODDS_OF_THANKS = 0.4
_ODDS_OF_A_FURTHER_QUESTION = 0.4
_ODDS_OF_AN_OBJECTION = 0.6
_ODDS_OF_A_REJOINDER = 0.7
_ODDS_OF_A_FOLLOW_UP = 0.6


@dataclass(frozen=True, slots=True)
class _Post:
    """A reply while the thread grows; `parent` is an index into the same list, -1 the opening."""

    author: str
    body: str
    parent: int
    at: timedelta


def grow(topic: Topic, target: int, members: Sequence[str], folder: Path) -> Topic:
    """Fill the topic up to `target` replies; the same seed gives the same thread.

    A composed conversation follows a small grammar: a story draws questions, cheers, a
    counter-experience and a follow-up; a question its answer; an answer thanks or a further
    question.
    """
    missing = target - len(topic.replies)
    dice = random.Random(SEED)  # the same thread every time: # nosec B311
    parts = read_parts(folder)
    writer = Writer(parts, dice, [topic.body, *(reply.body for reply in topic.replies)])
    subjects = Deck(parts.subjects, dice)
    tellers = _Tellers(dice)
    talks: list[_Talk] = []
    while (left := missing - sum(len(talk.posts) for talk in talks)) > 0:
        subject = subjects.deal()
        talk = _Talk(subject, tellers.choose(subject), members, writer, dice)
        talk.posts = talk.posts[:left]
        talks.append(talk)
    return replace(topic, replies=_in_order(topic, talks, dice))


class _Tellers:
    """Chooses who tells the next story: whoever of the subject's tellers has told fewest."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._told: Counter[str] = Counter()
        self._last = ""

    def choose(self, subject: Subject) -> str:
        able = [teller for teller in subject.tellers if teller != self._last]
        self._dice.shuffle(able)
        self._last = min(able, key=self._told.__getitem__)
        self._told[self._last] += 1
        return self._last


class _Talk:
    """One conversation on one subject, its times counted from the story that opens it."""

    def __init__(
        self,
        subject: Subject,
        teller: str,
        members: Sequence[str],
        writer: Writer,
        dice: random.Random,
    ) -> None:
        self._subject = subject
        self._teller = teller
        self._members = members
        self._writer = writer
        self._dice = dice
        story, self._given = writer.story(subject)
        asks = subject.asks_for(self._given)
        self._asks = dice.sample(asks, len(asks))
        self.posts = [_Post(self._teller, story, -1, timedelta())]
        self._unfold()

    def _unfold(self) -> None:
        for _ in range(self._dice.choice((1, 2, 2, 3))):
            self._exchange(0)
        self._cheers()
        if self._dice.random() < _ODDS_OF_AN_OBJECTION:
            self._objection()
        if self._dice.random() < _ODDS_OF_A_FOLLOW_UP:
            self._follow_up()

    def _exchange(self, parent: int) -> None:
        """Question, answer of the one who told the story, and what comes of the answer."""
        if not self._asks:
            return
        ask = self._asks.pop()
        asker = self._someone(self.posts[parent].author)
        question = self._add(asker, self._writer.question(ask), parent)
        answer = self._add(self._teller, self._writer.answer(self._subject, ask), question)
        if self._dice.random() < _ODDS_OF_THANKS:
            self._add(asker, self._writer.remark("laugh" if ask.is_fun else "thanks"), answer)
        if self._dice.random() < _ODDS_OF_A_FURTHER_QUESTION:
            self._exchange(answer)

    def _cheers(self) -> None:
        """Up to one remark on the story itself and one that fits any."""
        on_the_story, on_any = self._dice.choice(((1, 0), (1, 1), (0, 1), (1, 0), (0, 0)))
        if on_the_story:
            self._add(self._someone(), self._writer.remark_on(self._subject, self._given), 0)
        if on_any:
            self._add(self._someone(), self._writer.remark("cheer"), 0)

    def _objection(self) -> None:
        others = [member for member in self._subject.tellers if member != self._teller]
        text = self._writer.counter(self._subject, self._given)
        counter = self._add(self._dice.choice(others), text, 0)
        if self._dice.random() < _ODDS_OF_A_REJOINDER:
            self._add(self._teller, self._writer.remark("rejoin"), counter)

    def _follow_up(self) -> None:
        weeks_later = timedelta(days=self._dice.randint(14, 40), minutes=self._minutes())
        later = self._writer.later(self._subject, self._given)
        update = self._add(self._teller, later, 0, weeks_later)
        for _ in range(self._dice.choice((0, 1, 1, 2))):
            self._add(self._someone(), self._writer.remark("hurrah"), update)

    def _add(self, author: str, body: str, parent: int, after: timedelta | None = None) -> int:
        after = after or timedelta(minutes=self._minutes())
        self.posts.append(_Post(author, body, parent, self.posts[parent].at + after))
        return len(self.posts) - 1

    def _someone(self, *also_not: str) -> str:
        """A member who isn't the teller, nor the writer of the post just before."""
        barred = {self._teller, self.posts[-1].author, *also_not}
        return self._dice.choice([member for member in self._members if member not in barred])

    def _minutes(self) -> int:
        """Most answers come within hours, some after days."""
        return min(4_000, 4 + int(self._dice.expovariate(1 / 420)))


def _in_order(topic: Topic, talks: Sequence[_Talk], dice: random.Random) -> tuple[Reply, ...]:
    posts = [
        _Post(reply.author, reply.body, reply.parent - 1, at)
        for reply, at in zip(topic.replies, topic.offsets(), strict=True)
    ]
    gap = (topic.ago - QUIET_START - QUIET_END) / max(1, len(talks))
    for number, talk in enumerate(talks):
        start = QUIET_START + gap * (number + dice.random() * 0.8)
        start -= timedelta(microseconds=start.microseconds)
        first = len(posts)
        posts += [
            replace(
                post,
                parent=max(-1, first + post.parent) if post.parent >= 0 else -1,
                at=start + post.at,
            )
            for post in talk.posts
        ]
    return _numbered(posts)


def _moved(posts: Sequence[_Post], places: int, start: timedelta) -> list[_Post]:
    return [
        replace(post, parent=post.parent + places if post.parent >= 0 else -1, at=post.at + start)
        for post in posts
    ]


def _numbered(posts: Sequence[_Post]) -> tuple[Reply, ...]:
    """Sort by time, as they'd have been written, and count the numbers anew."""
    order = sorted(range(len(posts)), key=lambda index: posts[index].at)
    number = {index: place for place, index in enumerate(order, start=1)} | {-1: 0}
    at = {index: post.at for index, post in enumerate(posts)} | {-1: timedelta()}
    return tuple(
        Reply(
            posts[index].author,
            posts[index].body,
            number[posts[index].parent],
            posts[index].at - at[posts[index].parent],
        )
        for index in order
    )
