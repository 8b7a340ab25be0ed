"""Muting people and words, and blocking people. Nobody but whoever does it ever learns of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, update

from forum.core import clock, markup
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.quiet import WORD_CHARS, Block, Mute, MutedWord, SpaceBlock
from forum.policy import blocks, limits, visible
from forum.policy.turns import not_closed, own_turn
from forum.policy.viewer import Viewer
from forum.quiet.queries import Person, person_for

MOST_WORDS, MOST_PEOPLE = 50, 200
"""Of one person; they come along with every page."""


class NoWord(ForumError):
    status = 422
    sentence = _l("Please write the word, with a letter or a digit in it.")


class TooLongAWord(ForumError):
    status = 422
    sentence = _l("A word, or a few, of up to %(most)s characters.", most=WORD_CHARS)


class TooMany(ForumError):
    status = 422
    sentence = _l(
        "You can mute %(words)s words and %(people)s people. End one of them first.",
        words=MOST_WORDS,
        people=MOST_PEOPLE,
    )


class TooManyInSpaces(ForumError):
    status = 422
    sentence = _l(
        "In private spaces %(most)s blocks can hold at a time: more would tell who writes there.",
        most=blocks.IN_SPACES,
    )


def mute(viewer: Viewer, public_id: str) -> Person:
    """Fold somebody's posts in circles for the viewer. Twice is once. NotThere, TooMany."""
    them = person_for(viewer, public_id)
    if len(viewer.muted_people - {them.id}) >= MOST_PEOPLE:
        raise TooMany
    _add(Mute(user_id=viewer.user_id, muted_id=them.id))
    return them


def end_mute(viewer: Viewer, public_id: str) -> Person:
    """Show them again. NotThere for who was never there."""
    them = person_for(viewer, public_id)
    _drop(Mute, Mute.user_id == viewer.user_id, Mute.muted_id == them.id)
    return them


def mute_word(viewer: Viewer, words: str) -> str:
    """Fold texts with this word, or these few, for the viewer. Returns it as it is kept.

    At most 40 characters, 50 words a person. NoWord, TooLongAWord, TooMany.
    """
    word = as_kept(words)
    if not any(letter.isalnum() for letter in word):
        raise NoWord
    if len(word) > WORD_CHARS:
        raise TooLongAWord
    if len(viewer.muted_words - {word}) >= MOST_WORDS:
        raise TooMany
    _add(MutedWord(user_id=viewer.user_id, word=word))
    return word


def end_word(viewer: Viewer, words: str) -> str:
    """Fold texts for this word no more. Nothing happens for one that was not muted."""
    word = as_kept(words)
    _drop(MutedWord, MutedWord.user_id == viewer.user_id, MutedWord.word == word)
    return word


def as_kept(words: str) -> str:
    """A word as it is compared: casefolded, in one line."""
    return markup.one_line(words).casefold()


def block(viewer: Viewer, public_id: str, *, in_spaces: bool = False) -> Person:
    """Keep the viewer and somebody apart in circles. Twice is once. NotThere, TooOften.

    `in_spaces`: what the viewer writes in private spaces is kept from them too, in conversations
    opened from tomorrow on; not saying so ends that, for those opened from tomorrow on.
    TooManyInSpaces past three, and then nothing is done.
    """
    them = person_for(viewer, public_id)
    if (them.is_blocked, them.holds_in_spaces) == (True, in_spaces):
        return them
    limits.spend(limits.BLOCK, viewer)
    with transaction():
        own_turn(viewer.user_id)
        if in_spaces:
            _keep_from(viewer, them)
        else:
            _keep_from_no_more(viewer, them)
        _add(Block(user_id=viewer.user_id, blocked_id=them.id, since_at=clock.now()))
    return them


def end_block(viewer: Viewer, public_id: str) -> Person:
    """End the viewer's own block; one the other made stays. NotThere for who was never there."""
    them = person_for(viewer, public_id)
    with transaction():
        _drop(Block, Block.user_id == viewer.user_id, Block.blocked_id == them.id)
        _keep_from_no_more(viewer, them)
    return them


def _keep_from(viewer: Viewer, them: Person) -> None:
    holding = visible.blocks_in_spaces(viewer, SpaceBlock.blocked_id)
    held = set(db.session.execute(holding).scalars())
    if len(held - {them.id}) >= blocks.IN_SPACES:
        raise TooManyInSpaces
    row, today = {"user_id": viewer.user_id, "blocked_id": them.id}, clock.today()
    ended_today = update(SpaceBlock).filter_by(**row, ended_on=today).values(ended_on=None)
    goes_on: Any = db.session.execute(ended_today)
    if not goes_on.rowcount and them.id not in held:
        _add(SpaceBlock(**row, since_on=today))


def _keep_from_no_more(viewer: Viewer, them: Person) -> None:
    """Today's conversations were opened while it held."""
    theirs = and_(SpaceBlock.user_id == viewer.user_id, SpaceBlock.blocked_id == them.id)
    _drop(SpaceBlock, theirs, SpaceBlock.since_on == clock.today())
    holding = update(SpaceBlock).where(theirs, SpaceBlock.ended_on.is_(None))
    db.session.execute(holding.values(ended_on=clock.today()))


def _add(row: Mute | MutedWord | Block | SpaceBlock) -> None:
    with transaction() as session:
        not_closed(row.user_id)
        try:
            with savepoint():
                session.add(row)
        except Conflict:
            pass  # the same click twice


def _drop(table: type[Any], *which: ColumnElement[bool]) -> None:
    with transaction() as session:
        session.execute(delete(table).where(*which))
