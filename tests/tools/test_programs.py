from pathlib import Path

import pytest

from tools import chores, programs


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "postgres_folder", lambda: None)
    monkeypatch.setattr(programs, "chromium", lambda: None)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `make test` would run, were it not for this test."""
    said: list[list[str]] = []
    monkeypatch.setattr(chores.Environment, "ensure", lambda self: None)
    monkeypatch.setattr(chores, "_in", lambda environment, words: said.append(words) or 0)
    monkeypatch.setenv("T", "tests/core")
    return said


def test_each_missing_program_is_named_with_the_command_that_brings_it(nothing_here):
    for line in map(str, programs.missing()):
        assert "make test-deps" in line
        assert "apt-get install postgresql chromium" in line
        assert "\n" not in line


def test_on_a_persons_machine_the_other_tests_run_all_the_same(
    nothing_here, commands, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("CI", raising=False)
    assert chores.test() == 0
    assert commands == [["-m", "pytest", "tests/core"]]


def test_in_ci_a_missing_program_is_a_failure(
    nothing_here, commands, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CI", "true")
    assert chores.test() == 1
    assert commands == []


def test_a_failing_check_fails_the_run_and_the_tests_run_all_the_same(
    commands, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(programs, "missing", list)
    monkeypatch.setattr(chores, "lint", lambda: 1)
    monkeypatch.setenv("T", "")
    assert chores.test() == 1
    assert commands[0][:2] == ["-m", "pytest"]


def test_the_browser_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "chrome"))
    assert programs.chromium() == str(tmp_path / "chrome")
