"""The whole of it: two servers, one community, every page against its floor."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import config
from bench import counting, footprint, servers, space
from bench.community import Community, Sizes, load
from bench.floor import ENTER
from bench.load import Load
from bench.pages import Asked, Member, Page, pages
from bench.report import LIKE
from bench.rounds import FLOOR_TIMES, Figures, Round, Rounds, Server
from bench.space import SpaceSizes, Twins
from forum import create_app
from tools.environment import say
from tools.local_site import LocalSite

Pair: TypeAlias = tuple[tuple[Page, Server], tuple[Page, Server]]
"""A page and its floor, each with the server that has it."""
WARM_UP = 60
KEPT = 8
"""Requests kept for what is counted once."""


@dataclass(frozen=True)
class Options:
    """What somebody may wish for. `only`: names or parts of names of pages."""

    database: str = "sqlite"
    rounds: int = 25
    requests: int = 60
    only: tuple[str, ...] = ()
    sizes: Sizes = Sizes()  # noqa: RUF009 (frozen)
    space: SpaceSizes = SpaceSizes()  # noqa: RUF009


def measure(options: Options) -> dict[str, Figures]:
    """Measure everything, and leave nothing behind. SetUpError when a server does not start."""
    with ExitStack() as stack:
        return _Bench(options, stack).run()


class _Bench:
    def __init__(self, options: Options, stack: ExitStack) -> None:
        self.options, self.stack = options, stack
        self.folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="cahoots-bench-"))
        )
        (beside := self.folder / "databases").mkdir()  # keys must not lie with a database
        self.databases = servers.databases(options.database, beside, stack)
        self.site = stack.enter_context(servers.site(self.folder, self.databases.site))
        self.app = create_app(config.from_environment(self.site.environ))
        self.load = stack.enter_context(Load())

    def run(self) -> dict[str, Figures]:
        measured = self._pages(*self._communities())
        server = self._start(self.site)
        texts = {page.name: counting.fetch(server.port, page.next(1)[0]).text for page in measured}
        floor_site = self.stack.enter_context(
            servers.floor(self.folder, self.databases.floor, texts)
        )
        floor = self._start(floor_site)
        member = Member(counting.fetch(floor.port, Asked(ENTER)).cookie, "")
        steady = [page for page in measured if page.is_page]
        found = {}
        for together in (steady, *([page] for page in measured if not page.is_page)):
            pairs = [
                ((page, server), (Page(page.name, f"/{page.name}", [member]), floor))
                for page in together
            ]
            measures = dict(zip(together, self._rounds(pairs), strict=True))
            for page, rounds in measures.items():
                figures = self._figures(page, server, rounds, texts[page.name])
                found[page.name] = replace(figures, growth=_growth(page, measures))
                say(f"  {page.name}: {rounds.cpu_ms:.2f} ms, {rounds.share:.0%} of the floor")
        return found

    def _communities(self) -> tuple[Community, Twins]:
        begun = time.monotonic()
        with self.app.app_context():
            community = load(self.options.sizes)
        with self.app.app_context():
            twins = space.load(self.options.space)
        servers.settle(self.databases.site)
        say(f"The communities took {time.monotonic() - begun:.0f} s to load. CPU for one request:")
        return community, twins

    def _pages(self, community: Community, twins: Twins) -> list[Page]:
        wanted = self.options.only or ("",)
        found = pages(self.app, community, twins)
        return [page for page in found if any(word in page.name for word in wanted)]

    def _start(self, site: LocalSite) -> Server:
        site.start_web()
        site.wait_until_it_answers()
        database = [self.databases.server] if self.databases.server else []
        return Server(urlsplit(site.url).port or 0, [site.children[0].pid, *database])

    def _rounds(self, pairs: Sequence[Pair]) -> list[Rounds]:
        """Pages and their floors in turn, after some requests that nobody counts.

        All of them in every round: a machine that is busy for a while is busy for each alike.
        """
        found: list[tuple[list[Round], list[Round]]] = [([], []) for _ in pairs]
        counts = [self._how_many(page) for (page, _server), _floor in pairs]
        for number in range(self.options.rounds + 1):
            for pair, count, both in zip(pairs, counts, found, strict=True):
                for (asked, server), times, rounds in zip(
                    pair, (1, FLOOR_TIMES), both, strict=True
                ):
                    wanted = count * times if number else min(WARM_UP, count)
                    requests = [each.on_the_wire(server.port) for each in asked.next(wanted)]
                    rounds.append(server.round(self.load, requests, asked.status))
        return [Rounds(page[1:], floor[1:]) for page, floor in found]

    def _how_many(self, page: Page) -> int:
        """Requests in a round; fewer where a page can't be asked for without end."""
        enough = (page.left() - KEPT) // (self.options.rounds + 1)
        return max(1, min(self.options.requests, enough))

    def _figures(self, page: Page, server: Server, rounds: Rounds, html: str) -> Figures:
        zstd, gzip, counted = page.next(3)
        first = counting.first_visit_bytes(server.port, counted) if page.is_page else 0
        return Figures(
            cpu_ms=rounds.cpu_ms,
            share=rounds.share,
            rps=rounds.rps,
            p50_ms=rounds.percentile(50),
            p99_ms=rounds.percentile(99),
            bytes=counting.fetch(server.port, zstd, "zstd").bytes,
            statements=counting.statements(self.app, counted),
            bytes_gzip=counting.fetch(server.port, gzip, "gzip").bytes,
            html_bytes=len(html.encode()),
            first_visit_bytes=first,
            floor_cpu_ms=rounds.floor_cpu_ms,
            memory_mb=footprint.memory_mb(server.processes[0])[1],
        )


def _growth(page: Page, measures: Mapping[Page, Rounds]) -> float:
    """A page against the one it is compared with (LIKE); 0 when that is none or left out."""
    like = LIKE.get(page.name)
    other = next((rounds for each, rounds in measures.items() if each.name == like), None)
    return measures[page].times(other) if other else 0.0
