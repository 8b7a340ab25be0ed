"""What every test may ask for, and the one thing none may do: reach beyond this machine."""

from hypothesis import settings

pytest_plugins = [
    "tests.support.network",
    "tests.support.held_clock",
    "tests.support.databases",
    "tests.support.hushed",
    "tests.support.application",
    "tests.support.live_server",
    "tests.support.browser",
]

settings.register_profile("forum", deadline=None)  # a busy machine is no failure
settings.load_profile("forum")
