"""`make run` and `make demo`: a site for the person at this keyboard."""

import shutil
import signal
import socket
import time
from pathlib import Path
from types import FrameType

from tools.environment import SetUpError, say
from tools.local_site import LocalSite, any_port

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DATA_MARKS = ("keys", "cahoots.sqlite3")

DEMO_PASSWORD = "demo-password"
DEMO_ACCOUNTS = """\
  ana@demo.example     Retail and its private space, works at Northwind
  ben@demo.example     the same, works at Northwind too: sees nothing of Ana's there
  chidi@demo.example   Finance and Retail's space, works at Contoso; has broken through
  dora@demo.example    moderator of Retail and of its space, works at Fabrikam
  emre@demo.example    moderator of Finance, works at Litware
  fay@demo.example     new here, in no circle yet
  staff@demo.example   site staff
"""


class Stop(Exception):
    """A signal asked for the end."""


def serve(python: Path, data: Path, listener: socket.socket) -> int:
    """Run web and worker until a signal (exit code 0), or until one of them ends (1)."""
    for number in STOPPING:
        signal.signal(number, _stop)
    try:
        with LocalSite(python, data, listener) as site:
            site.prepare(shown=True)
            site.start()
            say(greeting(site))
            return _watch(site)
    except Stop:
        return 0


def greeting(site: LocalSite) -> str:
    return (
        f"\nCahoots is at {site.url}\n\n"
        f"Sign in with the password {DEMO_PASSWORD} as\n{DEMO_ACCOUNTS}\n"
        f"Everything it keeps is in {site.data}. Ctrl-C stops it."
    )


def fresh_demo(python: Path, data: Path) -> None:
    """Empty the data folder and seed it again; refuses a folder that is not ours."""
    if data.exists():
        if not any((data / mark).exists() for mark in DATA_MARKS):
            raise SetUpError(f"{data} does not look like a Cahoots data folder: nothing done.")
        shutil.rmtree(data)
    with LocalSite(python, data, any_port()) as site:
        site.prepare(shown=True)
    say(f"A fresh demo community is in {site.data}.")


def _watch(site: LocalSite) -> int:
    while True:
        if dead := site.dead():
            say(f"The {dead.name} process ended (exit code {dead.exit_code()}): stopping.")
            return 1
        time.sleep(0.2)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise Stop
