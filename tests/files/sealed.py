"""A private space whose members add pictures, as the tests of sealed files want it."""

import re
from dataclasses import dataclass

from sqlalchemy import func, select

from forum.core.db import Base, db
from forum.models.files import SealedPicture, WaitingPicture
from forum.policy.visible import Reason, unscoped
from tests.support.space_people import Space

EMPLOYERS = {"Ana": "Northwind", "Ben": "Northwind", "Cem": "Contoso", "Dora": "Fabrikam"}
EMPLOYERS |= {"Eva": "Litware"}
SHOWN = re.compile(r'src="/files/([2-9a-z]{24})"')


@dataclass
class Sealed:
    """The space; Ana and Ben have one employer."""

    space: Space

    def add(self, who: str, content: bytes = b"") -> str:
        """The public id of a picture of theirs that waits."""
        return self.space.picture(who, content)

    def tell(self, who: str, *waiting: str) -> str:
        """A topic with pictures; its public id."""
        return self.space.tell(who, "It failed", text_of(*waiting))

    def told_with_one(self, who: str = "Ana") -> tuple[str, str]:
        """A topic of theirs with a picture: the public ids of both."""
        post = self.tell(who, self.add(who))
        (picture,) = self.shown(who, post)
        return post, picture

    def shown(self, who: str, post: str) -> list[str]:
        """Which pictures a post's page shows them."""
        return SHOWN.findall(self.space.client(who).get(f"/p/{post}").text)

    def status(self, who: str, picture: str) -> int:
        return self.space.client(who).get(f"/files/{picture}").status_code

    def counts(self) -> tuple[int, int]:
        """How many wait, and how many are in posts."""
        with self.space.app.app_context():
            return _count(WaitingPicture), _count(SealedPicture)


def text_of(*pictures: str) -> str:
    return "It failed.\n\n" + "\n\n".join(f"![A chart](/files/{each})" for each in pictures)


def _count(table: type[Base]) -> int:
    query = select(func.count()).select_from(table)
    return db.session.execute(unscoped(query, Reason.SET_UP)).scalar_one()
