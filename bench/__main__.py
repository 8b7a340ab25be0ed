"""`python -m bench`: measure, write bench/results/, print the table; 1 when a limit is broken."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import report
from bench.measuring import Options, measure
from bench.servers import KINDS
from tools.environment import ROOT, SetUpError, say

RESULTS = ROOT / "bench" / "results"


def main(words: list[str]) -> int:
    options, folder = _options(words)
    try:
        results = measure(options)
    except SetUpError as error:
        say(str(error))
        return 1
    said = report.table(results, f"What pages cost on {options.database}")
    name = "latest" if options.database == "sqlite" else f"latest-{options.database}"
    report.write(results, said, folder, name)
    say(f"\n{said}")
    broken = report.failures(results)
    for sentence in broken:
        say(sentence)
    return 1 if broken else 0


def _options(words: list[str]) -> tuple[Options, Path]:
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--database", choices=KINDS, default=usual.database)
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="of each page")
    parser.add_argument("--requests", type=int, default=usual.requests, help="in a round")
    parser.add_argument("--only", nargs="*", default=[], help="parts of names of pages")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder to write to")
    asked = parser.parse_args(words)
    options = Options(asked.database, asked.rounds, asked.requests, tuple(asked.only))
    return options, asked.results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
