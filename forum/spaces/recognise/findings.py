"""What the check is told of the writer, and what it says of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from flask_babel import LazyString

from forum.core.i18n import _l


class Level(IntEnum):
    """How much a finding weighs; the larger wins where two overlap."""

    NOTE = 1
    ASK = 2
    STOP = 3


class Kind(StrEnum):
    OWN_EMPLOYER = "own_employer"
    OWN_NAME = "own_name"
    EMAIL = "email"
    PHONE = "phone"
    PERSON = "person"
    FIRM = "firm"
    POSITION = "position"
    DATE = "date"
    AMOUNT = "amount"
    SINGULAR = "singular"
    PRODUCT = "product"


WHY = {
    Kind.OWN_EMPLOYER: _l("This names where you work."),
    Kind.OWN_NAME: _l("This is your own name."),
    Kind.EMAIL: _l("This is an e-mail address."),
    Kind.PHONE: _l("This is a telephone number."),
    Kind.PERSON: _l("This seems to name somebody. Would they want it? Could it lead to you?"),
    Kind.FIRM: _l("This seems to name a firm. Could it lead to you?"),
    Kind.POSITION: _l("A role, a place and a trade together can point at one person."),
    Kind.DATE: _l("An exact date can be looked up by whoever was there."),
    Kind.AMOUNT: _l("An exact amount can be recognised."),
    Kind.SINGULAR: _l("This fits very few people, perhaps only one."),
    Kind.PRODUCT: _l("A name from inside the firm can be recognised."),
}


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer of the writer's, or of its group: what it is called, and its mail domains."""

    names: tuple[str, ...]
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """All that the check knows of the writer; the caller gives it and nothing of it is kept."""

    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    employers: tuple[Employer, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` stand at text[start:end]; `gentler`, if we know of something, could stand there."""

    level: Level
    kind: Kind
    start: int
    end: int
    words: str
    gentler: LazyString | str | None = None

    @property
    def why(self) -> LazyString | str:
        return WHY[self.kind]
