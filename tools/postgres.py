"""A throw-away PostgreSQL cluster: made in seconds, gone afterwards, never run as root."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.environment import SetUpError
from tools.local_site import any_port

START_SECONDS = 30.0
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")
ADVISED = ("wal_recycle=off", "log_error_verbosity=terse", "log_min_error_statement=panic")
"""What README.md asks of a server that holds private spaces."""


@contextmanager
def throw_away_cluster(programs: Path) -> Iterator[str]:
    """Run a cluster on a free loopback port and give its URL; `programs` holds initdb and postgres.

    Its rows are lost on purpose when the machine stops: nothing is ever synced to disk.
    """
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="cahoots-postgres-"))
    try:
        if account:
            shutil.chown(folder, account)
        _make(programs, folder, account)
        with any_port() as probe:
            port = probe.getsockname()[1]
        server = _start(programs, folder, account, port)
        try:
            _wait(server, folder)
            yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root, so root borrows another account."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _make(programs: Path, folder: Path, account: str | None) -> None:
    words = ["--username=tester", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8"]
    done = subprocess.run(
        [programs / "initdb", "--no-sync", *words, folder / "data"],
        cwd=folder,
        user=account,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetUpError(f"{done.stdout}\nPostgreSQL's initdb failed (see above).")


def _start(programs: Path, folder: Path, account: str | None, port: int) -> subprocess.Popen[bytes]:
    settings = [word for setting in HASTE + ADVISED for word in ("-c", setting)]
    where = [f"-D{folder / 'data'}", "-h127.0.0.1", f"-p{port}", f"-k{folder}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", *where, *settings],
            cwd=folder,
            user=account,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Until the last line of its pid file says "ready" (documented under postmaster.pid)."""
    note = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while not (note.is_file() and note.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise SetUpError(f"{(folder / 'log').read_text()}\nPostgreSQL did not start.")
        time.sleep(0.02)
