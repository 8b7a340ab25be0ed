"""The written list of pages: who looks at which address. A new page must be added (test_pages)."""

from dataclasses import dataclass

EMPLOYERS, STAFF = "/settings/employers", "/staff/employers"
RETURN = "/settings/private-spaces"
GUEST, MEMBER, MODERATOR = "guest", "member", "moderator"


@dataclass(frozen=True)
class Look:
    """Somebody of the scene opens an address; `{talk}` and the like are filled in from it."""

    who: str
    path: str

    def __str__(self) -> str:
        return f"{self.who} {self.path}"


def all_see(*paths: str) -> list[Look]:
    return [Look(who, path) for path in paths for who in (GUEST, MEMBER, MODERATOR)]


def two_see(*paths: str) -> list[Look]:
    """For what a moderator sees like any member."""
    return [Look(who, path) for path in paths for who in (GUEST, MEMBER)]


def member_sees(*paths: str) -> list[Look]:
    return [Look(MEMBER, path) for path in paths]


def moderator_sees(*paths: str) -> list[Look]:
    return [Look(MODERATOR, path) for path in paths]


PAGES: dict[str, list[Look]] = {
    "/": [*all_see("/"), *[Look(who, "/") for who in ("newcomer", "other")]],
    "/circles": [*all_see("/circles"), *[Look(who, "/circles") for who in ("long", "other")]],
    "/privacy": two_see("/privacy"),
    "/keys": two_see("/keys"),
    "/contact": two_see("/contact"),
    "/join": [Look(GUEST, "/join")],
    "/join/sent": [Look(GUEST, "/join/sent")],
    "/confirm/<token:token>": [Look(GUEST, "{join_link}")],
    "/sign-in": [Look(GUEST, "/sign-in")],
    "/reset": two_see("/reset"),
    "/reset/sent": [Look(GUEST, "/reset/sent")],
    "/reset/<token:token>": [Look(GUEST, "{reset_link}")],
    "/settings": [
        *member_sees("/settings"),
        *[Look(who, "/settings") for who in ("staff", "shut")],
    ],
    "/settings/address": member_sees("/settings/address"),
    "/settings/address/new": [Look(who, "/settings/address/new") for who in (MEMBER, "shut")],
    "/settings/address/new/<token:token>": member_sees("{move_to_link}"),
    "/settings/address/old/<token:token>": member_sees("{move_from_link}"),
    "/settings/name": member_sees("/settings/name"),
    "/settings/profile": [Look(who, "/settings/profile") for who in (MEMBER, "long")],
    "/settings/mail": [Look(who, "/settings/mail") for who in (MEMBER, "newcomer")],
    "/settings/sign-ins": member_sees("/settings/sign-ins"),
    "/settings/export": member_sees("/settings/export"),
    "/settings/closing": member_sees("/settings/closing"),
    "/welcome": [Look(who, "/welcome") for who in ("newcomer", "long")],
    "/welcome/circles": [Look(who, "/welcome/circles") for who in (MEMBER, "newcomer")],
    "/people/<id:public_id>": [
        *member_sees("/people/{me}", "/people/{long_one}", "/people/{arab}"),
        Look("newcomer", "/people/{me}"),
    ],
    "/settings/private-spaces": [Look(who, RETURN) for who in (MEMBER, "shut")],
    "/settings/password": member_sees("/settings/password"),
    "/settings/notes": member_sees("/settings/notes", "/settings/notes?quiet=1"),
    "/settings/quiet": [*member_sees("/settings/quiet"), Look("newcomer", "/settings/quiet")],
    "/people/<id:public_id>/block": member_sees("/people/{met}/block", "/people/{blocked}/block"),
    "/settings/staff": [Look("staff", "/settings/staff")],
    "/settings/claim": member_sees("/settings/claim"),
    "/settings/claim/sent": member_sees("/settings/claim/sent"),
    "/settings/employers": [*member_sees(EMPLOYERS), Look("newcomer", EMPLOYERS)],
    "/settings/employers/new": member_sees(f"{EMPLOYERS}/new"),
    "/settings/employers/<id:public_id>/address": member_sees(EMPLOYERS + "/{work}/address"),
    "/settings/employers/<id:public_id>/code": member_sees(EMPLOYERS + "/{work}/code"),
    "/vouch/<token:token>": [Look("other", f"/vouch/{{{of}}}") for of in ("vouch", "back")],
    "/staff/employers": [Look("staff", STAFF), Look("staff", f"{STAFF}?find=none")],
    "/staff/employers/new": [Look("staff", f"{STAFF}/new")],
    "/staff/employers/<id:public_id>": [Look("staff", STAFF + "/{firm}")],
    "/staff/employers/changes": [Look("staff", f"{STAFF}/changes")],
    "/claim/<token:token>": member_sees("{claim_link}", "{vain_claim_link}"),
    "/c/<slug:slug>": [
        *all_see("/c/{circle}", "/c/{outside}"),
        *member_sees("/c/{circle}?tab=unanswered", "/c/{circle}?tab=new"),
        *member_sees("/c/{empty}", "/c/{empty}?tab=unanswered"),
        *member_sees("/c/{circle}?like=mine", "/c/{circle}?market=b2b", "/c/{circle}?tag=none"),
        *moderator_sees("/c/{locked}"),
    ],
    "/c/<slug:slug>/about": [
        *all_see("/c/{circle}/about"),
        *two_see("/c/{outside}/about"),
        *[Look(who, "/c/{locked}/about") for who in ("long", "other", "member", "newcomer")],
        *moderator_sees("/c/{locked}/about"),
    ],
    "/c/<slug:slug>/narrow": all_see("/c/{circle}/narrow"),
    "/c/<slug:slug>/people": [
        *member_sees("/c/{circle}/people", "/c/{circle}/people?barrier=legal"),
        *member_sees("/c/{empty}/people", "/c/{empty}/people?barrier=legal"),
    ],
    "/c/<slug:slug>/members": moderator_sees("/c/{circle}/members", "/c/{locked}/members"),
    "/c/<slug:slug>/members/<id:public_id>/removal": moderator_sees(
        "/c/{circle}/members/{someone}/removal"
    ),
    "/c/<slug:slug>/request": [Look("newcomer", "/c/{locked}/request")],
    "/c/<slug:slug>/requests": moderator_sees("/c/{locked}/requests", "/c/{circle}/requests"),
    "/c/<slug:slug>/requests/<id:public_id>/refusal": moderator_sees(
        "/c/{locked}/requests/{asking}/refusal"
    ),
    "/c/<slug:slug>/invitations": moderator_sees("/c/{locked}/invitations"),
    "/invitations/<token:token>": [Look("newcomer", "/invitations/{invitation}")],
    "/c/<slug:slug>/edit": moderator_sees("/c/{circle}/edit"),
    "/c/<slug:slug>/membership/end": member_sees(
        "/c/{circle}/membership/end", "/c/{private}/membership/end"
    ),
    "/c/<slug:slug>/new": member_sees("/c/{circle}/new", "/c/{empty}/new"),
    "/c/<slug:slug>/new/file": member_sees("/c/{circle}/new/file"),
    "/c/<slug:slug>/space": [
        *member_sees("/c/{private}/space", "/c/{circle}/space"),
        *[Look(who, "/c/{private}/space") for who in ("other", "arab", "shut")],
    ],
    "/s/<id:public_id>": [
        *member_sees("/s/{space}", "/s/{bare}"),
        *moderator_sees("/s/{space}"),
    ],
    "/s/<id:public_id>/new": member_sees("/s/{space}/new"),
    "/s/<id:public_id>/new/file": member_sees("/s/{space}/new/file"),
    "/s/<id:public_id>/leave": member_sees("/s/{space}/leave"),
    "/s/<id:public_id>/mine": member_sees("/s/{space}/mine", "/s/{bare}/mine"),
    "/help-now": [*two_see("/help-now"), *member_sees("/help-now?quiet=1")],
    "/promise": [*two_see("/promise"), *member_sees("/promise?quiet=1")],
    "/c/<slug:slug>/reports": moderator_sees("/c/{circle}/reports", "/c/{empty}/reports"),
    "/t/<id:public_id>": [
        *all_see("/t/{talk}", "/t/{extreme}", "/t/{closed}"),
        *[Look(who, "/t/{talk}") for who in ("newcomer", "suspended", "staff")],
        *[Look(who, "/t/{answered}") for who in (GUEST, MEMBER, "other")],
        *[Look(who, "/t/{talk}?view=time") for who in (GUEST, MODERATOR)],
        *[Look(who, "/t/{hidden_topic}") for who in (MEMBER, MODERATOR)],
        *member_sees("/t/{lonely}", "/t/{arabic}", "/t/{long}", "/t/{imported}"),
        *member_sees("/t/{extreme}?view=time", "/t/{long}?from={second_page}"),
        *member_sees("/t/{told}", "/t/{told_mine}", "/t/{told}?view=time"),
        *moderator_sees("/t/{told}", "/t/{noted}"),
        *member_sees("/t/{noted}", "/t/{noted}?view=time", "/t/{noted_mine}"),
        *member_sees("/t/{noted_unfolded}"),
        Look("other", "/t/{talk}"),
        *member_sees("/t/{talk}?fold={mine}", "/t/{long}?view=time&from={second_page}"),
    ],
    "/p/<id:public_id>": [
        *all_see("/p/{answer}"),
        *member_sees("/p/{deepest}", "/p/{under}", "/p/{talk}"),
        *moderator_sees("/p/{hidden}"),
        *member_sees("/p/{told_own}", "/p/{noted_deep}"),
    ],
    "/p/<id:public_id>/reply": member_sees(
        *("/p/{answer}/reply", "/p/{extreme}/reply", "/p/{told_answer}/reply"),
        "/p/{noted}/reply",
    ),
    "/p/<id:public_id>/edit": member_sees(
        *("/p/{mine}/edit", "/p/{own}/edit", "/p/{told_own}/edit", "/p/{noted_mine}/edit")
    ),
    "/p/<id:public_id>/reply/file": member_sees(
        "/p/{answer}/reply/file", "/p/{told_answer}/reply/file"
    ),
    "/p/<id:public_id>/edit/file": member_sees("/p/{mine}/edit/file", "/p/{told_own}/edit/file"),
    "/p/<id:public_id>/history": [
        *two_see("/p/{answered}/history", "/p/{answered}/history?edit=1"),
        *member_sees("/p/{talk}/history"),
    ],
    "/p/<id:public_id>/reactions": member_sees("/p/{answered}/reactions", "/p/{talk}/reactions"),
    "/p/<id:public_id>/removal": member_sees(
        "/p/{mine}/removal", "/p/{own}/removal", "/p/{told_own}/removal"
    ),
    "/p/<id:public_id>/report": member_sees(
        "/p/{answer}/report", "/p/{extreme}/report", "/p/{told_answer}/report"
    ),
    "/p/<id:public_id>/hiding": moderator_sees(
        "/p/{answer}/hiding", "/p/{hidden}/hiding", "/p/{lonely}/hiding", "/p/{hidden_topic}/hiding"
    )
    + moderator_sees("/p/{told}/hiding"),
    "/notices": [
        *member_sees("/notices"),
        *[Look(who, "/notices") for who in ("newcomer", "long", "other", MODERATOR)],
    ],
    "/saved": [*member_sees("/saved"), Look("newcomer", "/saved")],
    "/saved/<id:public_id>": member_sees("/saved/{extreme}", "/saved/{answer}"),
    "/catch-up": [*member_sees("/catch-up"), Look("newcomer", "/catch-up")],
    "/drafts": [*member_sees("/drafts"), Look("newcomer", "/drafts")],
    "/dev/letters": two_see("/dev/letters"),
    "/dev/letters/<id:public_id>": two_see("/dev/letters/{letter}"),
}

NO_PAGES = {
    "/c/<slug:slug>/feed": "for feed readers",
    "/assets/<build>/<path:name>": "a file",
    "/avatars/<seed>.svg": "a picture",
    "/c/<slug:slug>/invitations/names": "for script",
    "/c/<slug:slug>/names": "for script",
    "/dev/letters/<id:public_id>/html": "a mail, in a sandbox of its own (test_letters)",
    "/elsewhere": "leads away from the site",
    "/favicon.ico": "a picture",
    "/files/<file:file_id>": "a picture or a document",
    "/healthz": "for machines",
    "/robots.txt": "for machines",
    "/sitemap.xml": "for machines",
    "/t/<id:public_id>/news": "for script",
    "/t/<id:public_id>/next-unread": "leads to another page",
}

LOOKS = [look for looks in PAGES.values() for look in looks]
