"""What the site refuses to start with, and what it makes of what it is told."""

from datetime import timedelta
from pathlib import Path

import pytest

import config
from config import BadConfiguration, from_environment

SECRET = "k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6GcAe1UoViWt"
GOOD = {"SITE_URL": "https://forum.site", "SECRET_KEY": SECRET}
AT_HOME = {"CAHOOTS_ENV": "development", "SITE_URL": "http://localhost:8000"}


def made(**changes: str) -> dict:
    return from_environment(GOOD | changes)


def refused(**changes: str) -> str:
    with pytest.raises(BadConfiguration) as refusal:
        made(**changes)
    return str(refusal.value)


def keyed(path: Path, text: str = SECRET, mode: int = 0o600) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return str(path)


class TestSecrets:
    def test_a_random_secret_is_taken(self):
        assert made()["SECRET_KEY"] == SECRET

    def test_a_missing_secret_is_refused_with_a_command_that_makes_one(self):
        said = refused(SECRET_KEY="")
        assert "SECRET_KEY" in said
        assert "token_urlsafe" in said

    def test_a_missing_secret_is_refused_in_development_too(self):
        with pytest.raises(BadConfiguration, match="SECRET_KEY"):
            from_environment({"CAHOOTS_ENV": "development"})

    def test_31_characters_are_too_few(self):
        assert "32" in refused(SECRET_KEY=SECRET[:31])

    def test_32_characters_are_enough(self):
        assert made(SECRET_KEY=SECRET[:32])["SECRET_KEY"] == SECRET[:32]

    @pytest.mark.parametrize(
        "secret",
        [
            "a" * 64,
            "0123456789012345678901234567890123456789"[:9] * 5,
            "changeme-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6",
            "my-SECRET-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6",
            "Default-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6Gc",
            "example-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6Gc",
            "k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6-password",
            "insecure-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6G",
        ],
    )
    def test_what_looks_like_a_default_is_refused(self, secret):
        assert "looks like a default" in refused(SECRET_KEY=secret)

    def test_the_refusal_does_not_repeat_the_secret(self):
        secret = "changeme-k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6"
        assert secret not in refused(SECRET_KEY=secret)


class TestSecretFiles:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> dict[str, str]:
        return {"DATA": str(tmp_path / "data"), "SECRET_KEY": ""}

    def test_a_file_for_its_owner_alone_is_read(self, tmp_path, outside):
        file = keyed(tmp_path / "etc" / "key", SECRET + "\n")
        assert made(**outside, SECRET_KEY_FILE=file)["SECRET_KEY"] == SECRET

    def test_the_file_wins_over_the_variable(self, tmp_path, outside):
        other = SECRET[::-1]
        file = keyed(tmp_path / "etc" / "key")
        assert made(**outside | {"SECRET_KEY": other}, SECRET_KEY_FILE=file)["SECRET_KEY"] == SECRET

    @pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o620, 0o601])
    def test_a_file_others_can_reach_is_refused(self, tmp_path, outside, mode):
        file = keyed(tmp_path / "etc" / "key", mode=mode)
        assert "chmod 600" in refused(**outside, SECRET_KEY_FILE=file)

    @pytest.mark.parametrize("mode", [0o600, 0o400])
    def test_a_file_of_the_owner_alone_passes(self, tmp_path, outside, mode):
        file = keyed(tmp_path / "etc" / "key", mode=mode)
        assert made(**outside, SECRET_KEY_FILE=file)

    def test_a_missing_file_is_refused(self, tmp_path, outside):
        assert "cannot be read" in refused(**outside, SECRET_KEY_FILE=str(tmp_path / "none"))

    def test_a_folder_is_refused(self, tmp_path, outside):
        assert "cannot be read" in refused(**outside, SECRET_KEY_FILE=str(tmp_path))

    def test_a_file_that_is_no_text_is_refused(self, tmp_path, outside):
        file = tmp_path / "key"
        file.write_bytes(b"\xff" * 48)
        file.chmod(0o600)
        assert "cannot be read" in refused(**outside, SECRET_KEY_FILE=str(file))

    def test_an_empty_file_is_refused(self, tmp_path, outside):
        assert refused(**outside, SECRET_KEY_FILE=keyed(tmp_path / "key", "\n"))

    def test_a_default_in_a_file_is_refused_too(self, tmp_path, outside):
        file = keyed(tmp_path / "key", "changeme" * 6)
        assert "looks like a default" in refused(**outside, SECRET_KEY_FILE=file)

    @pytest.mark.parametrize("place", ["data/key", "data/keys/deep/key"])
    def test_a_file_beside_the_database_is_refused(self, tmp_path, outside, place):
        assert "beside the database" in refused(**outside, SECRET_KEY_FILE=keyed(tmp_path / place))

    def test_a_link_into_the_data_folder_is_beside_the_database_too(self, tmp_path, outside):
        keyed(tmp_path / "data" / "key")
        link = tmp_path / "key"
        link.symlink_to(tmp_path / "data" / "key")
        assert "beside the database" in refused(**outside, SECRET_KEY_FILE=str(link))

    def test_a_folder_whose_name_only_begins_alike_is_not_beside_it(self, tmp_path, outside):
        assert made(**outside, SECRET_KEY_FILE=keyed(tmp_path / "database-keys" / "key"))

    def test_in_development_the_key_may_lie_beside_the_database(self, tmp_path, outside):
        file = keyed(tmp_path / "data" / "keys" / "key")
        assert made(**outside, SECRET_KEY_FILE=file, **AT_HOME)


