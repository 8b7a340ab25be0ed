"""Sets of small whole numbers written as ranges: which posts of a topic a member has read.

`"1-40,42"` holds 1 to 40 and 42. Reading one branch of a tree leaves holes, so a single
high-water mark will not do; a whole topic read to the end is a dozen characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class Ranges:
    """An immutable set of non-negative integers."""

    __slots__ = ("_spans",)

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: tuple[tuple[int, int], ...] = tuple(_merged(spans))

    @classmethod
    def parse(cls, text: str) -> Ranges:
        """Read what `str()` wrote. ValueError on anything else."""
        spans = []
        for part in text.split(",") if text else ():
            first, _, last = part.partition("-")
            spans.append((int(first), int(last or first)))
        return cls(spans)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Ranges:
        return cls((number, number) for number in numbers)

    def __str__(self) -> str:
        return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in self._spans)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._spans, (number, float("inf"))) - 1
        return at >= 0 and self._spans[at][0] <= number <= self._spans[at][1]

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self._spans)

    def __iter__(self) -> Iterator[int]:
        for first, last in self._spans:
            yield from range(first, last + 1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ranges) and self._spans == other._spans

    def __hash__(self) -> int:
        return hash(self._spans)

    def __or__(self, other: Ranges) -> Ranges:
        return Ranges(self._spans + other._spans)

    def __sub__(self, other: Ranges) -> Ranges:
        spans = list(self._spans)
        for low, high in other._spans:
            spans = [piece for span in spans for piece in _without(span, low, high)]
        return Ranges(spans)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The ranges themselves, (first, last) inclusive, rising."""
        return self._spans

    def missing(self, last: int) -> Ranges:
        """What of 0…`last` is not in the set."""
        return Ranges([(0, last)] if last >= 0 else []) - self


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for first, last in sorted(spans):
        if first < 0 or last < first:
            raise ValueError(f"not a range: {first}-{last}")
        if current is None:
            current = (first, last)
        elif first <= current[1] + 1:
            current = (current[0], max(current[1], last))
        else:
            yield current
            current = (first, last)
    if current is not None:
        yield current


def _without(span: tuple[int, int], low: int, high: int) -> Iterator[tuple[int, int]]:
    first, last = span
    if high < first or low > last:
        yield span
        return
    if first < low:
        yield (first, low - 1)
    if last > high:
        yield (high + 1, last)
