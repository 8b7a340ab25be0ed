"""Habits of the code that a reader can rely on because a test does."""

import ast
import re
import statistics

import pytest

from tests.architecture import source

MAX_FILE_LINES = 250
MAX_MEDIAN_LINES = 10
LONG_FUNCTION_LINES = 40
MAX_LONG_FUNCTIONS = 3
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "services"}


def functions() -> dict[str, int]:
    """Every function of the forum with its length in lines."""
    return {
        f"{source.name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in source.python_files("forum")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_file_is_longer_than_a_few_screens():
    lengths = {
        source.name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in source.python_files("forum")
    }
    too_long = {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES}
    assert not too_long, (
        f"A file over {MAX_FILE_LINES} lines becomes a package of the same name "
        f"(actions/replies.py): {too_long}"
    )


def test_functions_are_short():
    lengths = functions()
    long = {name: lines for name, lines in lengths.items() if lines > LONG_FUNCTION_LINES}
    assert statistics.median(lengths.values()) < MAX_MEDIAN_LINES
    assert len(long) <= MAX_LONG_FUNCTIONS, f"say it in several steps: {long}"


@pytest.mark.parametrize("folder", ["forum", "tests", "tools"])
def test_no_file_is_named_after_nothing_in(folder):
    for path in (source.ROOT / folder).rglob("*.py"):
        assert path.stem not in VAGUE, f"{source.name(path)}: name it for what it does"
        assert path.parent.name not in VAGUE, f"{source.name(path)}: name it for what it does"


def test_there_is_one_commit():
    using = [
        f"{source.name(path)}:{line}"
        for path in source.python_files("forum")
        for line in source.calls(path, "commit")
    ]
    assert len(using) == 1, f"use core.db.transaction instead: {using}"
    assert using[0].startswith("forum/core/db.py")


def test_only_the_clock_asks_for_the_time():
    """Else a test cannot hold it still."""
    for path in source.python_files("forum"):
        text = path.read_text(encoding="utf-8")
        for way in ("datetime.now(", "date.today(", "utcnow(", "time.time("):
            assert path.name == "clock.py" or way not in text, f"{way} in {source.name(path)}"


def test_nothing_is_fetched_from_elsewhere():
    """No outbound request is made from what somebody typed, so no library for it is needed."""
    fetching = (
        r"^\s*(?:import|from) (?:requests|httpx|aiohttp|urllib3|urllib\.request|http\.client)"
    )
    for path in source.python_files("forum"):
        assert not re.search(fetching, path.read_text("utf-8"), re.MULTILINE), source.name(path)


def test_public_actions_and_queries_say_what_they_do():
    silent = [
        f"{source.name(path)}:{node.name}"
        for path in source.python_files("forum")
        if path.stem in {"actions", "queries", "visible", "limits"}
        or path.parent.name in {"actions", "queries"}
        for node in source.tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and len(node.body) > 3
        and not ast.get_docstring(node)
    ]
    assert not silent, f"a docstring says what it does, its limits and its errors: {silent}"


@pytest.mark.parametrize("word", ["utcfromtimestamp", "pickle", "eval", "exec", "mktemp"])
def test_the_forum_does_without(word):
    for path in source.python_files("forum"):
        assert not source.calls(path, word), f"{word} in {source.name(path)}"
