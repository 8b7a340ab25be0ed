"""What each chore does. They take their wishes from the environment: PORT, DATA, T, CI."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tools import programs
from tools.environment import ROOT, RUNTIME, TESTING, Environment, SetUpError, clean_environ, say
from tools.local_site import listen
from tools.serving import fresh_demo, serve

BRIEFLY = ["-f", "custom", "--msg-template", "{relpath}:{line}: {test_id} {msg}"]
CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--output-format=concise", "."],
    "import rules": [TESTING.program("lint-imports"), "--no-cache", "--no-logo"],
    "types": ["-m", "mypy"],
    "bandit": ["-m", "bandit", "-q", "-r", "-c", "pyproject.toml", *BRIEFLY, "forum"],
}


def run() -> int:
    """Web and worker on the data folder, with the demo on first start, until Ctrl-C."""
    with listen(os.environ.get("PORT")) as listener:  # a taken port is told before the long part
        RUNTIME.ensure()
        return serve(RUNTIME.python, data_folder(), listener)


def demo() -> int:
    """Throw the data folder away and fill it with a fresh demo community."""
    RUNTIME.ensure()
    fresh_demo(RUNTIME.python, data_folder())
    return 0


def data_folder() -> Path:
    return Path(os.environ.get("DATA") or ROOT / "data").expanduser()


def test() -> int:
    """Lint, then the tests: all of them, or those that T names (then without lint)."""
    TESTING.ensure()
    lacking = programs.missing()
    for program in lacking:
        say(str(program))
    if lacking and programs.must_be_complete():
        return 1
    wish = shlex.split(os.environ.get("T", ""))
    linted = 0 if wish else lint()
    tested = _in(TESTING, ["-m", "pytest", *(wish or ["-n", "auto", "--dist", "loadfile"])])
    if linted:
        say("The tests are done; lint found something too (see above them).")
    return linted or tested


def lint() -> int:
    """Style, types, import rules and known traps: every check, whatever the first one says."""
    TESTING.ensure()
    failed = []
    for name, words in CHECKS.items():
        say(f"lint: {name}")
        if _in(TESTING, words) != 0:
            failed.append(name)
    if failed:
        say(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


def format_code() -> int:
    TESTING.ensure()
    return _in(TESTING, ["-m", "ruff", "check", "--fix", "-q", "."]) or _in(
        TESTING, ["-m", "ruff", "format", "."]
    )


def test_deps() -> int:
    """Bring PostgreSQL and Chromium on Debian; nothing to do where they are."""
    if not programs.missing():
        say("PostgreSQL and Chromium are here.")
        return 0
    if not shutil.which("apt-get"):
        raise SetUpError("This is not Debian: install PostgreSQL and Chromium in its own way.")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    quiet = clean_environ(DEBIAN_FRONTEND="noninteractive")
    for words in (["update", "-q"], ["install", "-qy", *programs.DEBIAN_PACKAGES]):
        command = [*as_root, "apt-get", *words]
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


def shots() -> int:
    """Screenshots of the written list of pages, into shots/."""
    TESTING.ensure()
    return _in(TESTING, ["-m", "tools.shots"])


def bench() -> int:
    TESTING.ensure()
    return _in(TESTING, ["-m", "bench"])


def drill() -> int:
    """Kill the processes under load and count what was lost."""
    TESTING.ensure()
    return _in(TESTING, ["-m", "tools.drill"])


def messages() -> int:
    """Collect the sentences to translate into messages.pot."""
    RUNTIME.ensure()
    babel = ["-m", "babel.messages.frontend"]
    words = ["-q", "extract", "-F", "tools/babel.cfg", "-k", "_l", "-o", "messages.pot", "."]
    return _in(RUNTIME, [*babel, *words])


def lock() -> int:
    """Pin the newest release of everything, with hashes, for every system at once (needs uv)."""
    uv = shutil.which("uv")
    if not uv:
        raise SetUpError("Locking needs uv (https://docs.astral.sh/uv/); nothing else does.")
    words = [uv, "pip", "compile", "-q", "--upgrade", "--universal", "--generate-hashes"]
    words += ["--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links"]
    words += ["--custom-compile-command", "make lock"]
    for group, more in (("runtime", []), ("dev", ["-c", "requirements.txt"])):
        target = "requirements.txt" if group == "runtime" else "requirements-dev.txt"
        command = [*words, *more, "--group", group, "-o", target]
        if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return code
    return 0


def audit() -> int:
    """Ask the public advisories about every pinned release (needs the network)."""
    TESTING.ensure()
    files = ["-r", "requirements.txt", "-r", "requirements-dev.txt"]
    return _in(TESTING, ["-m", "pip_audit", "--require-hashes", "--disable-pip", *files])


def clean() -> int:
    """Remove what the chores made, but never the data folder."""
    for name in (".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for environment in (RUNTIME, TESTING):
        shutil.rmtree(environment.folder, ignore_errors=True)
    for folder in (".hypothesis", "shots", "test-results"):
        shutil.rmtree(ROOT / folder, ignore_errors=True)
    return 0


def _in(environment: Environment, words: list[str]) -> int:
    """Run Python with these words in an environment, its output shown; its exit code."""
    done = subprocess.run(
        [environment.python, *words],
        cwd=ROOT,
        env=clean_environ(),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode
