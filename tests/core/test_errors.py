from datetime import UTC, datetime

import pytest

from forum.core.errors import ForumError, NotAllowed, NotThere, TooOften


@pytest.mark.parametrize(
    ("error", "status"),
    [(ForumError(), 400), (NotThere(), 404), (NotAllowed(), 403)],
)
def test_each_error_has_a_status_and_a_sentence(any_app, error, status):
    with any_app.test_request_context():
        assert error.status == status
        assert str(error).endswith(".")


def test_a_sentence_of_its_own_takes_the_place_of_the_usual_one(any_app):
    with any_app.test_request_context():
        assert str(NotAllowed("Not on Sundays.")) == "Not on Sundays."


def test_too_often_says_until_when(any_app):
    until = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    error = TooOften(until)
    with any_app.test_request_context():
        assert (error.status, error.until) == (429, until)
        assert str(error)
