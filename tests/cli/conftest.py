from tests.accounts.conftest import imported, mailbox

__all__ = ["imported", "mailbox"]
