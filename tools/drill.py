"""Kill the site's processes under load, and count what became of every acknowledged reply.

`python -m tools.drill [KILLS]`: starts a site with the demo community on a data folder of its own,
lets demo people reply without pause, kills web or worker with SIGKILL at random moments and starts
it again. A reply counts as acknowledged when the answer to its form was a redirect to the new post.
A form whose answer never came is sent again, as a person would: it must not become two posts.
"""

import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from tools.environment import say
from tools.local_site import LocalSite, any_port
from tools.person import Person, TryAgain
from tools.processes import leave_on_sigterm
from tools.serving import DEMO_PASSWORD

KILLS = 12
WRITERS = ("ana", "ben", "dora", "chidi")
CIRCLE = "retail"
MARK = "drill reply"
CALM_SECONDS = (0.5, 4.0)
PATIENCE_SECONDS = 90.0
Answer = TypeVar("Answer")


class Writer(threading.Thread):
    """A demo person who replies to one topic until told to stop."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._person = Person(url)
        self.stopping = threading.Event()
        self.acknowledged: list[str] = []
        self.repeats = 0
        self.trouble: Exception | None = None

    def run(self) -> None:
        try:
            self._write()
        except Exception as error:  # noqa: BLE001 (told at the end, by the main thread)
            self.trouble = error

    def _write(self) -> None:
        self._again(partial(self._person.sign_in, f"{self.name}@demo.example", DEMO_PASSWORD))
        self._again(partial(self._person.join, CIRCLE))
        opening = self._again(partial(self._person.first_post, CIRCLE))
        while not self.stopping.is_set():
            form = self._again(partial(self._person.reply_form, opening))
            form["body"] = f"{MARK} {self.name} {len(self.acknowledged)}"
            self._again(partial(self._person.send_reply, opening, form))
            self.acknowledged.append(form["body"])

    def _again(self, step: Callable[[], Answer]) -> Answer:
        """Do a step until it is answered: the server may be dead for a moment, but no longer."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return step()
            except TryAgain:
                if time.monotonic() > deadline:
                    raise
                self.repeats += 1
                time.sleep(0.05)


def main(words: list[str]) -> int:
    """Run the drill and print its figures; 1 when anything was lost, doubled or damaged."""
    kills = int(words[0]) if words else KILLS
    with (
        tempfile.TemporaryDirectory(prefix="cahoots-drill-") as folder,
        LocalSite(sys.executable, Path(folder), any_port(), log=Path(folder) / "log") as site,
    ):
        site.prepare()
        site.start()
        writers = [Writer(site.url, name) for name in WRITERS]
        started = time.monotonic()
        for writer in writers:
            writer.start()
        while any(writer.is_alive() and not writer.acknowledged for writer in writers):
            time.sleep(0.05)
        counts = kill_at_random(site, kills)
        for writer in writers:
            writer.stopping.set()
        for writer in writers:
            writer.join()
        site.stop()
        say(f"{len(writers)} writers for {time.monotonic() - started:.0f} seconds")
        return report(writers, counts, site.database)


def kill_at_random(site: LocalSite, kills: int) -> Counter[str]:
    """SIGKILL web or worker, with all their children, again and again; how often each."""
    counts: Counter[str] = Counter()
    for _ in range(kills):
        time.sleep(random.uniform(*CALM_SECONDS))
        unthrottle(site.database)
        name = random.choice(("web", "web", "worker"))
        site.kill_and_restart(name)
        counts[name] += 1
    time.sleep(CALM_SECONDS[1])
    return counts


def unthrottle(database: Path) -> None:
    """Writers here are hastier than the site allows people to be."""
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        connection.execute("DELETE FROM throttle")
        connection.commit()


def report(writers: list[Writer], counts: Counter[str], database: Path) -> int:
    acknowledged = [body for writer in writers for body in writer.acknowledged]
    with closing(sqlite3.connect(database)) as connection:
        ours = "SELECT source FROM post WHERE source LIKE ?"
        kept = Counter(body for (body,) in connection.execute(ours, (f"{MARK}%",)))
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    lost = [body for body in acknowledged if not kept[body]]
    doubled = [body for body, times in kept.items() if times > 1]
    trouble = [f"{writer.name}: {writer.trouble}" for writer in writers if writer.trouble]
    say(f"killed: web {counts['web']} times, worker {counts['worker']} times")
    say(f"replies acknowledged: {len(acknowledged)}, kept: {sum(kept.values())}")
    say(f"requests sent again: {sum(writer.repeats for writer in writers)}")
    say(f"lost: {len(lost)}, doubled: {len(doubled)}")
    say(f"integrity_check: {integrity}, broken references: {orphans}")
    for line in trouble:
        say(line)
    good = acknowledged and integrity == "ok"
    return 0 if good and not (lost or doubled or orphans or trouble) else 1


if __name__ == "__main__":
    leave_on_sigterm()
    sys.exit(main(sys.argv[1:]))
