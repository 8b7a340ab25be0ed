"""What kind of company something comes from: bands wide enough to point at none."""

from __future__ import annotations

from enum import StrEnum


class SizeBand(StrEnum):
    """People who work there; the first three as Eurostat's classes of enterprises meet 250."""

    SMALL = "small"
    """Under 50."""
    MEDIUM = "medium"
    """50 to 249."""
    LARGE = "large"
    """250 to 4,999."""
    VERY_LARGE = "very_large"
    """5,000 to 49,999."""
    GIANT = "giant"
    """50,000 and more."""


class Market(StrEnum):
    """Whom it sells to."""

    B2B = "b2b"
    B2C = "b2c"
    BOTH = "both"
