import pytest

from forum.models.accounts import User
from forum.models.circles import Circle
from tests.support import community


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


@pytest.fixture
def ben(app_context: None) -> User:
    return community.person("Ben")


@pytest.fixture
def retail(app_context: None) -> Circle:
    return community.circle("retail")
