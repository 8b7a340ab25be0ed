"""The scene and the windows that a file of looking tests shares."""

import pytest

from tests.browser.looking import Windows
from tests.browser.scene import build


@pytest.fixture(scope="module")
def scene(lasting_server, tmp_path_factory):
    """Built once for a file of tests that only look."""
    return build(lasting_server, tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def windows(browser, scene):
    windows = Windows(browser, scene)
    yield windows
    windows.close()
