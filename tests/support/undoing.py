"""For tests that ask the site hundreds of things, each as if it were the first."""

import pytest
from sqlalchemy.orm import Session


def undo_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every transaction is written out, so that the database can object, and undone.

    What an answer says was done is then not there for the next question; throttles count nothing.
    """
    monkeypatch.setattr(Session, "commit", _write_out_and_undo)


def _write_out_and_undo(session: Session) -> None:
    session.flush()
    session.rollback()
