"""What each route answers to whom: the written expectation that the access matrix holds it to.

An expectation says, for a role and a thing, one of: "shown" (200), "done" (off to another page),
"sign in" (a guest is sent to the door), "nothing" (404, like an id nobody has), "refused" (403:
they may see it, not do it), "on page" (422: the form again, with what was typed), "gone" (410),
"away" (303), "quiet" (204), "conflict" (409: not as things stand), "no space" (404: of a circle
they are in, so that it need not look like no circle).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journeys.access_world import (
    ALIAS,
    IN_SPACE,
    INSIDE,
    KNOWERS,
    MODERATORS,
    READERS,
    WRITERS,
    Thing,
)

BROAD = {"open", "members"}
Answer = Callable[[str, Thing], str]


@dataclass(frozen=True)
class Expectation:
    """How a route answers, and what is sent to it."""

    answer: Answer
    sends: dict[str, str] = field(default_factory=dict)


def _behind_the_door(rule: Answer) -> Answer:
    """Guests are asked to sign in, whatever is there; then only who may see the thing goes on."""

    def answer(who: str, thing: Thing) -> str:
        if who == "guest":
            return "sign in"
        return rule(who, thing) if who in thing.seen_by else "nothing"

    return answer


def _shown(_who: str, _thing: Thing) -> str:
    return "shown"


def _reacting(who: str, thing: Thing) -> str:
    """In a space, to what others wrote."""
    return "done" if thing.state == "in a space" and who != thing.owner else "refused"


def _unfolding(_who: str, thing: Thing) -> str:
    """Only in a space texts are folded."""
    return "done" if thing.state == "in a space" else "refused"


def _done(_who: str, _thing: Thing) -> str:
    return "done"


def _to_readers(who: str, thing: Thing) -> str:
    return "shown" if who in thing.seen_by else "nothing"


def _quiet_to_readers(who: str, thing: Thing) -> str:
    """In a space nothing tells that something came."""
    return "nothing" if thing.state == "in a space" else _quiet(_to_readers(who, thing))


def _quiet(answer: str) -> str:
    return "quiet" if answer == "shown" else answer


def _writers(yes: str) -> Answer:
    """Active members; in a locked topic only those of them who moderate."""

    def answer(who: str, thing: Thing) -> str:
        may = who in WRITERS and (not thing.locked or who in MODERATORS[thing.circle])
        return yes if may else "refused"

    return _behind_the_door(answer)


def _owner(yes: str, *, locked: str) -> Answer:
    def answer(who: str, thing: Thing) -> str:
        if who != thing.owner:
            return "refused"
        return locked if thing.locked else yes

    return _behind_the_door(answer)


def _moderators(yes: str) -> Answer:
    def answer(who: str, thing: Thing) -> str:
        return yes if who in MODERATORS[thing.circle] else "refused"

    return _behind_the_door(answer)


def _not_suspended(yes: str) -> Answer:
    return _behind_the_door(lambda who, _thing: "refused" if who == "suspended" else yes)


def _joining(who: str, thing: Thing) -> str:
    """By oneself only into open and members' circles, and not after being sent away."""
    lets_in = thing.circle in BROAD and who not in {"suspended", "removed"}
    return "done" if lets_in else "refused"


def _leaving(who: str, _thing: Thing) -> str:
    return "done" if who in INSIDE else "refused"


def _moderators_reports(who: str, thing: Thing) -> str:
    if who == "guest":
        return "sign in"
    return "done" if who in MODERATORS[thing.circle] else "nothing"


def _own_page(yes: str) -> Answer:
    return lambda who, _thing: "sign in" if who == "guest" else yes


def _staff_page(yes: str) -> Answer:
    def answer(who: str, _thing: Thing) -> str:
        if who == "guest":
            return "sign in"
        return yes if who in {"staff", "stale"} else "nothing"

    return answer


def _staff_only(yes: str) -> Answer:
    """Staff whose password is fresh; for everybody else there is no such page."""

    def answer(who: str, _thing: Thing) -> str:
        if who == "guest":
            return "sign in"
        return yes if who == "staff" else "nothing"

    return answer


def _circle_members(yes: str) -> Answer:
    def answer(who: str, _thing: Thing) -> str:
        if who == "guest":
            return "sign in"
        return yes if who in INSIDE else "nothing"

    return answer


def _entering(who: str, thing: Thing) -> str:
    """Only into the open circle's space, and only where it is known where they work."""
    if who == "guest":
        return "sign in"
    if who not in INSIDE:
        return "nothing"
    if who == "suspended":
        return "refused"
    if thing.circle != "open":
        return "no space"
    return "done" if who in IN_SPACE else "refused"


def _away(_who: str, _thing: Thing) -> str:
    return "away"


def _for_guests(yes: str) -> Answer:
    """Whoever is signed in is led past it."""
    return lambda who, _thing: yes if who == "guest" else "done"


def _nothing_in_production(_who: str, _thing: Thing) -> str:
    return "nothing"


def _gone(_who: str, _thing: Thing) -> str:
    return "gone"


