"""No test reaches beyond this machine: any socket but loopback (or a Unix one) fails it."""

import ipaddress
import sys
from collections.abc import Iterator

import pytest

_reached: list[str] = []


class ReachedOut(AssertionError):
    """A test tried to speak to another machine."""


def _watch(event: str, details: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = details[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = details[0]
    else:
        return
    if not _stays_here(host):
        _reached.append(f"{event} to {host!r}")
        raise ReachedOut(_reached[-1])


def _stays_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


sys.addaudithook(_watch)


def take_reached() -> list[str]:
    """What was refused so far in this test, and forget it."""
    taken = _reached.copy()
    _reached.clear()
    return taken


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """Fail even where the code under test swallowed the refusal."""
    take_reached()
    yield
    reached = take_reached()
    assert not reached, f"this test reached beyond the machine: {', '.join(reached)}"
