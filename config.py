"""Configuration, read once from the environment. `docs` for each name: the table in README.md."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import localedata
from sqlalchemy import make_url

MIN_SECRET_CHARS = 32
QUICK_LEAVE_URL = "https://www.wikipedia.org/"
"""Where "leave quickly" leads: a page nobody wonders about."""
MAKE_A_SPACE_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_INSTANCE = Path(__file__).resolve().parent / "instance"
"""Where Flask-SQLAlchemy puts an SQLite file that is named without its folder."""
_SPACE_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")
_HELP_LINE = re.compile(r"(\+?[0-9][0-9 ()/-]{1,24}|https://[^\s|]+)")
"""A number to call, or the address of a directory."""
_NOT_SECRETS = ("change", "secret", "default", "example", "password", "insecure")


class BadConfiguration(RuntimeError):
    """The site refuses to start: the sentence says what to set."""


def from_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All that `create_app` needs. BadConfiguration says in a sentence which variable is wrong."""
    development = environ.get("CAHOOTS_ENV", "production") == "development"
    data = Path(environ.get("DATA", "data")).resolve()
    site_url = environ.get("SITE_URL", "" if not development else "http://127.0.0.1:8000")
    parts = urlsplit(site_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadConfiguration(
            "Set SITE_URL to the address people type, like https://forum.example"
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadConfiguration("SITE_URL has no path: the site needs a host name of its own")
    if development and parts.hostname not in _THIS_MACHINE:
        raise BadConfiguration("CAHOOTS_ENV=development shows everybody's mail: only on localhost")
    if not development and environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise BadConfiguration("FLASK_DEBUG runs what visitors type: never in production")
    secure = parts.scheme == "https"
    database = _database(environ, data)
    return {
        "DEVELOPMENT": development,
        "DATA": str(data),
        "FILES": environ.get("FILES", str(data / "files")),
        "SITE_NAME": environ.get("SITE_NAME", "Cahoots"),
        "SITE_URL": site_url.rstrip("/"),
        "SECRET_KEY": _secret(environ, data, development),
        "SPACE_KEYS": _space_keys(environ, () if development else _kept_with(data, database)),
        "SQLALCHEMY_DATABASE_URI": database,
        "TRUSTED_HOSTS": _hosts(environ, parts.hostname, development),
        "PROXIES": _count(environ, "PROXIES"),
        "OPERATOR_NAME": environ.get("OPERATOR_NAME", ""),
        "OPERATOR_POSTAL": environ.get("OPERATOR_POSTAL", ""),
        "OPERATOR_EMAIL": environ.get("OPERATOR_EMAIL", ""),
        "PRIVACY_EXTRA": _text(environ, "PRIVACY_EXTRA_FILE"),
        "HELP_LINES": _help_lines(_text(environ, "HELP_LINES_FILE")),
        "LOCALES": _locales(environ),
        "SPACE_RULE": _space_rule(environ),
        "QUICK_LEAVE_URL": environ.get("QUICK_LEAVE_URL", QUICK_LEAVE_URL),
        "SESSION_COOKIE_NAME": "__Host-cahoots" if secure else "cahoots",
        "SESSION_COOKIE_SECURE": secure,
    } | FIXED


FIXED: dict[str, Any] = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_REFRESH_EACH_REQUEST": False,
    "PERMANENT_SESSION_LIFETIME": timedelta(days=21),  # the sign-in itself ends before
    "WTF_CSRF_TIME_LIMIT": None,
    "WTF_CSRF_SSL_STRICT": False,
    "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_pre_ping": True},
    "MAX_CONTENT_LENGTH": 1_000_000,
    "MAX_FORM_MEMORY_SIZE": 500_000,
    "MAX_FORM_PARTS": 200,
    "BABEL_DEFAULT_LOCALE": "en",
    "BABEL_DEFAULT_TIMEZONE": "UTC",
    "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
    "COMPRESS_ZSTD_LEVEL": 1,
    "COMPRESS_BR_LEVEL": 1,
    "COMPRESS_LEVEL": 1,
    "COMPRESS_MIN_SIZE": 1024,
}
"""The same everywhere. A form has no time limit of its own: it lives as long as the sign-in, so a
page left open over night still sends."""


