"""Measuring: rounds of requests, page and floor in turn, and what one request costs in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from statistics import median, quantiles

from bench import footprint
from bench.load import Load

FLOOR_TIMES = 2
"""The floor is cheap: it gets as many more requests, to be measured as well."""


@dataclass(frozen=True)
class Round:
    cpu_ms: float
    rps: float
    latencies: list[float]


@dataclass(frozen=True)
class Server:
    """Where requests go, and whose CPU counts."""

    port: int
    processes: Sequence[int]

    def round(self, load: Load, requests: Sequence[str], status: int) -> Round:
        """RuntimeError when an answer is not what it should be."""
        before = footprint.cpu_seconds(self.processes)
        answers = load.run(self.port, requests)
        spent = footprint.cpu_seconds(self.processes) - before
        if answers.statuses != {status: len(requests)}:
            raise RuntimeError(f"{requests[0].splitlines()[0]}: answered {answers.statuses}")
        return Round(
            spent * 1000 / len(requests), len(requests) / answers.seconds, answers.latencies
        )


@dataclass(frozen=True)
class Figures:
    """What one page costs."""

    cpu_ms: float
    """CPU of all the server's processes for one request, the middle of the rounds."""
    share: float
    """The floor's CPU as a part of the page's; 1 would be as cheap as the floor."""
    rps: float
    p50_ms: float
    p99_ms: float
    bytes: int
    """On the wire with zstd, headers in."""
    statements: int
    bytes_gzip: int = 0
    html_bytes: int = 0
    first_visit_bytes: int = 0
    """With style and scripts, nothing kept from before; 0 for what is no page."""
    floor_cpu_ms: float = 0.0
    growth: float = 0.0
    """Its CPU, that of the page it is compared with being 1; 0 where there is none."""
    memory_mb: float = 0.0
    """The largest of the server's processes after the rounds."""

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Rounds:
    """The rounds of one page and of its floor."""

    page: Sequence[Round]
    floor: Sequence[Round]

    @cached_property
    def cpu_ms(self) -> float:
        return median(each.cpu_ms for each in self.page)

    @cached_property
    def floor_cpu_ms(self) -> float:
        return median(each.cpu_ms for each in self.floor)

    @property
    def share(self) -> float:
        """Round by round, as the processor's speed changes between them; the middle one."""
        return _middle_ratio(self.floor, self.page)

    def times(self, other: Rounds) -> float:
        """How many times another page's CPU this one takes, in the same rounds."""
        return _middle_ratio(self.page, other.page)

    @property
    def rps(self) -> float:
        return median(each.rps for each in self.page)

    def percentile(self, number: int) -> float:
        """Of the latencies of all rounds, in milliseconds."""
        return quantiles([ms for each in self.page for ms in each.latencies], n=100)[number - 1]


def _middle_ratio(dividends: Sequence[Round], divisors: Sequence[Round]) -> float:
    return median(a.cpu_ms / b.cpu_ms for a, b in zip(dividends, divisors, strict=True))
