"""The chores behind the Makefile: python3 -m tools.dev CHORE. Standard library only."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (before what an older Python cannot read)
    sys.exit(
        "Cahoots needs Python 3.11 or newer; this is %d.%d.\n" % sys.version_info[:2]
        + "On Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv\n"
        + "A newer one beside this? make run PYTHON=python3.12"
    )

from collections.abc import Callable

from tools import chores
from tools.environment import SetUpError

CHORES: dict[str, Callable[[], int]] = {
    "run": chores.run,
    "demo": chores.demo,
    "test": chores.test,
    "test-deps": chores.test_deps,
    "lint": chores.lint,
    "format": chores.format_code,
    "shots": chores.shots,
    "bench": chores.bench,
    "drill": chores.drill,
    "messages": chores.messages,
    "lock": chores.lock,
    "audit": chores.audit,
    "clean": chores.clean,
}


def main(words: list[str]) -> int:
    """Do the named chore; its exit code, or 1 with a sentence when it cannot be set up."""
    if len(words) != 1 or words[0] not in CHORES:
        print(f"Usage: python3 -m tools.dev {'|'.join(CHORES)}", file=sys.stderr)
        return 2
    try:
        return CHORES[words[0]]()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
