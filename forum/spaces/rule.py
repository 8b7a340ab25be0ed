"""How mixed a space must be to open, and each month to stay open for writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """The three numbers, which an operator may set (config.py)."""

    members: int = 8
    groups: int = 5
    share: float = 0.4
    """The largest part of the members that may belong to one group."""


_configured = [Rule()]


def configure(members: int, groups: int, share: float) -> None:
    """Set what holds for this site."""
    _configured[0] = Rule(members, groups, share)


def current() -> Rule:
    """What holds for this site."""
    return _configured[0]


def is_met(people: Collection[frozenset[str]]) -> bool:
    """Whether nobody stands out among people of whom we know the groups they belong to.

    Somebody in several groups counts in the share of each, but stands for one alone, the largest:
    who lists two side jobs does not make three groups. Who is in none stands for themself.
    """
    rule = current()
    if len(people) < rule.members:
        return False
    sizes = Counter(group for groups in people for group in groups)
    most = max(sizes.values(), default=0)
    return represented(people) >= rule.groups and most <= rule.share * len(people)


def represented(people: Collection[frozenset[str]]) -> int:
    """For how many groups somebody stands."""
    sizes = Counter(group for groups in people for group in groups)
    stood_for = {max(groups, key=lambda one: (sizes[one], one)) for groups in people if groups}
    return len(stood_for) + sum(not groups for groups in people)
