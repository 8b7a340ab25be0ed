from collections.abc import Iterator

import pytest

from forum.core import seal
from tests.support.application import SPACE_KEY

NEW_KEY, OLD_KEY, OTHER_KEY = (bytes([number]) * 32 for number in (1, 2, 3))


@pytest.fixture
def _keys() -> Iterator[None]:
    """A newer and an older key, for this test only."""
    seal.configure_keys([NEW_KEY, OLD_KEY])
    yield
    seal.configure_keys([SPACE_KEY])
