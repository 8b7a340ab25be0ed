"""What the site refuses to start with, and what it makes of what it is told."""

import base64
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import config
from config import BadConfiguration, from_environment
from forum.policy.viewer import SIGN_IN_LASTS

SECRET = "k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6GcAe1UoViWt"
SPACE_KEY, OLDER_KEY = (
    "hJ6sLrD9mZfBuE5aGi7oKyT1wQx4MpV3tq0Yk8XnWc0",
    "Zq7LmT4vB8nRs5YhD3jFp6GcAe1UoViWtk9Xw2qLm38",
)
GOOD = {"SITE_URL": "https://forum.site", "SECRET_KEY": SECRET, "SPACE_KEYS": SPACE_KEY}
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


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TestSpaceKeys:
    def test_one_key_is_taken(self):
        assert made()["SPACE_KEYS"] == (raw(SPACE_KEY),)

    def test_several_are_taken_in_the_order_given(self):
        found = made(SPACE_KEYS=f" {SPACE_KEY}  {OLDER_KEY}\n")["SPACE_KEYS"]
        assert found == (raw(SPACE_KEY), raw(OLDER_KEY))

    def test_a_key_may_end_in_its_padding(self):
        assert made(SPACE_KEYS=SPACE_KEY + "=")["SPACE_KEYS"] == (raw(SPACE_KEY),)

    @pytest.mark.parametrize("keys", ["", " "])
    def test_none_is_refused_with_a_command_that_makes_one(self, keys):
        said = refused(SPACE_KEYS=keys)
        assert said.startswith("Set SPACE_KEYS, or SPACE_KEYS_FILE")
        assert config.MAKE_A_SPACE_KEY in said

    def test_none_is_refused_in_development_too(self):
        assert "Set SPACE_KEYS" in refused(SPACE_KEYS="", **AT_HOME)

    def test_the_command_makes_a_key(self):
        words = config.MAKE_A_SPACE_KEY.partition("'")[2].rstrip("'")
        done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True)
        assert made(SPACE_KEYS=done.stdout.decode())

    @pytest.mark.parametrize(
        "key",
        [
            SPACE_KEY[:42],
            SPACE_KEY + "A",
            SPACE_KEY + "==",
            SPACE_KEY[:42] + "é",
            SPACE_KEY[:42] + "+",
            SPACE_KEY[:42] + "/",
            SPACE_KEY[:20] + "," + SPACE_KEY[21:],
            f"{SPACE_KEY},{OLDER_KEY}",
            raw(SPACE_KEY).hex(),
        ],
    )
    def test_what_is_no_key_is_refused_by_its_place_and_not_repeated(self, key):
        said = refused(SPACE_KEYS=f"{OLDER_KEY} {key}")
        assert said.startswith("Key 2 of SPACE_KEYS must be 43 characters")
        assert key not in said

    def test_a_last_character_that_no_key_has_was_copied_wrongly(self):
        said = refused(SPACE_KEYS=SPACE_KEY[:42] + "1")
        assert "wrong last character" in said
        assert SPACE_KEY[:8] not in said

    @pytest.mark.parametrize("key", [b"\0" * 32, b"password" * 4, bytes(range(9)) + bytes(23)])
    def test_what_nobody_drew_at_random_is_refused(self, key):
        text = base64.urlsafe_b64encode(key).decode()
        said = refused(SPACE_KEYS=text)
        assert "not random" in said
        assert text not in said


