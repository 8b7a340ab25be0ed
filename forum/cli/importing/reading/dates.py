"""When a message was sent, from a Date header of any shape, as aware UTC.

Where the header says nothing or something absurd, the servers' stamps (Received) and the From_
line are asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=2)
MAX_DATE_CHARS = 200
MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan janv januar enero ene gen gennaio januari january",
            "feb fev fév févr februar febrero febbraio februari february",
            "mar mars mär märz maerz mrt maart marzo march",
            "apr avr avril abr abril aprile april",
            "may mai maj mei mayo mag maggio",
            "jun juin juni junio giu giugno june",
            "jul juil juillet juli julio lug luglio july",
            "aug août aout ago agosto augustus august",
            "sep sept septembre september septiembre set settembre",
            "oct okt oktober octobre octubre ott ottobre october",
            "nov novembre november noviembre novembro",
            "dec dez déc dic décembre dezember diciembre dicembre desember december",
        ),
        start=1,
    )
    for month in names.split()
}
ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?[.\d]*\s*(Z|[+-]\d{2}:?\d{2})?"
)
DAY_MONTH = re.compile(
    r"(\d{1,2})\.?[\s-]+(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s-]+(?:de\s+)?(\d{2,5})"
)
MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})\b.*?\b(\d{4,5})\b")
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\b)?")
HALF_DAY = re.compile(r"\d\s*[AaPp]\.?[Mm]\b")
OFFSET = re.compile(r"(?<![\d:.])([+-])(\d{2}):?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Sent:
    """A time and how it was found: "" from the Date header, else a remark for the report."""

    at: datetime | None
    note: str = ""


def sent_at(date: str, received: list[str], envelope: str, now: datetime) -> Sent:
    """Choose the time a message was sent.

    A Date before 1980, in the future, or two days after the message was received is not believed.
    """
    latest = now + timedelta(days=1)
    claimed = read_date(date)
    arrived = [read_date(stamp.rpartition(";")[2]) for stamp in received[:1] + received[-1:]]
    delivered = read_date(envelope)
    stamps = [at for at in (*arrived, delivered) if at is not None and EARLIEST <= at <= latest]
    limit = min(stamps[0] + CLOCK_SKEW, latest) if stamps else latest
    if claimed is not None and EARLIEST <= claimed <= limit:
        return Sent(claimed)
    trouble = "no date" if claimed is None else "absurd date"
    if stamps:
        return Sent(stamps[0], f"{trouble}: taken from where it was received")
    return Sent(None, trouble)


def read_date(text: str) -> datetime | None:
    """Read a date as mail programs write them, in any order and several languages; None if there
    is none.
    """
    text = " ".join(text[:MAX_DATE_CHARS].split())
    if not any(character.isdigit() for character in text):
        return None
    in_halves = HALF_DAY.search(text) is not None
    for reader in (iso, in_words, rfc_2822) if in_halves else (iso, rfc_2822, in_words):
        try:
            found = reader(text)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if found is not None:
            return found
    return None


def iso(text: str) -> datetime | None:
    match = ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    zone = offset_zone(match[7] or "")
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)


def rfc_2822(text: str) -> datetime | None:
    parsed = parsedate_tz(text)
    if parsed is None or CLOCK.search(text) is None:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    offset = parsed[9] or 0
    if abs(offset) > 14 * 3600:
        offset = 0
    at = datetime(full_year(year), month, day, hour, minute, min(second, 59), tzinfo=UTC)
    return at - timedelta(seconds=offset)


def in_words(text: str) -> datetime | None:
    """Find day, month and year by their looks: "Mittwoch, 5. März 2003 14:02", "May 5, 2003 2:02
    PM".
    """
    day_first = DAY_MONTH.search(text)
    month_first = None if day_first else MONTH_DAY.search(text)
    if day_first:
        day, name, year = int(day_first[1]), day_first[2], int(day_first[3])
    elif month_first:
        day, name, year = int(month_first[2]), month_first[1], int(month_first[3])
    else:
        return None
    month = MONTHS.get(name.lower()) or MONTHS.get(name.lower()[:3])
    if month is None:
        return None
    hour, minute, second = clock(text)
    zone = offset_zone(text)
    return datetime(full_year(year), month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)


def clock(text: str) -> tuple[int, int, int]:
    match = CLOCK.search(text)
    if match is None:
        return 12, 0, 0
    hour, minute, second = int(match[1]), int(match[2]), min(int(match[3] or 0), 59)
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    return hour, minute, second


def offset_zone(text: str) -> timezone:
    match = OFFSET.search(text)
    if match is None:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset > timedelta(hours=14):
        return UTC
    return timezone(offset if match[1] == "+" else -offset)


def full_year(year: int) -> int:
    """Two digits as in RFC 2822; 103 and 19103 are what programs wrote that added 1900 wrongly."""
    if year < 50:
        return 2000 + year
    if year < 200:
        return 1900 + year
    if 19_100 <= year < 19_200:
        return 1900 + year - 19_000
    return year
