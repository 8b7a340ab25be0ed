"""The last line: a read of a protected table that no scope covers is refused by the engine itself.

A scope is an execution option that only this package sets: the tables the statement may read. What
touches another protected table, or is raw SQL, raises `Unscoped` before it reaches the database, in
production too, so a forgotten scope is an error and never a leak.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Delete, Engine, Insert, TextClause, Update, event
from sqlalchemy.engine import Connection, ExecutionContext
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import SelectBase

from forum.core.db import Base
from forum.models.circles import Circle, Invitation, Membership
from forum.models.discussions import (
    Draft,
    Post,
    Reaction,
    ReadMark,
    Report,
    Revision,
    SubmitNonce,
    Topic,
    TopicTag,
)
from forum.models.employers import (
    ChangePermit,
    Employer,
    EmployerDomain,
    EmployerGroup,
    EmployerKin,
    EmployerLogEntry,
    Employment,
    KinMember,
    ReturnVouch,
    Vouch,
    VouchLink,
    WorkCode,
)
from forum.models.files import PostFile, StoredFile
from forum.models.guarding import (
    Appeal,
    BreakGlass,
    GlassKey,
    Guardian,
    LogEntry,
    ModeratedHours,
    Notice,
    ReportCase,
    Sanction,
)
from forum.models.notifications import Mention, Notification, Watch
from forum.models.profiles import Profile, ProfileBarrier
from forum.models.quiet import Block, Bookmark, Mute, MutedWord, SpaceBlock
from forum.models.spaces import (
    DepartedMember,
    Pseudonym,
    Space,
    SpaceMember,
    TopicKey,
    Visit,
)

PROTECTED: frozenset[str] = frozenset(
    model.__tablename__
    for model in (
        *(Circle, Membership, Topic, Post, Revision),
        *(Draft, ReadMark, SubmitNonce, Report, Reaction),
        *(Profile, ProfileBarrier),
        *(Watch, Mention, Notification),
        *(Bookmark, Mute, MutedWord, Block, SpaceBlock),
        *(StoredFile, PostFile),
        *(Invitation, TopicTag),
        *(Space, SpaceMember, DepartedMember, Visit, TopicKey, Pseudonym),
        *(Sanction, Notice, Appeal, ModeratedHours, ReportCase),
        *(Guardian, BreakGlass, GlassKey, LogEntry),
        *(Employer, EmployerGroup, EmployerDomain),
        *(EmployerKin, KinMember, EmployerLogEntry),
        *(Employment, WorkCode, Vouch, VouchLink, ReturnVouch, ChangePermit),
    )
)
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(PROTECTED))})\b", re.IGNORECASE)
S = TypeVar("S", bound=Executable)
_SCOPE = "forum_scope"
_ALLOWED_RAW = ("BEGIN", "BEGIN IMMEDIATE")


class Unscoped(RuntimeError):
    """A statement reads protected tables without a scope. Start it from `policy.visible`."""


class Reason(StrEnum):
    """Why the system itself reads past the scopes. A test holds this list."""

    COUNTERS = "keeping a topic's or circle's own counters"
    TREE_POSITION = "taking the next number in a topic's tree"
    OUTBOX = "deciding again, for each recipient, whether a letter may still say it"
    REBUILD = "rendering stored texts again with a newer renderer"
    OWN_MEMBERSHIP = "what state one's own membership is in, when joining meets one"
    LEAVING = "which private space somebody is in no longer, as they are not in its circle"
    SET_UP = "staff setting circles up from the command line"
    INVITING = "which circle a link leads into, for whoever was given it"
    IMPORT = "finding what an archive has already brought"
    CLAIM = "giving imported posts to the person who proved the address"
    ORDER = "who outside a wall may look at a report, and whose a name is once two have agreed"
    LOG = "tying the next row of the log of spaces to the last, and looking whether all hold"
    WALL = "which employers a wall is put up against, and whether somebody stands behind it"
    ADMISSION = "whether somebody is verified, and when they changed employers"
    EMPLOYER_NAME = "which employer a typed name means, of which nobody is told"
    VOUCHING = "who handed out a link to be vouched for, for whoever follows it"
    TIDY = "deleting what has passed its time"
    WITHDRAWING = "erasing what somebody wrote in circles, who goes for good and wants it so"
    DEPARTING = "erasing what whoever left for good wrote in spaces"
    CLOSING = "erasing the earlier texts of whoever closed their account"
    FILES = "what files the storage should hold, and how much of it is one member's"
    KEYS = "wrapping secrets with a newer key"


def scoped(statement: S, *tables: type[Base]) -> S:
    """Mark a statement as covered for these tables. Only for this package; see `visible`."""
    names = frozenset(table.__tablename__ for table in tables)
    already = statement.get_execution_options().get(_SCOPE, frozenset())
    return statement.execution_options(**{_SCOPE: names | already})


def covered_too(statement: S, part: Executable) -> S:
    """Cover what a scoped statement, now a part of this one, covers."""
    scope = statement.get_execution_options().get(_SCOPE, frozenset())
    return statement.execution_options(
        **{_SCOPE: scope | part.get_execution_options().get(_SCOPE, frozenset())}
    )


def unscoped(statement: S, reason: Reason) -> S:
    """A system read past the scopes, with its reason written down."""
    if not isinstance(reason, Reason):
        raise TypeError("unscoped() needs a Reason")
    return statement.execution_options(**{_SCOPE: PROTECTED})


def install(engine: Engine) -> None:
    """Watch every statement of this engine."""
    event.listen(engine, "before_cursor_execute", _check)


_touched_by: WeakKeyDictionary[Compiled, frozenset[str]] = WeakKeyDictionary()


def _check(
    _connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: ExecutionContext | None,
    _many: bool,
) -> None:
    compiled = getattr(context, "compiled", None)
    if compiled is None:
        if statement not in _ALLOWED_RAW:
            raise Unscoped(f"raw SQL is refused: {statement[:80]}")
        return
    touched = _touched_by.get(compiled)
    if touched is None:
        touched = _touched_by[compiled] = _protected_reads(compiled)
    if not touched:
        return
    allowed = context.execution_options.get(_SCOPE, frozenset()) if context else frozenset()
    if not touched <= allowed:
        raise Unscoped(
            f"{', '.join(sorted(touched - allowed))} read without a scope: start from visible"
        )


def _protected_reads(compiled: Compiled) -> frozenset[str]:
    """The protected tables that a statement names, less the one it only writes to.

    The words of its SQL are asked, not only its parts: literal_column(), table(), op() and hints
    bring in names that no part shows. Values are bound, so what people write is never among them.
    """
    statement = compiled.statement
    assert statement is not None
    for part in visitors.iterate(statement):
        if isinstance(part, TextClause) and part.text.strip():
            raise Unscoped(f"text() is refused: {part.text[:80]}")
    named = {name.lower() for name in _NAMES.findall(str(compiled))}
    return frozenset(named - _only_written(statement))


def _only_written(statement: ClauseElement) -> set[str]:
    """The table a statement writes to, when it neither returns rows nor reads that table inside."""
    if not isinstance(statement, Insert | Update | Delete) or statement._returning:
        return set()
    inside = " ".join(str(part) for part in visitors.iterate(statement) if _is_query(part))
    if isinstance(statement, Insert) and statement.select is not None:
        inside += f" {statement.select}"
    written = str(statement.table.name)  # type: ignore[union-attr]
    return {written} - {name.lower() for name in _NAMES.findall(inside)}


def _is_query(part: object) -> bool:
    return isinstance(part, SelectBase)
