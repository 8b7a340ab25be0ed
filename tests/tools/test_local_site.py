import stat
from pathlib import Path

import pytest

from config import from_environment
from tools import local_site
from tools.environment import SetUpError
from tools.local_site import LocalSite, any_port, listen, secret_key_file, space_keys_file


def test_a_taken_port_that_was_asked_for_is_an_error():
    with any_port() as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetUpError, match=f"Port {port} is taken"):
            listen(str(port))


@pytest.mark.parametrize("wish", ["0", "65536", "-1", "http", "８０", "80 "])
def test_what_is_no_port_is_refused(wish: str):
    with pytest.raises(SetUpError):
        listen(wish)


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch):
    with any_port() as taken:
        first = taken.getsockname()[1]
        monkeypatch.setattr(local_site, "FIRST_PORT", first)
        with listen(None) as listener:
            assert first < listener.getsockname()[1] < first + local_site.PORTS_TRIED


def test_the_secret_key_is_made_once_and_read_by_nobody_else(tmp_path: Path):
    file = secret_key_file(tmp_path)
    first = file.read_text()
    assert secret_key_file(tmp_path).read_text() == first
    assert len(first) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_key_of_private_spaces_is_made_once_and_read_by_nobody_else(tmp_path: Path):
    file = space_keys_file(tmp_path)
    first = file.read_text()
    assert space_keys_file(tmp_path).read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.is_relative_to(tmp_path)


def test_each_data_folder_has_keys_of_its_own(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    for data in (here, there):
        data.mkdir()
    assert space_keys_file(here).read_text() != space_keys_file(there).read_text()


def test_a_local_site_starts_with_the_keys_it_made(tmp_path: Path):
    with LocalSite("python3", tmp_path, any_port()) as site:
        first = from_environment(site.environ)["SPACE_KEYS"]
    with LocalSite("python3", tmp_path, any_port()) as site:
        assert from_environment(site.environ)["SPACE_KEYS"] == first
    assert len(first) == 1


def test_the_data_folder_is_for_this_user_alone(tmp_path: Path):
    with LocalSite("python3", tmp_path / "deep" / "data", any_port()) as site:
        assert stat.S_IMODE(site.data.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql://production.example/forum"), ("SPACE_KEYS", "of production")],
)
def test_what_is_productions_in_the_shell_never_reaches_a_local_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    with LocalSite("python3", tmp_path, any_port()) as site:
        assert name not in site.environ


def test_a_key_file_of_production_in_the_shell_is_not_taken_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SPACE_KEYS_FILE", "/etc/cahoots-space-keys")
    with LocalSite("python3", tmp_path, any_port()) as site:
        assert site.environ["SPACE_KEYS_FILE"] == str(tmp_path / "keys" / "space_keys")
