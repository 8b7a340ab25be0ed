"""The measured server and the floor beside it, both as in production, on throw-away databases."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench import footprint
from bench.floor import DATABASE, TEXTS, FloorSite, furnish
from tools import programs
from tools.environment import SetUpError
from tools.local_site import LocalSite, any_port, made_once
from tools.postgres import throw_away_cluster

KINDS = ("sqlite", "postgresql")
NAMES = ("cahoots", "floor")


@dataclass(frozen=True)
class Databases:
    """Where the two servers keep their rows; the process that serves them, if there is one."""

    site: str
    floor: str
    server: int | None = None


def databases(kind: str, folder: Path, stack: ExitStack) -> Databases:
    """Two empty databases that are gone when the stack is. SetUpError without PostgreSQL."""
    if kind == "sqlite":
        site, floor = (f"sqlite:///{folder / name}.sqlite3" for name in NAMES)
        return Databases(site, floor)
    where = programs.postgres_folder()
    if where is None:
        raise SetUpError("PostgreSQL is missing: make test-deps")
    cluster = stack.enter_context(throw_away_cluster(where))
    with psycopg.connect(_plain(cluster), autocommit=True) as connection:
        for name in NAMES:
            create = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            connection.execute(create)
        server = footprint.parent_of(connection.info.backend_pid)
    site, floor = (f"{cluster.rpartition('/')[0]}/{name}" for name in NAMES)
    return Databases(site, floor, server)


def settle(database: str) -> None:
    """What a PostgreSQL server does by itself within minutes: learn how the rows are spread."""
    if database.startswith("postgresql"):
        with psycopg.connect(_plain(database), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def _plain(url: str) -> str:
    """The URL as libpq reads it, without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def site(folder: Path, database: str) -> LocalSite:
    """A migrated site with production's settings, not started."""
    made = LocalSite(
        sys.executable,
        folder / "data",
        any_port(),
        settings=_production(folder) | {"DATABASE_URL": database},
        log=folder / "site.log",
    )
    made.flask("db", "upgrade")
    return made


def floor(folder: Path, database: str, texts: Mapping[str, str]) -> FloorSite:
    """The floor with a text for each page it is compared with, not started."""
    furnish(database)
    kept = folder / "texts"
    kept.mkdir()
    for name, text in texts.items():
        (kept / f"{name}.html").write_text(text, encoding="utf-8")
    return FloorSite(
        sys.executable,
        folder / "floor",
        any_port(),
        settings=_production(folder) | {TEXTS: str(kept), DATABASE: database},
        log=folder / "floor.log",
    )


def _production(folder: Path) -> dict[str, str]:
    """The settings of production, with keys that lie outside the data folder as it demands."""
    return {
        "CAHOOTS_ENV": "production",
        "SECRET_KEY_FILE": str(made_once(folder / "secret_key", secrets.token_urlsafe(48))),
        "SPACE_KEYS_FILE": str(made_once(folder / "space_keys", secrets.token_urlsafe(32))),
    }
