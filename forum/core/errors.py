"""The one family of errors a person may meet. Each carries an HTTP status and a sentence."""

from __future__ import annotations

from datetime import datetime

from flask_babel import LazyString

from forum.core.i18n import _l


class ForumError(Exception):
    """What a member asked for cannot be done; the sentence says why, on a page and in a mail."""

    status: int = 400
    sentence: LazyString | str = _l("That could not be done.")

    def __init__(self, sentence: LazyString | str | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.sentence)


class NotThere(ForumError):
    """Absent, or not theirs to know of: the two must look the same."""

    status = 404
    sentence = _l("There is nothing here, or nothing you can see.")


class NotAllowed(ForumError):
    """They may see it, but not do this to it."""

    status = 403
    sentence = _l("You can't do that here.")


class EditedMeanwhile(ForumError):
    """Another text stands there than the writer was shown; nothing was overwritten."""

    status = 409
    sentence = _l(
        "This was changed meanwhile, in another window or by somebody else. Both texts stand here,"
        " and nothing is lost."
    )


class TooOften(ForumError):
    """A limit was met; says until when."""

    status = 429
    sentence = _l("That was too often. Please wait a little.")

    def __init__(self, until: datetime) -> None:
        self.until = until
        clock = f"{until:%H:%M:%S}"
        super().__init__(_l("That was too often. It works again at %(clock)s UTC.", clock=clock))
