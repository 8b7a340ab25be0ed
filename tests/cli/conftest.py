from tests.accounts.conftest import imported

__all__ = ["imported"]
