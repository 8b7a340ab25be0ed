"""What every test may ask for, and the one thing none may do: reach beyond this machine."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.support.network",
    "tests.support.held_clock",
    "tests.support.databases",
    "tests.support.hushed",
    "tests.support.application",
    "tests.support.live_server",
    "tests.support.browser",
]

settings.register_profile(
    "forum",
    deadline=None,  # a busy machine is no failure
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,  # new examples are looked for at one's desk
)
settings.load_profile("forum")