class TestSiteUrl:
    @pytest.mark.parametrize(
        "url", ["", "forum.site", "//forum.site", "ftp://forum.site", "https://", "javascript:x"]
    )
    def test_what_is_no_web_address_is_refused(self, url):
        assert "SITE_URL" in refused(SITE_URL=url)

    def test_it_must_be_set_in_production(self):
        with pytest.raises(BadConfiguration, match="SITE_URL"):
            from_environment({"SECRET_KEY": SECRET})

    def test_development_has_one_of_its_own(self):
        found = from_environment({"SECRET_KEY": SECRET, "CAHOOTS_ENV": "development"})
        assert found["SITE_URL"] == "http://127.0.0.1:8000"

    def test_a_slash_at_the_end_is_dropped(self):
        assert made(SITE_URL="https://forum.site/")["SITE_URL"] == "https://forum.site"

    def test_over_https_the_cookie_is_secure_and_bound_to_the_host(self):
        found = made()
        assert found["SESSION_COOKIE_NAME"] == "__Host-cahoots"
        assert found["SESSION_COOKIE_SECURE"] is True

    def test_over_http_the_cookie_has_a_plain_name(self):
        found = made(SITE_URL="http://forum.site")
        assert found["SESSION_COOKIE_NAME"] == "cahoots"
        assert found["SESSION_COOKIE_SECURE"] is False

    def test_the_cookie_is_out_of_reach_for_script_and_other_sites(self):
        found = made()
        assert found["SESSION_COOKIE_HTTPONLY"] is True
        assert found["SESSION_COOKIE_SAMESITE"] == "Lax"

    def test_a_sign_in_is_kept_for_fourteen_days(self):
        assert made()["PERMANENT_SESSION_LIFETIME"] == timedelta(days=14)


class TestHosts:
    def test_production_trusts_its_own_host_only(self):
        assert made()["TRUSTED_HOSTS"] == ["forum.site"]

    def test_more_hosts_can_be_named(self):
        assert made(TRUSTED_HOSTS="a.site b.site")["TRUSTED_HOSTS"] == [
            "forum.site",
            "a.site",
            "b.site",
        ]

    def test_development_is_refused_anywhere_but_on_this_machine(self):
        refused(CAHOOTS_ENV="development")
        assert made(**AT_HOME)

    def test_flasks_debugger_is_refused_in_production(self):
        refused(FLASK_DEBUG="1")
        assert made(**AT_HOME, FLASK_DEBUG="1")

    def test_development_trusts_this_machine(self):
        assert {"localhost", "127.0.0.1"} <= set(made(**AT_HOME)["TRUSTED_HOSTS"])


class TestDatabaseUrl:
    def test_without_one_it_is_a_file_in_the_data_folder(self, tmp_path):
        found = made(DATA=str(tmp_path))["SQLALCHEMY_DATABASE_URI"]
        assert found == f"sqlite:///{tmp_path}/cahoots.sqlite3"

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_postgresql_is_spoken_to_with_psycopg(self, scheme):
        found = made(DATABASE_URL=f"{scheme}://u:p@db/x")["SQLALCHEMY_DATABASE_URI"]
        assert found == "postgresql+psycopg://u:p@db/x"

    def test_a_sqlite_file_may_be_named(self):
        url = "sqlite:////srv/x.sqlite3"
        assert made(DATABASE_URL=url)["SQLALCHEMY_DATABASE_URI"] == url

    @pytest.mark.parametrize("url", ["mysql://db/x", "x.sqlite3", "http://db", "sqlite://"])
    def test_other_databases_are_refused(self, url):
        assert "DATABASE_URL" in refused(DATABASE_URL=url)


class TestTheRest:
    @pytest.mark.parametrize("count", ["-1", "one", "1.5", "", "²"])
    def test_proxies_must_be_a_whole_number(self, count):
        assert "PROXIES" in refused(PROXIES=count)

    def test_nobody_is_believed_about_the_visitors_network_unless_told(self):
        assert made()["PROXIES"] == 0
        assert made(PROXIES="2")["PROXIES"] == 2

    def test_more_words_on_privacy_come_from_a_file(self, tmp_path):
        file = tmp_path / "more.txt"
        file.write_text("Our dentist’s rule.", encoding="utf-8")
        assert made(PRIVACY_EXTRA_FILE=str(file))["PRIVACY_EXTRA"] == "Our dentist’s rule."

    def test_a_missing_file_on_privacy_is_refused(self, tmp_path):
        assert "PRIVACY_EXTRA_FILE" in refused(PRIVACY_EXTRA_FILE=str(tmp_path / "none"))

    def test_without_a_word_it_is_production(self):
        assert made()["DEVELOPMENT"] is False
        assert made(CAHOOTS_ENV="dev")["DEVELOPMENT"] is False
        assert made(**AT_HOME)["DEVELOPMENT"] is True

    def test_requests_and_forms_have_a_size(self):
        found = made()
        assert found["MAX_CONTENT_LENGTH"] == 1_000_000
        assert found["MAX_FORM_MEMORY_SIZE"] == 500_000
        assert found["MAX_FORM_PARTS"] <= 1_000

    def test_a_form_lives_as_long_as_the_sign_in(self):
        assert config.FIXED["WTF_CSRF_TIME_LIMIT"] is None
