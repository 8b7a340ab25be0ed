"""A mistake in every form of the site. A new form must be added (test_mistakes)."""

from dataclasses import dataclass, field

from tests.browser.pages import GUEST, MEMBER, MODERATOR
from tests.browser.texts import LONG_WORD
from tests.support import community

TOO_LONG = "word " * 4_001
TOO_MUCH = "Some reason. " * 40
STARS = "*a **b " * 1_000


@dataclass(frozen=True)
class Mistake:
    """What somebody types where, by the fields' labels, and which fields are named as wrong."""

    who: str
    path: str
    wrong: tuple[str, ...]
    typed: dict[str, str] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)
    """Typed too, but never given back."""


EMPLOYER, CODE = "Name of the employer", "The eight digits"
WORK = "/settings/employers/{work}"
WORD = "Word to mute"
NOTE, REASON = "A few words to the moderators", "Reason, as they will read it"
NAME, ADDRESS, TITLE = "Your name", "E-mail address", "Title"
MISTAKES: dict[str, list[Mistake]] = {
    "/join": [Mistake(GUEST, "/join", (ADDRESS,), {ADDRESS: "nobody at all"})],
    "/reset": [Mistake(GUEST, "/reset", (ADDRESS,), {ADDRESS: f"{LONG_WORD}@"})],
    "/sign-in": [
        Mistake(GUEST, "/sign-in", ("Password",), {ADDRESS: "x@site.example"}, {"Password": "no"}),
        Mistake(GUEST, "/sign-in", (ADDRESS, "Password")),
    ],
    "/confirm/<token:token>": [
        Mistake(GUEST, "{join_link}", ("Password",), {NAME: "Noor"}, {"Password": "short"}),
        Mistake(GUEST, "{join_link}", (NAME,), {NAME: "x" * 41}, {"Password": community.PASSWORD}),
    ],
    "/reset/<token:token>": [
        Mistake(GUEST, "{reset_link}", ("New password",), secret={"New password": "password1234"})
    ],
    "/settings/password": [
        Mistake(
            MEMBER,
            "/settings/password",
            ("Present password",),
            secret={"Present password": "not mine", "New password": community.PASSWORD + "!"},
        )
    ],
    "/settings/quiet": [
        Mistake(MEMBER, "/settings/quiet", (WORD,), {WORD: "?!"}),
        Mistake(MEMBER, "/settings/quiet", (WORD,), {WORD: LONG_WORD}),
    ],
    "/saved/<id:public_id>": [
        Mistake(MEMBER, "/saved/{answer}", ("Your note",), {"Your note": "word " * 50})
    ],
    "/settings/address": [
        Mistake(MEMBER, "/settings/address", ("Password",), secret={"Password": "not mine"})
    ],
    "/settings/address/new": [
        Mistake(
            MEMBER,
            "/settings/address/new",
            ("Whose mailbox is it?", "Password"),
            {ADDRESS: "ana@elsewhere.example"},
        )
    ],
    "/settings/name": [Mistake(MEMBER, "/settings/name", (NAME,), {NAME: "x" * 41})],
    "/settings/closing": [
        Mistake(MEMBER, "/settings/closing", ("What you wrote in circles", "Password"))
    ],
    "/settings/mail": [
        Mistake("newcomer", "/settings/mail", ("How often shall we write to you?",))
    ],
    "/settings/profile": [
        Mistake(
            MEMBER,
            "/settings/profile",
            ("Languages you like to write in", "City whose time you live by"),
            {
                "Languages you like to write in": LONG_WORD,
                "City whose time you live by": "Atlantis",
            },
        )
    ],
    "/welcome": [
        Mistake(
            "newcomer",
            "/welcome",
            ("What are you trying to change?",),
            {"What are you trying to change?": "word " * 201},
        )
    ],
    "/settings/staff": [
        Mistake("staff", "/settings/staff", ("Password",), secret={"Password": "not mine"})
    ],
    "/settings/claim": [Mistake(MEMBER, "/settings/claim", (ADDRESS,), {ADDRESS: "@"})],
    "/settings/employers/new": [
        Mistake(MEMBER, "/settings/employers/new", (EMPLOYER,), {EMPLOYER: "!!!"}),
        Mistake(MEMBER, "/settings/employers/new", (EMPLOYER,), {EMPLOYER: LONG_WORD * 2}),
    ],
    "/settings/employers/<id:public_id>/address": [
        Mistake(MEMBER, f"{WORK}/address", (ADDRESS,), {ADDRESS: "ana@gmail.com"})
    ],
    "/settings/employers/<id:public_id>/code": [
        Mistake(MEMBER, f"{WORK}/code", (CODE,), {CODE: "not it"})
    ],
    "/staff/employers/new": [Mistake("staff", "/staff/employers/new", ("Name",), {"Name": "!"})],
    "/staff/employers/<id:public_id>": [
        Mistake("staff", "/staff/employers/{firm}", ("Name",), {"Name": "", "Group": "The Winds"})
    ],
    "/staff/employers/changes": [
        Mistake("staff", "/staff/employers/changes", (ADDRESS,), {ADDRESS: "nobody@firm.example"})
    ],
    "/c/<slug:slug>/edit": [
        Mistake(MODERATOR, "/c/{empty}/edit", ("Purpose",), {"Purpose": "", "Rules": "Be *kind*."}),
        Mistake(MODERATOR, "/c/{empty}/edit", ("Rules",), {"Purpose": "Quiet.", "Rules": STARS}),
    ],
    "/c/<slug:slug>/request": [
        Mistake("newcomer", "/c/{locked}/request", (NOTE,), {NOTE: TOO_MUCH}),
    ],
    "/c/<slug:slug>/requests/<id:public_id>/refusal": [
        Mistake(MODERATOR, "/c/{locked}/requests/{asking}/refusal", (REASON,), {REASON: TOO_MUCH}),
    ],
    "/c/<slug:slug>/members/<id:public_id>/removal": [
        Mistake(MODERATOR, "/c/{circle}/members/{someone}/removal", (REASON,), {REASON: ""}),
    ],
    "/c/<slug:slug>/invitations": [
        Mistake(MODERATOR, "/c/{locked}/invitations", ("Handle",), {"Handle": "nobody"}),
    ],
    "/c/<slug:slug>/new": [
        Mistake(
            MEMBER,
            "/c/{empty}/new",
            ("Tags",),
            {TITLE: "Why?", "Your text": "Half an hour.", "Tags": "a,b,c,d,e,f"},
        ),
        Mistake(MEMBER, "/c/{empty}/new", (TITLE,), {TITLE: "", "Your text": "Half an hour."}),
        Mistake(MEMBER, "/c/{empty}/new", ("Your text",), {TITLE: "Long", "Your text": TOO_LONG}),
    ],
    "/c/<slug:slug>/new/file": [
        Mistake(MEMBER, "/c/{empty}/new/file", ("File",), {"What the picture shows": "A chart"})
    ],
    "/p/<id:public_id>/reply/file": [
        Mistake(MEMBER, "/p/{answer}/reply/file", ("File",), {"What the picture shows": "A chart"})
    ],
    "/p/<id:public_id>/edit/file": [
        Mistake(MEMBER, "/p/{mine}/edit/file", ("File",), {"What the picture shows": "A chart"})
    ],
    "/s/<id:public_id>/new/file": [
        Mistake(MEMBER, "/s/{space}/new/file", ("File",), {"What the picture shows": "A chart"})
    ],
    "/s/<id:public_id>/new": [
        Mistake(MEMBER, "/s/{space}/new", (TITLE,), {TITLE: "", "Your text": "Half an hour."}),
    ],
    "/p/<id:public_id>/reply": [
        Mistake(MEMBER, "/p/{lonely}/reply", ("Your reply",), {"Your reply": TOO_LONG}),
        Mistake(MEMBER, "/p/{lonely}/reply", ("Your reply",), {"Your reply": "  "}),
    ],
    "/p/<id:public_id>/edit": [
        Mistake(MEMBER, "/p/{own}/edit", (TITLE,), {TITLE: "x" * 201, "Your text": "Otherwise."}),
        Mistake(MEMBER, "/p/{mine}/edit", ("Your text",), {"Your text": TOO_LONG}),
    ],
    "/p/<id:public_id>/report": [
        Mistake(
            MEMBER,
            "/p/{answer}/report",
            ("What is wrong?",),
            {"Anything the moderators should know": "It names my employer."},
        )
    ],
    "/p/<id:public_id>/hiding": [
        Mistake(
            MODERATOR,
            "/p/{answer}/hiding",
            ("Reason, as its author will read it",),
            {"Reason, as its author will read it": TOO_MUCH},
        )
    ],
}
NOTHING_TO_MISTAKE = {
    "/invitations/<token:token>": "one button",
    "/c/<slug:slug>/membership/end": "one button",
    "/c/<slug:slug>/space": "one button",
    "/claim/<token:token>": "one button",
    "/p/<id:public_id>/removal": "one button",
    "/people/<id:public_id>/block": "one button",
    "/s/<id:public_id>/leave": "one button",
    "/settings/address/new/<token:token>": "one button",
    "/settings/address/old/<token:token>": "one button",
    "/settings/export": "one button",
    "/settings/notes": "boxes to tick, of which any number is right",
    "/vouch/<token:token>": "one button",
}
ALL = [mistake for mistakes in MISTAKES.values() for mistake in mistakes]
