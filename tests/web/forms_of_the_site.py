"""Every form of the site, filled in well, for the one person who may send them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core.db import transaction
from forum.models.circles import Role
from tests.support import community
from tests.support.community import circle, join, person, reply, report, topic
from tests.support.workplaces import ask, employer_id, works_for

FORM = "application/x-www-form-urlencoded"


@dataclass
class Desk:
    """Ana, who moderates and is staff, at her browser, with something to act on of each kind."""

    client: FlaskClient
    token: str
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    """The fields of each form, by its address."""

    def send(self, where: str, fields: Mapping[str, str | bytes]) -> TestResponse:
        """Send fields as a browser does, or as none would: bytes go as they are."""
        all_fields = {"csrf_token": self.token, **fields}
        pairs = (f"{name}={_quoted(value)}" for name, value in all_fields.items())
        return self.client.post(where, data="&".join(pairs), content_type=FORM)


def _quoted(value: str | bytes) -> str:
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return quote_from_bytes(raw, safe="")


def settle(app: Flask) -> Desk:
    with app.app_context(), transaction():
        ana, ben, retail = person("Ana", staff=True), person("Ben"), circle("retail")
        join(ana, retail, Role.MODERATOR)
        mine, theirs = topic(ana, retail), topic(ben, retail)
        answer = reply(ana, theirs)
    with app.app_context():
        reported = report(ana, theirs)
        work = works_for(ana, "Northwind")
        ask(ana, work, "ana@northwind.example")
        firm = employer_id("Contoso")
    client = app.test_client()
    community.sign_in(client, ana)
    desk = Desk(client, community.csrf(client))
    desk.forms = _forms(mine, theirs, answer, reported) | _workplaces(work, firm)
    return desk


def _forms(mine: str, theirs: str, answer: str, reported: str) -> dict[str, dict[str, str]]:
    profile = {
        "trying": "Lids",
        "part": "ally",
        "industry": "G",
        "met": "legal",
        "broken": "budget",
        "broke_through": "Slowly",
        "company_size": "large",
        "company_market": "b2b",
        "company_regulated": "no",
        "region": "039",
        "languages": "English, Portuguese",
        "time_zone": "Lisbon",
        "listed": "y",
    }
    with_a_file = f"Words [a](/files/{'a' * 24})"
    text = {"body": "Words", "nonce": "n" * 22, "draft_place": "", "draft_version": ""}
    return {
        "/c/retail/edit": {"purpose": "A purpose", "rules": "A rule", "hue": "3"},
        "/c/retail/membership": {"next": "/"},
        "/c/retail/membership/end": {},
        "/c/retail/new": {"title": "A title", **text},
        "/drafts": {"title": "", **text, "draft_place": "topic:retail"},
        f"/p/{answer}/edit": text,
        f"/p/{answer}/removal": {},
        f"/p/{mine}/edit": {"title": "A title", **text},
        f"/p/{theirs}/hiding": {"reason": "Too loud."},
        f"/p/{theirs}/hiding/end": {},
        f"/p/{theirs}/reply": text,
        f"/p/{theirs}/report": {"reason": "other", "words": "Look at this"},
        "/preview": {"body": with_a_file, "draft_place": f"reply:{theirs}", "title": ""},
        f"/p/{theirs}/bookmark": {"note": "For Monday", "next": "/"},
        f"/p/{theirs}/bookmark/end": {"note": "For Monday", "next": "/"},
        f"/p/{theirs}/reactions": {"kind": "thanks", "next": "/"},
        "/c/retail/watch": {"level": "watching", "next": "/"},
        "/settings/quiet": {"word": "synergy"},
        "/settings/quiet/words/end": {"word": "synergy"},
        f"/reports/{reported}/settled": {},
        "/reset": {"address": "ben@site.example"},
        "/settings/address/new": {
            "address": "ana@elsewhere.example",
            "kind": "personal",
            "current": "not hers",
        },
        "/settings/address/new/end": {},
        "/settings/closing": {"words": "keep", "current": "not hers"},
        "/settings/export": {},
        "/settings/mail": {"rhythm": "daily"},
        "/settings/name": {"name": "Ana Duarte"},
        "/settings/profile": profile,
        "/settings/sign-ins/others/end": {},
        "/welcome": {**profile, "rhythm": "weekly"},
        "/welcome/end": {"next": "/"},
        "/settings/claim": {"address": "old@site.example"},
        "/settings/notes": {"notes": "illness"},
        "/settings/password": {"current": "not hers", "password": "seven boats past a lighthouse"},
        "/settings/staff": {"current": "not hers"},
        f"/t/{mine}/closure": {},
        f"/t/{mine}/closure/end": {},
        f"/t/{mine}/pin": {},
        f"/t/{mine}/pin/end": {},
    }


def _workplaces(work: str, firm: str) -> dict[str, dict[str, str]]:
    return {
        "/settings/employers/new": {
            "employer": "Fabrikam",
            "tie": "works_for",
            "time": "past",
            "began": "2024-01",
            "ended": "2024-12",
        },
        "/settings/employers/vouches/retail": {},
        f"/settings/employers/{work}/address": {"address": "ana@northwind.example"},
        f"/settings/employers/{work}/code": {"code": "not it"},
        f"/settings/employers/{work}/end": {},
        f"/settings/employers/{work}/removal": {},
        "/staff/employers/new": {"employer": "Litware"},
        "/staff/employers/changes": {"address": "ben@site.example"},
        f"/staff/employers/{firm}": {"employer": "Contoso AG", "group": "Cons"},
        f"/staff/employers/{firm}/domains": {"domain": "contoso.example"},
        f"/staff/employers/{firm}/domains/end": {"domain": "contoso.example"},
        f"/staff/employers/{firm}/merger": {"into": "Northwind"},
    }
