"""Where the bytes of files are. One interface; a folder unless somebody writes another."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from forum.core.ids import FILE_LENGTH, PUBLIC_ALPHABET

_NAME = re.compile(f"[{PUBLIC_ALPHABET}]{{{FILE_LENGTH}}}")
_PART = re.compile(r"\.part-[0-9a-f]{16}")


class Storage(Protocol):
    """What files are kept in. Names are `ids.file_id`; who may have one is decided elsewhere."""

    def put(self, name: str, source: BinaryIO) -> None:
        """Keep what is left to read of `source`. OSError when it fails: then nothing is kept."""

    def open(self, name: str) -> BinaryIO:
        """The bytes, to be read. FileNotFoundError."""

    def delete(self, name: str) -> None:
        """Let go of a file; nothing happens when it is not there."""

    def walk(self) -> Iterator[tuple[str, datetime]]:
        """Every file, also what an interrupted `put` left, and when it was last written."""


class Folder:
    """Files in sub-folders by the first letters of their names; only this user may look in."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, name: str, source: BinaryIO) -> None:
        """As Storage: whole or not at all, also when the power fails in the midst of it."""
        place = self._place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = place.parent / f".part-{secrets.token_hex(8)}"
        try:
            number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "wb") as file:
                shutil.copyfileobj(source, file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(place)
            _sync(place.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise

    def open(self, name: str) -> BinaryIO:
        return self._place(name).open("rb")

    def delete(self, name: str) -> None:
        part = _PART.fullmatch(name.rpartition("/")[2])
        place = self._path / name if part else self._place(name)
        place.unlink(missing_ok=True)

    def walk(self) -> Iterator[tuple[str, datetime]]:
        for each in sorted(self._path.glob("??/*")):
            is_part = _PART.fullmatch(each.name) is not None
            if is_part or _NAME.fullmatch(each.name):
                with suppress(FileNotFoundError):
                    written = datetime.fromtimestamp(each.stat().st_mtime, UTC)
                    name = f"{each.parent.name}/{each.name}" if is_part else each.name
                    yield name, written

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("no name of a file of ours")
        return self._path / name[:2] / name


def configure(folder: str) -> None:
    """Keep files in this folder from now on; it is made when the first one comes."""
    use(Folder(Path(folder)))


def use(other: Storage) -> Storage | None:
    """Keep files there from now on. Returns what was used before."""
    global _storage
    before, _storage = _storage, other
    return before


def storage() -> Storage:
    """Where files are kept. RuntimeError before `configure`."""
    if _storage is None:
        raise RuntimeError("files have no place yet")
    return _storage


def _sync(folder: Path) -> None:
    """A name is only safe once its folder is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


_storage: Storage | None = None