def _draft(_who: str, thing: Thing) -> str:
    """May be kept for any place one may see."""
    return "shown" if thing.public_id else "nothing"


TEXT = {"body": "Some words", "title": "A title", "nonce": "n" * 22}
HIDING = {"reason": "Too loud."}
REPORT = {"reason": "spam", "words": ""}
CIRCLE = {"purpose": "Another purpose", "rules": "", "hue": "3"}

EXPECTED: dict[tuple[str, str], Expectation] = {
    ("accounts.address", "GET"): Expectation(_own_page("shown")),
    ("accounts.address", "POST"): Expectation(_own_page("on page")),
    ("accounts.claim", "GET"): Expectation(_own_page("shown")),
    ("accounts.claim", "POST"): Expectation(_own_page("on page")),
    ("accounts.claim_link", "GET"): Expectation(_own_page("gone")),
    ("accounts.claim_link", "POST"): Expectation(_own_page("gone")),
    ("accounts.claim_sent", "GET"): Expectation(_own_page("shown")),
    ("accounts.confirm", "GET"): Expectation(_gone),
    ("accounts.confirm", "POST"): Expectation(_gone),
    ("accounts.end_sign_in", "POST"): Expectation(_own_page("done")),
    ("accounts.new_password", "GET"): Expectation(_gone),
    ("accounts.new_password", "POST"): Expectation(_gone),
    ("accounts.notes", "GET"): Expectation(_own_page("shown")),
    ("accounts.notes", "POST"): Expectation(_own_page("done"), {"notes": "illness"}),
    ("accounts.password", "GET"): Expectation(_own_page("shown")),
    ("accounts.password", "POST"): Expectation(_own_page("on page")),
    ("accounts.prove", "GET"): Expectation(_staff_page("shown")),
    ("accounts.prove", "POST"): Expectation(_staff_page("on page")),
    ("accounts.reset", "GET"): Expectation(_shown),
    ("accounts.reset", "POST"): Expectation(lambda _who, _thing: "on page"),
    ("accounts.reset_sent", "GET"): Expectation(_shown),
    ("accounts.settings", "GET"): Expectation(_own_page("shown")),
    ("accounts.sign_in", "GET"): Expectation(_for_guests("shown")),
    ("accounts.sign_in", "POST"): Expectation(_for_guests("on page")),
    ("accounts.sign_out", "POST"): Expectation(_done),
    ("accounts.sign_up", "GET"): Expectation(_for_guests("shown")),
    ("accounts.sign_up", "POST"): Expectation(_for_guests("on page")),
    ("accounts.sign_up_sent", "GET"): Expectation(_shown),
    ("accounts.stop_letters", "POST"): Expectation(_own_page("done")),
    ("accounts.want_letters", "POST"): Expectation(_own_page("conflict")),
    ("assets", "GET"): Expectation(_shown),
    ("avatar", "GET"): Expectation(_shown),
    ("circles.about", "GET"): Expectation(_to_readers),
    ("circles.directory", "GET"): Expectation(_shown),
    ("circles.edit", "GET"): Expectation(_moderators("shown")),
    ("circles.edit", "POST"): Expectation(_moderators("done"), CIRCLE),
    ("circles.join", "POST"): Expectation(_behind_the_door(_joining)),
    ("circles.leave", "GET"): Expectation(
        _behind_the_door(lambda who, _thing: "shown" if who in INSIDE else "refused")
    ),
    ("circles.leave", "POST"): Expectation(_behind_the_door(_leaving)),
    ("discussions.circle", "GET"): Expectation(_to_readers),
    ("discussions.choose_life", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "refused"), {"days": "90"}
    ),
    ("discussions.close", "POST"): Expectation(_moderators("done")),
    ("discussions.discard_draft", "POST"): Expectation(_own_page("nothing")),
    ("discussions.drafts", "GET"): Expectation(_own_page("shown")),
    ("discussions.edit", "GET"): Expectation(_owner("shown", locked="refused")),
    ("discussions.edit", "POST"): Expectation(_owner("done", locked="refused"), TEXT),
    ("discussions.fold_again", "POST"): Expectation(_behind_the_door(_unfolding)),
    ("discussions.hiding", "GET"): Expectation(_moderators("shown")),
    ("discussions.hiding", "POST"): Expectation(_moderators("done"), HIDING),
    ("discussions.new_topic", "GET"): Expectation(_writers("shown")),
    ("discussions.new_topic", "POST"): Expectation(_writers("done"), TEXT),
    ("discussions.news", "GET"): Expectation(_quiet_to_readers),
    ("discussions.next_unread", "GET"): Expectation(_behind_the_door(_done)),
    ("discussions.permalink", "GET"): Expectation(_to_readers),
    ("discussions.new_topic_in_space", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.new_topic_in_space", "POST"): Expectation(_behind_the_door(_done), TEXT),
    ("discussions.pin", "POST"): Expectation(_moderators("done")),
    ("discussions.preview", "POST"): Expectation(_own_page("shown"), TEXT),
    ("discussions.removal", "GET"): Expectation(_owner("shown", locked="shown")),
    ("discussions.removal", "POST"): Expectation(_owner("done", locked="done")),
    ("discussions.reopen", "POST"): Expectation(_moderators("done")),
    ("discussions.reply", "GET"): Expectation(_writers("shown")),
    ("discussions.reply", "POST"): Expectation(_writers("done"), TEXT),
    ("discussions.report", "GET"): Expectation(_not_suspended("shown")),
    ("discussions.report", "POST"): Expectation(_not_suspended("done"), REPORT),
    ("discussions.reports", "GET"): Expectation(_moderators("shown")),
    ("discussions.save_draft", "POST"): Expectation(_behind_the_door(_draft), TEXT),
    ("discussions.settle_report", "POST"): Expectation(_moderators_reports),
    ("discussions.own_posts_in_space", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.react", "POST"): Expectation(_behind_the_door(_reacting), {"kind": "with_you"}),
    ("discussions.remove_own_in_space", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "nothing")
    ),
    ("discussions.space", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.topic", "GET"): Expectation(_to_readers),
    ("discussions.unfold", "POST"): Expectation(_behind_the_door(_unfolding)),
    ("discussions.unhide", "POST"): Expectation(_moderators("done")),
    ("discussions.unpin", "POST"): Expectation(_moderators("done")),
    ("employments.add_domain", "POST"): Expectation(
        _staff_only("done"), {"domain": "firm.example"}
    ),
    ("employments.add_employer", "GET"): Expectation(_staff_only("shown")),
    ("employments.add_employer", "POST"): Expectation(_staff_only("done"), {"employer": "Litware"}),
    ("employments.address", "GET"): Expectation(_behind_the_door(_shown)),
    ("employments.address", "POST"): Expectation(
        _behind_the_door(_done), {"address": "ana@firm.example"}
    ),
    ("employments.all_employers", "GET"): Expectation(_staff_only("shown")),
    ("employments.allow_change", "GET"): Expectation(_staff_only("shown")),
    ("employments.allow_change", "POST"): Expectation(
        _staff_only("on page"), {"address": "nobody@firm.example"}
    ),
    ("employments.code", "GET"): Expectation(_behind_the_door(_shown)),
    ("employments.code", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "on page"), {"code": "12345678"}
    ),
    ("employments.employer", "GET"): Expectation(_staff_only("shown")),
    ("employments.employer", "POST"): Expectation(
        _staff_only("done"), {"employer": "Litware", "group": "Wares"}
    ),
    ("employments.employers", "GET"): Expectation(_own_page("shown")),
    ("employments.end", "POST"): Expectation(_behind_the_door(_done)),
    ("employments.end_domain", "POST"): Expectation(
        _staff_only("done"), {"domain": "firm.example"}
    ),
    ("employments.make_link", "POST"): Expectation(_circle_members("done")),
    ("employments.merge", "POST"): Expectation(_staff_only("done"), {"into": "Northwind"}),
    ("employments.remove", "POST"): Expectation(_behind_the_door(_done)),
    ("employments.returning", "GET"): Expectation(_own_page("shown")),
    ("employments.separate", "POST"): Expectation(_staff_only("done"), {"alias": ALIAS}),
    ("employments.tell", "GET"): Expectation(_own_page("shown")),
    ("employments.tell", "POST"): Expectation(
        _own_page("done"), {"employer": "Contoso", "tie": "works_at", "time": "now"}
    ),
    ("employments.vouch", "GET"): Expectation(_own_page("gone")),
    ("employments.vouch", "POST"): Expectation(_own_page("gone")),
    ("favicon", "GET"): Expectation(_shown),
    ("home.contact", "GET"): Expectation(_shown),
    ("home.front", "GET"): Expectation(_shown),
    ("home.health", "GET"): Expectation(_shown),
    ("home.keys", "GET"): Expectation(_shown),
    ("home.letter", "GET"): Expectation(_nothing_in_production),
    ("home.letter_html", "GET"): Expectation(_nothing_in_production),
    ("home.letters", "GET"): Expectation(_nothing_in_production),
    ("home.privacy", "GET"): Expectation(_shown),
    ("home.robots", "GET"): Expectation(_shown),
    ("home.sitemap", "GET"): Expectation(_shown),
    ("spaces.appeal", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "nothing"), {"words": "Please not."}
    ),
    ("spaces.door", "GET"): Expectation(_circle_members("shown")),
    ("spaces.door", "POST"): Expectation(_entering),
    ("spaces.elsewhere", "GET"): Expectation(_away),
    ("spaces.help_now", "GET"): Expectation(_shown),
    ("spaces.leave", "GET"): Expectation(_behind_the_door(_shown)),
    ("spaces.leave", "POST"): Expectation(_behind_the_door(_done)),
    ("spaces.promise", "GET"): Expectation(_shown),
}
BY_NAME_ONLY = {"circles.about", "circles.edit", "circles.join", "circles.leave"}
"""Routes of a circle that ask who may know its name; the others, who may read it."""


def circle_thing(endpoint: str, slug: str, kind: str) -> Thing:
    seen_by = KNOWERS[kind] if endpoint in BY_NAME_ONLY else READERS[kind]
    return Thing(slug, kind, "circle", "nobody", seen_by)
