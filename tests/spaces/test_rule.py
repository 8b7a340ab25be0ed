"""How mixed is mixed enough: people are counted, not what they list."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.spaces import rule

people_of = st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=3), max_size=7)


def people(*groups: str) -> list[frozenset[str]]:
    """One for each word, in a group for each of its letters; "-" is in none."""
    return [frozenset(each.replace("-", "")) for each in groups]


@pytest.fixture
def smaller() -> Iterator[None]:
    rule.configure(4, 3, 0.5)
    yield
    rule.configure(*(getattr(rule.Rule(), name) for name in ("members", "groups", "share")))


@pytest.mark.parametrize(
    ("among", "met"),
    [
        (people(*"abcdeabc"), True),
        (people(*"abcdeab"), False),
        (people(*"abcdabcd"), False),
        (people(*"aaabcdea"), False),
        (people(*"aaabcdeb"), True),
        (people(*"abcd-abc"), True),
        (people(*"--------"), True),
        ([], False),
        (people("ade", *"bcabcab"), False),
        (people("ad", "be", *"cabcab", "c"), False),
    ],
)
def test_a_space_needs_eight_of_five_groups_none_above_40_percent(among, met):
    assert rule.is_met(among) is met


def test_side_jobs_count_in_the_share_of_their_group():
    assert rule.is_met(people("a", "a", "a", *"bcdef"))
    assert not rule.is_met(people("a", "a", "a", "ba", *"cdef"))


def test_an_operator_may_choose(smaller):
    assert rule.is_met(people(*"aabc"))
    assert not rule.is_met(people(*"abc"))
    assert not rule.is_met(people(*"aaabc"))


@given(people_of)
def test_no_more_groups_count_than_distinct_people_can_stand_for(among):
    assert rule.represented(among) <= most_by_trying(among, frozenset())


@given(people_of)
def test_where_everybody_is_in_one_group_each_of_them_counts(among):
    single = [frozenset(sorted(groups)[:1]) for groups in among]
    assert rule.represented(single) == most_by_trying(single, frozenset())


def most_by_trying(left: list[frozenset[str]], taken: frozenset[str]) -> int:
    if not left:
        return 0
    first, *others = left
    if not first:
        return 1 + most_by_trying(others, taken)
    chosen = [1 + most_by_trying(others, taken | {each}) for each in first - taken]
    return max([most_by_trying(others, taken), *chosen])
