"""Threads into a circle, through the same verbs that every post goes through.

Messages are written about 200 to a transaction, each together with its row in `imported_message`:
a run that is killed loses at most the last 200, and the next run adds exactly what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice

from forum.cli.importing.memory import Memory
from forum.cli.importing.plan import MESSAGE_SECONDS, Plan, describe
from forum.cli.importing.reading.archives import Archive
from forum.cli.importing.reading.budget import TookTooLong, at_most
from forum.cli.importing.reading.messages import read_text
from forum.cli.importing.report import Line, Outcome, Report, Skip
from forum.cli.importing.threads import Thread
from forum.cli.importing.words import Words, changed_subject, title_of, words_of
from forum.core.db import transaction
from forum.core.errors import ForumError
from forum.core.markup import Format, render
from forum.discussions.actions.writing import (
    Parent,
    Text,
    parent_at,
    write_reply,
    write_topic,
)
from forum.mailbox.folding.comparing import Heard

BATCH = 200
PRETENDED = Parent(0, 0, "")


@dataclass(slots=True)
class Tree:
    """A thread on its way into a topic: where each message stands, and what the rest hang on."""

    top: Parent | None = None
    placed: dict[int, Parent | None] = field(default_factory=dict)

    def parent(self, number: int | None) -> Parent | None:
        """Where an answer to a message hangs; at the top if that message is not there."""
        return (self.placed.get(number) if number is not None else None) or self.top


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a thread, read and rendered; without `text` it is not to be written."""

    tree: Tree
    number: int
    parent: int | None
    line: Line
    title: str = ""
    text: Text | None = None


class Loader:
    """Writes the threads of one archive into one circle."""

    def __init__(self, archive: Archive, plan: Plan, memory: Memory, report: Report) -> None:
        self.archive = archive
        self.plan = plan
        self.memory = memory
        self.report = report
        self.new_topics = 0

    def run(self, dry_run: bool = False) -> Iterator[int]:
        """Write everything that is new, and yield after each batch how many messages are done.

        With `dry_run` all is read and rendered, and nothing written.
        """
        steps = (step for thread in self.plan.threads for step in self.steps(thread))
        while batch := list(islice(steps, BATCH)):
            with nullcontext() if dry_run else transaction():
                lines = [self.place(step, dry_run) for step in batch]
            for line in lines:
                self.report.add(line)
            yield len(batch)

    def steps(self, thread: Thread) -> Iterator[Step]:
        """Read a thread's messages in its order; nothing is read if all of it is there already."""
        ids = [self.plan.entries[number].message_id for number, _ in thread.members]
        tree, heard = Tree(self.top_of(thread, ids)), Heard()
        all_there = all(map(self.memory.has, ids))
        if tree.top is not None and not all_there and thread.joins:
            for source in self.memory.sources(tree.top.topic_id):
                heard.add(source)
        for number, parent in thread.members:
            yield self.step(tree, number, parent, None if all_there else heard)

    def top_of(self, thread: Thread, ids: list[str]) -> Parent | None:
        """What the first messages of a thread answer: a post of an earlier run, if there is one."""
        if thread.joins:
            return self.memory.post(thread.joins)
        posts = (self.memory.post(one) for one in ids)
        first = next((post for post in posts if post is not None), None)
        return parent_at(first.topic_id, "") if first else None

    def step(self, tree: Tree, number: int, parent: int | None, heard: Heard | None) -> Step:
        entry = self.plan.entries[number]
        there = self.memory.has(entry.message_id)
        line = self.line(number, Outcome.ALREADY_THERE if there else Outcome.SKIPPED)
        if heard is None:
            return Step(tree, number, parent, line)
        try:
            with at_most(MESSAGE_SECONDS):
                words = self.read(number, parent, heard)
        except TookTooLong:
            return Step(tree, number, parent, self.skipped(number, Skip.TOO_SLOW))
        except Exception as error:  # noqa: BLE001 - no mail, however bad, may stop the run
            return Step(tree, number, parent, self.skipped(number, Skip.BROKEN, describe(error)))
        if there:
            return Step(tree, number, parent, line)
        return self.rendered(tree, number, parent, words)

    def read(self, number: int, parent: int | None, heard: Heard) -> Words:
        entry, subjects = self.plan.entries[number], self.plan.subjects
        above = subjects[parent] if parent is not None else None
        contents = read_text(self.archive.read(entry.position))
        return words_of(contents, heard, changed_subject(subjects[number], above))

    def rendered(self, tree: Tree, number: int, parent: int | None, words: Words) -> Step:
        subject = self.plan.subjects[number]
        if not words.said and (parent is not None or tree.top is not None or not subject.shown):
            return Step(tree, number, parent, self.skipped(number, Skip.NO_TEXT))
        try:
            html = render(words.source, Format.PLAIN).html
        except ForumError as error:
            return Step(tree, number, parent, self.skipped(number, Skip.REFUSED, str(error)))
        line = self.line(number, Outcome.IMPORTED, notes=words.notes)
        text = Text(words.source, html, Format.PLAIN)
        return Step(tree, number, parent, line, title_of(subject, words), text)

    def place(self, step: Step, dry_run: bool) -> Line:
        """Write a message, or find where it stands already, for the sake of its answers."""
        entry, tree = self.plan.entries[step.number], step.tree
        parent = tree.parent(step.parent)
        if step.text is None:
            tree.placed[step.number] = self.memory.post(entry.message_id) or parent
            return step.line
        self.new_topics += parent is None
        made = PRETENDED if dry_run else self.write(step, step.text, parent)
        tree.placed[step.number] = made
        tree.top = tree.top or made
        return step.line

    def write(self, step: Step, text: Text, parent: Parent | None) -> Parent:
        entry = self.plan.entries[step.number]
        author_id, at = self.memory.author(entry), entry.sent.at
        if parent is None:
            written = write_topic(author_id, self.memory.circle.id, step.title, text, at=at)
        else:
            written = write_reply(author_id, parent, text, at=at)
        self.memory.remember(entry.message_id, written.parent)
        return written.parent

    def skipped(self, number: int, reason: Skip, details: str = "") -> Line:
        return self.line(number, Outcome.SKIPPED, reason=str(reason), details=details)

    def line(
        self,
        number: int,
        outcome: Outcome,
        *,
        reason: str = "",
        details: str = "",
        notes: tuple[str, ...] = (),
    ) -> Line:
        entry = self.plan.entries[number]
        dated = (entry.sent.note,) if entry.sent.note and outcome is Outcome.IMPORTED else ()
        return Line(entry.position, entry.message_id, outcome, reason, details, (*dated, *notes))
