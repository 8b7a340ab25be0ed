"""Limits that do not hold are said, each in a sentence; those of pages left out are not."""

import pytest

from bench import report
from bench.rounds import Figures


def figures(**values: float) -> Figures:
    usual = {"cpu_ms": 4.0, "share": 0.4, "rps": 250.0, "p50_ms": 4.0, "p99_ms": 9.0}
    return Figures(bytes=30_000, statements=3, **(usual | values))


def test_nothing_is_said_of_pages_that_keep_their_limits():
    kept = {name: figures(growth=most) for name, most in report.MOST_GROWTH.items()}
    assert report.failures(kept | {report.TOPIC: figures(share=report.LEAST_SHARE)}) == []


@pytest.mark.parametrize("name", report.MOST_GROWTH)
def test_a_page_dearer_than_its_like_allows_is_named(name):
    (said,) = report.failures({name: figures(growth=report.MOST_GROWTH[name] + 0.01)})
    assert said.startswith(f"{name} costs")


def test_a_topic_page_below_its_share_of_the_floor_is_named():
    (said,) = report.failures({report.TOPIC: figures(share=0.149)})
    assert "15%" in said


def test_a_first_visit_over_60_kB_is_named():  # noqa: N802
    (said,) = report.failures({"front-guest": figures(first_visit_bytes=60_001)})
    assert said.startswith("front-guest takes 60001 bytes")


def test_every_limit_has_something_to_compare_with():
    assert set(report.MOST_GROWTH) <= set(report.LIKE)
