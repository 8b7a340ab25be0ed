"""Virtual environments, made when needed, remade when the lock files or Python change."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NO_VENV = """\
This Python ({python}) cannot make virtual environments: its "ensurepip" part is missing.
On Debian or Ubuntu this brings it:

    {sudo}apt-get install python{major}.{minor}-venv
"""


class SetUpError(Exception):
    """Setting up cannot go on; the message says why, and the way out."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds exactly what its lock files name."""

    folder: Path
    locks: tuple[Path, ...]

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def ensure(self) -> None:
        """Make the environment, or do nothing when it stands already.

        Raises SetUpError when this Python cannot make one or a package cannot be installed.
        """
        if self._stands():
            return
        names = " and ".join(lock.name for lock in self.locks)
        say(f"Setting up {self.folder.name} from {names}: once, half a minute or so …")
        uv = shutil.which("uv")
        self._make(uv)
        self._install(uv)
        self._stamp_file.write_text(self._stamp())

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "stamp"

    def _stamp(self) -> str:
        """What the environment depends on: the locks, this Python, and where it all stands."""
        digest = hashlib.sha256(f"{sys.version}\n{self.folder}\n".encode())
        for lock in self.locks:
            digest.update(lock.read_bytes())
        return digest.hexdigest()

    def _stands(self) -> bool:
        stamped = self._stamp_file.is_file() and self._stamp_file.read_text() == self._stamp()
        return stamped and run_quietly([self.python, "-c", ""]).returncode == 0

    def _make(self, uv: str | None) -> None:
        base = getattr(sys, "_base_executable", sys.executable)
        if importlib.util.find_spec("ensurepip"):
            made = run_quietly([base, "-m", "venv", "--clear", self.folder])
        elif uv:
            made = run_quietly([uv, "venv", "-q", "--clear", "--python", base, self.folder])
        else:
            raise SetUpError(self._venv_missing())
        if made.returncode != 0:
            raise SetUpError(f"{made.stdout}\n{self._venv_missing()}")

    def _venv_missing(self) -> str:
        major, minor = sys.version_info[:2]
        return NO_VENV.format(python=sys.executable, major=major, minor=minor, sudo=sudo())

    def _install(self, uv: str | None) -> None:
        """Install by uv where it is at hand and finds the packages, else by pip."""
        files = [f"--requirement={lock}" for lock in self.locks]
        if uv:
            hasty = [uv, "pip", "install", "-q", f"--python={self.python}", "--require-hashes"]
            if run_quietly([*hasty, *files]).returncode == 0:
                return
        pip = [str(self.python), "-m", "pip", "install", "-q", "--no-input"]
        done = run_quietly([*pip, "--disable-pip-version-check", "--require-hashes", *files])
        if done.returncode != 0:
            raise SetUpError(f"{done.stdout}\nThe packages could not be installed (see above).")


RUNTIME = Environment(ROOT / ".venv", (ROOT / "requirements.txt",))
TESTING = Environment(
    ROOT / ".venv-test", (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
)


def clean_environ(**more: str) -> dict[str, str]:
    """The surroundings of a child process, less what would lead its Python astray."""
    astray = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "VIRTUAL_ENV"}
    return {key: value for key, value in os.environ.items() if key not in astray} | more


def run_quietly(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a command without input; what it says is kept for the caller, errors and all."""
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=clean_environ(PIP_NO_INPUT="1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, stdout=str(error))


def sudo() -> str:
    return "" if os.geteuid() == 0 else "sudo "


def say(sentence: str) -> None:
    print(sentence, flush=True)
