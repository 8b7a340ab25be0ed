"""A whole Cahoots on this machine: data folder, database, web server and worker."""

import hashlib
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tools.environment import ROOT, SetUpError, clean_environ
from tools.processes import Child, answers, stop_all

FIRST_PORT = 8000
PORTS_TRIED = 50
START_SECONDS = 60.0
WEB_PROCESSES = 2
WEB_THREADS = 4
OF_ANOTHER_SITE = {"DATABASE_URL", "SECRET_KEY", "SPACE_KEYS", "TRUSTED_HOSTS", "PROXIES"}
"""Settings of a production site that must not leak into this one from the shell around it."""


class LocalSite:
    """One development site: its settings, its database, its two processes.

    `python` is the interpreter of an environment that holds the requirements; `data` is the folder
    of everything the site keeps, and is made (for this user only) when it is not there.
    """

    application = "wsgi:app"

    def __init__(
        self,
        python: str | Path,
        data: Path,
        listener: socket.socket,
        *,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._python = python
        self._listener = listener
        self._log = log
        self.data = data.resolve()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.environ = self._settings() | dict(settings or {})
        self.database = self.data / "cahoots.sqlite3"
        self.children: list[Child] = []

    def _settings(self) -> dict[str, str]:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        ours = clean_environ(
            CAHOOTS_ENV="development",
            DATA=str(self.data),
            SITE_URL=self.url,
            SECRET_KEY_FILE=str(secret_key_file(self.data)),
            SPACE_KEYS_FILE=str(space_keys_file(self.data)),
            FLASK_APP="wsgi",
            PYTHONUNBUFFERED="1",
        )
        return {key: value for key, value in ours.items() if key not in OF_ANOTHER_SITE}

    def flask(self, *words: str, shown: bool = False) -> None:
        """Run a flask command; its words are shown if asked for, or in the SetUpError."""
        done = subprocess.run(
            [self._python, "-m", "flask", *words],
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=None if shown else subprocess.PIPE,
            stderr=None if shown else subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetUpError(f"{done.stdout or ''}\nflask {' '.join(words)} failed (see above).")

    def prepare(self, *, shown: bool = False) -> None:
        """Migrate the database, and fill it with the demo community when it is empty.

        Does nothing where it did so before and no migration has come or changed since.
        """
        note, newest = self.data / "prepared", migrations_digest()
        if self.database.exists() and note.is_file() and note.read_text() == newest:
            return
        self.flask("db", "upgrade")
        self.flask("demo", "seed", "--if-empty", shown=shown)
        note.write_text(newest)

    def start(self) -> None:
        """Start web and worker and wait until the pages answer; SetUpError when they don't."""
        self.start_web()
        self.start_worker()
        self.wait_until_it_answers()

    def start_web(self) -> None:
        self._spawn("web", [*self._gunicorn(), self.application], self._listener.fileno())

    def start_worker(self) -> None:
        self._spawn("worker", ["-m", "flask", "worker", "run"])

    def _gunicorn(self) -> list[str]:
        """The server command; it is handed our listening socket, so nobody can take the port."""
        server = ["-m", "gunicorn", "--bind", f"fd://{self._listener.fileno()}"]
        crew = ["--worker-class", "gthread", "--workers", str(WEB_PROCESSES)]
        crew += ["--threads", str(WEB_THREADS)]
        return [*server, *crew, "--preload", "--no-control-socket", "--log-level", "warning"]

    def _spawn(self, name: str, words: list[str], *fds: int) -> None:
        output = self._log.open("ab") if self._log else None
        child = Child(
            name,
            [self._python, *words],
            self.environ,
            pass_fds=fds,
            output=output.fileno() if output else None,
        )
        if output:
            output.close()
        self.children.append(child)

    def kill_and_restart(self, name: str) -> None:
        """SIGKILL one process with its children, start it again, and wait for the pages."""
        victim = next(child for child in self.children if child.name == name)
        victim.kill()
        self.children.remove(victim)
        self.start_web() if name == "web" else self.start_worker()
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not answers(f"{self.url}/healthz"):
            if dead := self.dead():
                raise SetUpError(f"The {dead.name} process ended while starting.")
            if time.monotonic() > deadline:
                raise SetUpError(f"No answer at {self.url} within {START_SECONDS:.0f} seconds.")
            time.sleep(0.05)

    def dead(self) -> Child | None:
        """A process of ours that has ended, if any."""
        return next((child for child in self.children if child.exit_code() is not None), None)

    def stop(self) -> None:
        """End both processes and all they started."""
        stop_all(self.children)
        self.children.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._listener.close()


def migrations_digest() -> str:
    """Changes whenever a migration is added or edited."""
    steps = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(b"\0".join(step.read_bytes() for step in steps)).hexdigest()


def secret_key_file(data: Path) -> Path:
    """The development site's secret key, made on first use, readable by this user alone."""
    return made_once(data / "keys" / "secret_key", secrets.token_urlsafe(48))


def space_keys_file(data: Path) -> Path:
    """The development site's key of the private spaces, made likewise."""
    return made_once(data / "keys" / "space_keys", secrets.token_urlsafe(32))


def made_once(path: Path, text: str) -> Path:
    """A file for this user alone with this text, unless it is there already with another."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return path


def listen(wish: str | None) -> socket.socket:
    """A listening socket on this machine alone: on the port wished for, or else the next free one.

    Raises SetUpError when the wish is no port, or is taken.
    """
    if wish:
        return _listen_on(wish)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if listener := _try_port(port):
            return listener
    last = FIRST_PORT + PORTS_TRIED - 1
    raise SetUpError(
        f"Every port from {FIRST_PORT} to {last} is taken. Choose one: make run PORT=…"
    )


def _listen_on(wish: str) -> socket.socket:
    if not (wish.isascii() and wish.isdecimal()) or not 1 <= int(wish) <= 65535:
        raise SetUpError(f'PORT="{wish}" is not a port number (1 to 65535).')
    listener = _try_port(int(wish))
    if listener is None:
        raise SetUpError(f"Port {wish} is taken or not allowed. Leave PORT out to get a free one.")
    return listener


def _try_port(port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError:
        listener.close()
        return None
    return listener


def any_port() -> socket.socket:
    """A listening socket on whatever port the system gives."""
    listener = _try_port(0)
    if listener is None:
        raise SetUpError("The system gives no port on 127.0.0.1.")
    return listener
