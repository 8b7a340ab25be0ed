"""What every test may ask for, and the one thing none may do: reach beyond this machine."""

pytest_plugins = [
    "tests.support.network",
    "tests.support.held_clock",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.live_server",
    "tests.support.browser",
]
