"""Invented writers, and a short way to ask what the check says."""

from forum.spaces.recognise import Employer, Finding, Kind, Level, Writer, check

ANA = Writer(
    names=("Ana Lima",),
    handles=("ana-lima",),
    addresses=("alima82@mail.example",),
    employers=(
        Employer(("Northwind Traders Ltd",), ("northwind.example",)),
        Employer(("Blue Harbor Foods",), ("bh-foods.com",)),
    ),
)
NOBODY = Writer()


def employed_by(*names: str, domains: tuple[str, ...] = ()) -> Writer:
    return Writer(employers=(Employer(names, domains),))


def called(*names: str) -> Writer:
    return Writer(names=names)


def findings(text: str, level: Level, writer: Writer = ANA) -> list[Finding]:
    return [finding for finding in check(text, writer) if finding.level is level]


def stopped(text: str, writer: Writer = ANA) -> list[str]:
    return [finding.words for finding in findings(text, Level.STOP, writer)]


def asked(text: str, writer: Writer = NOBODY) -> list[str]:
    return [finding.words for finding in findings(text, Level.ASK, writer)]


def noted(text: str, kind: Kind) -> list[str]:
    return [found.words for found in findings(text, Level.NOTE, NOBODY) if found.kind is kind]
