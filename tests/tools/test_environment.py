import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tools import environment
from tools.environment import Environment, SetUpError


@pytest.fixture
def small(tmp_path: Path) -> Environment:
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n")
    return Environment(tmp_path / "venv", (lock,))


@pytest.fixture
def commands(small: Environment, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run; a command that makes an environment leaves its interpreter."""
    said: list[list[str]] = []

    def pretend(command):
        words = [str(word) for word in command]
        if "-c" in words:
            return CompletedProcess(words, 0 if small.python.exists() else 127)
        said.append(words)
        small.python.parent.mkdir(parents=True, exist_ok=True)
        small.python.touch()
        return CompletedProcess(words, 0, stdout="")

    monkeypatch.setattr(environment, "run_quietly", pretend)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    return said


def test_packages_are_installed_only_by_their_hashes(small: Environment, commands):
    small.ensure()
    assert "--require-hashes" in commands[-1]
    assert f"--requirement={small.locks[0]}" in commands[-1]


def test_a_standing_environment_is_left_alone(small: Environment, commands):
    small.ensure()
    commands.clear()
    small.ensure()
    assert commands == []


def test_a_changed_lock_file_remakes_the_environment(small: Environment, commands):
    small.ensure()
    commands.clear()
    small.locks[0].write_text("# still nothing\n")
    small.ensure()
    assert "--clear" in commands[0]


def test_a_lost_interpreter_remakes_the_environment(small: Environment, commands):
    small.ensure()
    commands.clear()
    small.python.unlink()
    small.ensure()
    assert "--clear" in commands[0]


def test_a_failed_installation_is_tried_again_next_time(
    small: Environment, commands, monkeypatch: pytest.MonkeyPatch
):
    failing = CompletedProcess([], 1, stdout="no such package")
    with monkeypatch.context() as patch:
        patch.setattr(environment, "run_quietly", lambda command: failing)
        with pytest.raises(SetUpError, match="no such package"):
            small.ensure()
    small.ensure()
    assert "--require-hashes" in commands[-1]


def test_uv_is_used_where_it_is_at_hand(
    small: Environment, commands, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"bin/{name}")
    small.ensure()
    assert commands[-1][:3] == ["bin/uv", "pip", "install"]
    assert "--require-hashes" in commands[-1]


def test_a_python_without_ensurepip_gets_the_line_to_type(
    small: Environment, commands, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SetUpError) as told:
        small.ensure()
    major, minor = sys.version_info[:2]
    assert f"apt-get install python{major}.{minor}-venv" in str(told.value)