class TestSpaceKeyFiles:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> dict[str, str]:
        return {"DATA": str(tmp_path / "data"), "SPACE_KEYS": ""}

    def test_keys_stand_one_a_line_with_remarks(self, tmp_path, outside):
        words = f"# newest first\r\n\n  {SPACE_KEY}  # of May\n{OLDER_KEY}=\n#{SPACE_KEY}\n"
        file = keyed(tmp_path / "etc" / "keys", words)
        found = made(**outside, SPACE_KEYS_FILE=file)["SPACE_KEYS"]
        assert found == (raw(SPACE_KEY), raw(OLDER_KEY))

    def test_a_file_and_a_variable_are_one_too_many(self, tmp_path, outside):
        file = keyed(tmp_path / "etc" / "keys", SPACE_KEY)
        said = refused(**outside | {"SPACE_KEYS": SPACE_KEY}, SPACE_KEYS_FILE=file)
        assert "not both" in said

    @pytest.mark.parametrize("words", ["", "\n", f"# {SPACE_KEY}\n"])
    def test_a_file_without_a_key_is_refused(self, tmp_path, outside, words):
        file = keyed(tmp_path / "etc" / "keys", words)
        assert "Set SPACE_KEYS" in refused(**outside, SPACE_KEYS_FILE=file)

    def test_two_keys_on_a_line_are_refused(self, tmp_path, outside):
        file = keyed(tmp_path / "etc" / "keys", f"{SPACE_KEY} {OLDER_KEY}")
        assert "Key 1 of SPACE_KEYS_FILE" in refused(**outside, SPACE_KEYS_FILE=file)

    @pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o620, 0o602, 0o601, 0o610])
    @pytest.mark.parametrize("place", [{}, AT_HOME], ids=["production", "development"])
    def test_a_file_others_can_reach_is_refused(self, tmp_path, outside, mode, place):
        file = keyed(tmp_path / "etc" / "keys", SPACE_KEY, mode)
        assert "SPACE_KEYS_FILE can be read by others" in refused(
            **outside, SPACE_KEYS_FILE=file, **place
        )

    @pytest.mark.parametrize("mode", [0o600, 0o400])
    def test_a_file_of_the_owner_alone_passes(self, tmp_path, outside, mode):
        assert made(**outside, SPACE_KEYS_FILE=keyed(tmp_path / "keys", SPACE_KEY, mode))

    @pytest.mark.parametrize("place", ["none", "."])
    def test_what_is_no_file_is_refused(self, tmp_path, outside, place):
        said = refused(**outside, SPACE_KEYS_FILE=str(tmp_path / place))
        assert said.startswith("SPACE_KEYS_FILE cannot be read")

    @pytest.mark.parametrize("content", [raw(SPACE_KEY) + b"\xff", b"\xef\xbb\xbf" + b"A" * 43])
    def test_a_file_that_is_no_text_is_refused_and_not_repeated(self, tmp_path, outside, content):
        file = Path(keyed(tmp_path / "keys"))
        file.write_bytes(content)
        said = refused(**outside, SPACE_KEYS_FILE=str(file))
        assert said == "SPACE_KEYS_FILE cannot be read: it is not plain ASCII text"

    @pytest.mark.parametrize("place", ["data/keys", "data/keys/deep/keys"])
    def test_a_file_in_the_data_folder_is_refused(self, tmp_path, outside, place):
        file = keyed(tmp_path / place, SPACE_KEY)
        assert "beside the database" in refused(**outside, SPACE_KEYS_FILE=file)

    def test_with_a_database_server_too(self, tmp_path, outside):
        file = keyed(tmp_path / "data" / "keys", SPACE_KEY)
        url = "postgresql://db/x"
        assert "beside" in refused(**outside, SPACE_KEYS_FILE=file, DATABASE_URL=url)

    def test_a_link_into_the_data_folder_is_refused(self, tmp_path, outside):
        keyed(tmp_path / "data" / "keys", SPACE_KEY)
        link = tmp_path / "keys"
        link.symlink_to(tmp_path / "data" / "keys")
        assert "beside the database" in refused(**outside, SPACE_KEYS_FILE=str(link))

    def test_a_folder_that_is_a_link_into_the_data_folder_is_refused(self, tmp_path, outside):
        keyed(tmp_path / "data" / "etc" / "keys", SPACE_KEY)
        (tmp_path / "etc").symlink_to(tmp_path / "data" / "etc")
        file = str(tmp_path / "etc" / "keys")
        assert "beside the database" in refused(**outside, SPACE_KEYS_FILE=file)

    def test_a_data_folder_that_is_a_link_to_the_keys_is_refused(self, tmp_path, outside):
        file = keyed(tmp_path / "etc" / "keys", SPACE_KEY)
        (tmp_path / "data").symlink_to(tmp_path / "etc")
        assert "beside the database" in refused(**outside, SPACE_KEYS_FILE=file)

    def test_a_way_round_over_dots_is_refused(self, tmp_path, outside):
        keyed(tmp_path / "data" / "keys", SPACE_KEY)
        (tmp_path / "etc").mkdir()
        file = str(tmp_path / "etc" / ".." / "data" / "keys")
        assert "beside the database" in refused(**outside, SPACE_KEYS_FILE=file)

    @pytest.mark.parametrize("place", ["db/keys", "db/deep/keys"])
    @pytest.mark.parametrize(
        "url", ["sqlite:///{}/db/x", "sqlite:///file:{}/db/x?mode=rw&uri=true"]
    )
    def test_a_file_beside_a_database_elsewhere_is_refused(self, tmp_path, outside, place, url):
        file = keyed(tmp_path / place, SPACE_KEY)
        said = refused(**outside, SPACE_KEYS_FILE=file, DATABASE_URL=url.format(tmp_path))
        assert "beside the database" in said

    def test_where_a_link_leads_to_the_database_its_folder_counts(self, tmp_path, outside):
        file = keyed(tmp_path / "db" / "keys", SPACE_KEY)
        (tmp_path / "db" / "x").touch()
        (tmp_path / "link").symlink_to(tmp_path / "db" / "x")
        url = f"sqlite:///{tmp_path}/link"
        assert "beside" in refused(**outside, SPACE_KEYS_FILE=file, DATABASE_URL=url)

    def test_a_database_named_without_a_folder_lies_in_the_applications_own(
        self, tmp_path, outside, monkeypatch
    ):
        monkeypatch.setattr(config, "_INSTANCE", tmp_path / "instance")
        file = keyed(tmp_path / "instance" / "keys", SPACE_KEY)
        url = "sqlite:///x.sqlite3"
        assert "beside" in refused(**outside, SPACE_KEYS_FILE=file, DATABASE_URL=url)

    def test_which_is_where_the_application_looks(self, app):
        assert str(config._INSTANCE) == app.instance_path

    def test_folders_that_only_begin_alike_are_elsewhere(self, tmp_path, outside):
        url = f"sqlite:///{tmp_path}/db/x"
        for folder in ("database", "db-keys"):
            file = keyed(tmp_path / folder / "keys", SPACE_KEY)
            assert made(**outside, SPACE_KEYS_FILE=file, DATABASE_URL=url)

    def test_in_development_they_may_lie_beside_the_database(self, tmp_path, outside):
        file = keyed(tmp_path / "data" / "keys" / "keys", SPACE_KEY)
        assert made(**outside, SPACE_KEYS_FILE=file, **AT_HOME)

    def test_in_production_nobody_makes_a_missing_file(self, tmp_path, outside):
        refused(**outside, SPACE_KEYS_FILE=str(tmp_path / "none"))
        assert list(tmp_path.iterdir()) == []


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
        environ = {"CAHOOTS_ENV": "development", "SECRET_KEY": SECRET, "SPACE_KEYS": SPACE_KEY}
        found = from_environment(environ)
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

    def test_the_cookie_is_kept_for_longer_than_any_sign_in_lasts(self):
        assert made()["PERMANENT_SESSION_LIFETIME"] > SIGN_IN_LASTS


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

    def test_help_lines_come_from_a_file(self, tmp_path):
        file = tmp_path / "lines.txt"
        file.write_text(
            "# ours\n0800 111 0 111 | Germany | Telefonseelsorge, free | 2026-11-30\n\n"
            "https://lines.example/de | Germany | A list of all | 2026-10-01\n",
            encoding="utf-8",
        )
        found = made(HELP_LINES_FILE=str(file))["HELP_LINES"]
        assert found == (
            ("0800 111 0 111", "Germany", "Telefonseelsorge, free", date(2026, 11, 30)),
            ("https://lines.example/de", "Germany", "A list of all", date(2026, 10, 1)),
        )
        assert made()["HELP_LINES"] == ()

    @pytest.mark.parametrize(
        "line",
        [
            "0800 111 | Germany | A line",
            "0800 111 | Germany | A line | lately",
            "0800 111 || A line | 2026-11-30",
            "javascript:alert() | Germany | A line | 2026-11-30",
            "http://lines.example | Germany | A list | 2026-11-30",
            "call us | Germany | A line | 2026-11-30",
        ],
    )
    def test_a_help_line_without_its_day_or_number_is_refused(self, tmp_path, line):
        file = tmp_path / "lines.txt"
        file.write_text(line, encoding="utf-8")
        assert "HELP_LINES_FILE" in refused(HELP_LINES_FILE=str(file))

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


class TestTheRuleOfSpaces:
    def test_is_eight_members_of_five_groups_none_above_40_percent(self):
        assert made()["SPACE_RULE"] == (8, 5, 0.4)

    def test_can_be_set(self):
        chosen = made(SPACE_LEAST_MEMBERS="12", SPACE_LEAST_GROUPS="6", SPACE_LARGEST_SHARE="25")
        assert chosen["SPACE_RULE"] == (12, 6, 0.25)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SPACE_LEAST_MEMBERS", "4"),
            ("SPACE_LEAST_MEMBERS", "many"),
            ("SPACE_LEAST_MEMBERS", ""),
            ("SPACE_LEAST_GROUPS", "1"),
            ("SPACE_LEAST_GROUPS", "9"),
            ("SPACE_LARGEST_SHARE", "0"),
            ("SPACE_LARGEST_SHARE", "51"),
            ("SPACE_LARGEST_SHARE", "0.4"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, name, value):
        assert "SPACE_L" in refused(**{name: value})
