"""Programs that some tests need and pip cannot bring: where they are, and how to get them."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.environment import sudo

CHROMIUM_NAMES = (
    "chromium-headless-shell",  # the same engine without windows: two thirds of the work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
DEBIAN_PACKAGES = ("postgresql", "chromium-headless-shell", "fonts-dejavu-core")


@dataclass(frozen=True)
class Missing:
    """A program that is not here, and the tests that cannot run without it."""

    program: str
    tests: str

    def __str__(self) -> str:
        way = f"make test-deps (Debian: {sudo()}apt-get install {' '.join(DEBIAN_PACKAGES)})"
        return f"{self.program} is missing, so {self.tests} are left out. To get it: {way}"


def postgres_folder() -> Path | None:
    """The folder with initdb and postgres side by side: the newest of Debian's, else from PATH.

    PATH may hold one of them without its siblings, so Debian's own folders are looked at first.
    """
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(debian, key=lambda folder: _number(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in [*newest_first, *on_path]:
        if all((folder / name).is_file() for name in ("initdb", "postgres")):
            return folder
    return None


def _number(version: str) -> float:
    try:
        return float(version)
    except ValueError:
        return 0.0


def chromium() -> str | None:
    """The browser's program: $CHROMIUM if set, else the first known name on PATH."""
    wished = os.environ.get("CHROMIUM")
    return wished or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def missing() -> list[Missing]:
    """What is not here, each with the tests that need it."""
    absent = []
    if postgres_folder() is None:
        absent.append(Missing("PostgreSQL", "the tests on PostgreSQL"))
    if chromium() is None:
        absent.append(Missing("Chromium", "the tests in a browser"))
    return absent


def must_be_complete() -> bool:
    """Whether a missing program is a failure: on a machine that says CI=true."""
    return os.environ.get("CI", "").lower() in {"true", "1"}
