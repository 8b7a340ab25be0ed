"""The files of a test's database, as somebody who stole the disk reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support.databases import Database

LOG = "pg_wal"
"""The folder of PostgreSQL's write-ahead log; SQLite's lies beside the database."""


@dataclass(frozen=True)
class Files:
    """Of SQLite the file and its log; of PostgreSQL those of its whole cluster."""

    folder: Path
    plain_url: str | None = None

    @classmethod
    def of(cls, database: Database) -> "Files":
        if database.kind == "sqlite":
            return cls(Path(database.url.removeprefix("sqlite:///")).parent)
        plain = database.url.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(plain) as connection:
            folder = connection.execute("SHOW data_directory").fetchone()[0]
        return cls(Path(folder), plain)

    def settle(self) -> None:
        """Have the server write down what it only remembers yet."""
        self._say("CHECKPOINT")

    def analyse(self) -> None:
        """Have the server look at what it holds, as it does by itself after a while."""
        self._say("ANALYZE")

    def holding(self, needle: bytes, but: str = "-") -> list[str]:
        """The names of those that hold these bytes."""
        return sorted(name for name, content in self.contents(but) if needle in content)

    def contents(self, but: str = "-") -> Iterator[tuple[str, bytes]]:
        """Each file by its path, less those in a folder of this name."""
        for path in self.folder.rglob("*"):
            if but not in path.parts and path.is_file():
                yield str(path.relative_to(self.folder)), _content(path)

    def _say(self, words: str) -> None:
        if self.plain_url:
            with psycopg.connect(self.plain_url, autocommit=True) as connection:
                connection.execute(words)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the server took it away meanwhile
        return b""