def _secret(environ: Mapping[str, str], data: Path, development: bool) -> str:
    given = environ.get("SECRET_KEY", "")
    file = environ.get("SECRET_KEY_FILE", "")
    if file:
        given = _secret_from(Path(file), data, development)
    if len(given) < MIN_SECRET_CHARS:
        raise BadConfiguration(
            f"Set SECRET_KEY or SECRET_KEY_FILE to at least {MIN_SECRET_CHARS} random characters,"
            " for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(set(given)) < 10 or any(word in given.lower() for word in _NOT_SECRETS):
        raise BadConfiguration("SECRET_KEY looks like a default; set it to random characters")
    return given


def _secret_from(path: Path, data: Path, development: bool) -> str:
    text = _private_text("SECRET_KEY_FILE", path)
    if not development and path.resolve().is_relative_to(data):
        raise BadConfiguration("SECRET_KEY_FILE lies beside the database; keep it outside DATA")
    return text.strip()


def _private_text(name: str, path: Path) -> str:
    """What a file says that its owner alone may reach."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"{name} cannot be read: {_why(error)}") from None
    if mode & 0o077:
        raise BadConfiguration(f"{name} can be read by others; chmod 600 it")
    return text


def _why(error: OSError | UnicodeDecodeError) -> str:
    """Without the bytes at which reading failed: they may be of a key."""
    return str(error) if isinstance(error, OSError) else "it is not plain ASCII text"


def _space_keys(environ: Mapping[str, str], apart_from: tuple[Path, ...]) -> tuple[bytes, ...]:
    """The keys that wrap the secrets of private spaces, newest first."""
    given, file = environ.get("SPACE_KEYS", "").split(), environ.get("SPACE_KEYS_FILE", "")
    if given and file:
        raise BadConfiguration("Set SPACE_KEYS or SPACE_KEYS_FILE, not both")
    if file:
        given = _lines(_private_text("SPACE_KEYS_FILE", Path(file)))
        if any(Path(file).resolve().is_relative_to(folder) for folder in apart_from):
            raise BadConfiguration(
                "SPACE_KEYS_FILE lies beside the database; keep it outside DATA and outside the"
                " database's folder"
            )
    if not given:
        raise BadConfiguration(
            "Set SPACE_KEYS, or SPACE_KEYS_FILE to a file that holds a key, made by:"
            f" {MAKE_A_SPACE_KEY}"
        )
    name = "SPACE_KEYS_FILE" if file else "SPACE_KEYS"
    return tuple(_space_key(name, number, text) for number, text in enumerate(given, start=1))


def _lines(text: str) -> list[str]:
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return [line for line in lines if line]


def _space_key(name: str, number: int, text: str) -> bytes:
    if not _SPACE_KEY.fullmatch(text):
        raise BadConfiguration(f"Key {number} of {name} must be 43 characters of A-Z a-z 0-9 - _")
    key = base64.urlsafe_b64decode(text[:43] + "=")
    if base64.urlsafe_b64encode(key)[:43] != text[:43].encode():
        raise BadConfiguration(f"Key {number} of {name} has a wrong last character; copy it again")
    if len(set(key)) < 10:
        raise BadConfiguration(f"Key {number} of {name} is not random; use {MAKE_A_SPACE_KEY}")
    return key


def _kept_with(data: Path, database: str) -> tuple[Path, ...]:
    """The folders that are copied when somebody copies the database."""
    url = make_url(database)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return (data,)
    file = _INSTANCE / url.database.removeprefix("file:")
    return (data, file.resolve().parent)


def _database(environ: Mapping[str, str], data: Path) -> str:
    url = environ.get("DATABASE_URL", "")
    if not url:
        return f"sqlite:///{data / 'cahoots.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise BadConfiguration("DATABASE_URL must start with postgresql:// or sqlite:///")


def _hosts(environ: Mapping[str, str], hostname: str, development: bool) -> list[str]:
    more = environ.get("TRUSTED_HOSTS", "").split()
    return [hostname, *more, *(["localhost", "127.0.0.1"] if development else [])]


def _locales(environ: Mapping[str, str]) -> list[str]:
    names = environ.get("LOCALES", "en").split()
    unknown = [name for name in names if not localedata.exists(name)]
    if unknown or not names:
        raise BadConfiguration(f"LOCALES must name languages, like en or de, not {unknown}")
    return names


def _help_lines(text: str) -> tuple[tuple[str, str, str, date], ...]:
    """Further lines of the page "Help now": number or address, where, what, and when checked."""
    return tuple(_help_line(line) for line in _lines(text))


def _help_line(line: str) -> tuple[str, str, str, date]:
    parts = [part.strip() for part in line.split("|")]
    try:
        number, where, what, checked_on = parts
        checked = date.fromisoformat(checked_on)
    except ValueError:
        number = where = what = ""
    if not (_HELP_LINE.fullmatch(number) and where and what):
        raise BadConfiguration(
            "A line of HELP_LINES_FILE says: number or https address | where | what |"
            f" day it was checked, as 2026-11-30; not {line!r}"
        )
    return number, where, what, checked


def _space_rule(environ: Mapping[str, str]) -> tuple[int, int, float]:
    """How many members and groups a space needs, and the largest share of one group."""
    members = _count(environ, "SPACE_LEAST_MEMBERS", "8")
    groups = _count(environ, "SPACE_LEAST_GROUPS", "5")
    percent = _count(environ, "SPACE_LARGEST_SHARE", "40")
    if not 2 <= groups <= members:
        raise BadConfiguration(
            "SPACE_LEAST_GROUPS must be at least 2 and not more than SPACE_LEAST_MEMBERS"
        )
    if not 1 <= percent <= 50:
        raise BadConfiguration("SPACE_LARGEST_SHARE is a percentage from 1 to 50")
    return members, groups, percent / 100


def _count(environ: Mapping[str, str], name: str, otherwise: str = "0") -> int:
    text = environ.get(name, otherwise)
    if not text.isascii() or not text.isdigit():
        raise BadConfiguration(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _text(environ: Mapping[str, str], name: str) -> str:
    path = environ.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8") if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(f"{name} cannot be read: {error}") from None
