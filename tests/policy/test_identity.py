"""Whose a personal row is: a user's in a circle, never both a user's and a seat's."""

import pytest
from sqlalchemy.exc import IntegrityError

from forum.core import clock
from forum.core.db import transaction
from forum.models.circles import Circle
from forum.models.discussions import Draft
from forum.models.spaces import Space
from forum.policy import identity
from forum.policy.viewer import GUEST, Viewer
from tests.architecture import source
from tests.support.community import circle, person


def test_in_a_circle_a_row_belongs_to_the_user():
    assert identity.owner(Viewer(id=7)).columns() == {"user_id": 7, "seat": None}
    assert identity.owner(Viewer(id=7), Circle(id=1)).columns() == {"user_id": 7, "seat": None}


def test_a_guest_owns_nothing():
    with pytest.raises(TypeError):
        identity.owner(GUEST)


def test_what_keeps_no_personal_rows_is_refused():
    with pytest.raises(TypeError):
        identity.owner(Viewer(id=7), Space(id=1))  # type: ignore[arg-type]


@pytest.mark.parametrize("has_user", [False, True], ids=["none", "two"])
def test_the_database_refuses_a_row_with_owners_numbering(app_context, has_user):
    ana, _retail = person("Ana"), circle("retail")
    words = {"place": "topic:retail", "title": "", "body": "", "saved_at": clock.now()}
    wrong = {"user_id": ana.id, "seat": "s" * 64} if has_user else {}
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(Draft(id=2, public_id="b" * 12, **wrong, **words))
    with transaction() as session:
        session.add(Draft(id=1, public_id="a" * 12, user_id=ana.id, **words))


def test_every_personal_row_is_made_with_it():
    """No caller chooses between user and seat; where a row is made, `owner` is asked."""
    making = {"Draft", "ReadMark", "SubmitNonce", "Report"}
    for path in source.python_files("forum"):
        if "cli" not in path.parts and source.calls(path, *making):
            assert "identity.owner(" in path.read_text("utf-8"), source.name(path)
