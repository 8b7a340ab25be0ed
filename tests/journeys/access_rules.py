"""What each route answers to whom: the written expectation that the access matrix holds it to.

An expectation says, for a role and a thing, one of: "shown" (200), "done" (off to another page),
"sign in" (a guest is sent to the door), "nothing" (404, like an id nobody has), "refused" (403:
they may see it, not do it), "on page" (422: the form again, with what was typed), "gone" (410),
"away" (303), "quiet" (204), "conflict" (409: not as things stand), "no space" (404: of a circle
they know, so that it need not look like no circle).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journeys.access_world import (
    ALIAS,
    IN_SPACE,
    INSIDE,
    KNOWERS,
    MODERATORS,
    NO_ID,
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
    """To what others wrote: active members, in a locked topic only those of them who moderate."""
    if who == thing.owner:
        return "refused"
    if thing.state == "in a space":
        return "done"
    may = who in WRITERS and (not thing.locked or who in MODERATORS[thing.circle])
    return "done" if may else "refused"


def _only_in_circles(_who: str, thing: Thing) -> str:
    return "refused" if thing.state == "in a space" else "shown"


def _history(who: str, thing: Thing) -> str:
    return _only_in_circles(who, thing) if who in thing.seen_by else "nothing"


def _taking_back(who: str, thing: Thing) -> str:
    """For who opened a topic of a circle."""
    return "done" if who == thing.owner and thing.state != "in a space" else "refused"


def _accepting(who: str, thing: Thing) -> str:
    """Likewise; the reply that is sent along is nobody's."""
    return "conflict" if _taking_back(who, thing) == "done" else "refused"


def _saving(_who: str, thing: Thing) -> str:
    """In circles only."""
    return "refused" if thing.state == "in a space" else "done"


def _of_another(yes: str) -> Answer:
    """Of somebody else they meet in circles; there is nothing of oneself."""
    return _behind_the_door(lambda who, thing: "nothing" if who == thing.owner else yes)


def _muting_a_voice(who: str, thing: Thing) -> str:
    """In a space, of others."""
    return "done" if thing.state == "in a space" and who != thing.owner else "refused"


def _unfolding(_who: str, thing: Thing) -> str:
    """Only in a space texts are folded."""
    return "done" if thing.state == "in a space" else "refused"


def _following(_who: str, thing: Thing) -> str:
    """Of a space nobody is told."""
    return "refused" if thing.state == "in a space" else "done"


def _noticed(_who: str, thing: Thing) -> str:
    """Everybody was told of everything in circles, also of what is not theirs to see any more."""
    return "nothing" if thing.state == "in a space" else "done"


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


def _editor(yes: str, *, locked: str) -> Answer:
    """Whoever wrote it, as long as they may write there."""
    theirs = _owner(yes, locked=locked)

    def answer(who: str, thing: Thing) -> str:
        seen = who == thing.owner and who in thing.seen_by
        return "refused" if seen and who not in WRITERS else theirs(who, thing)

    return answer


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


def _asking(yes: str) -> Answer:
    """Only of an approval circle, whose members are led in; not after being sent away."""

    def answer(who: str, thing: Thing) -> str:
        if thing.circle != "approval" or who in {"suspended", "removed"}:
            return "refused"
        return "done" if who in INSIDE else yes

    return _behind_the_door(answer)


def _inviting(yes: str) -> Answer:
    """Moderators of circles that nobody walks into; staff moderate none of these."""

    def answer(who: str, thing: Thing) -> str:
        narrow = thing.circle not in BROAD
        return yes if narrow and who in MODERATORS[thing.circle] else "refused"

    return _behind_the_door(answer)


def _ending_a_link(who: str, thing: Thing) -> str:
    """In broad circles there is none."""
    if who not in MODERATORS[thing.circle]:
        return "refused"
    return "no space" if thing.circle in BROAD else "done"


def _feed(who: str, thing: Thing) -> str:
    """The same for everybody, as it is a guest's."""
    if thing.circle == "open":
        return "shown"
    return "no space" if who in INSIDE else "nothing"


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
    ("accounts.agree_new", "GET"): Expectation(_own_page("gone")),
    ("accounts.agree_new", "POST"): Expectation(_own_page("gone")),
    ("accounts.agree_old", "GET"): Expectation(_own_page("gone")),
    ("accounts.agree_old", "POST"): Expectation(_own_page("gone")),
    ("accounts.closing", "GET"): Expectation(_own_page("shown")),
    ("accounts.closing", "POST"): Expectation(_own_page("on page")),
    ("accounts.end_other_sign_ins", "POST"): Expectation(_own_page("done")),
    ("accounts.export", "GET"): Expectation(_own_page("shown")),
    ("accounts.export", "POST"): Expectation(_own_page("shown")),
    ("accounts.mail", "GET"): Expectation(_own_page("shown")),
    ("accounts.mail", "POST"): Expectation(_own_page("done"), {"rhythm": "weekly"}),
    ("accounts.name", "GET"): Expectation(_not_suspended("shown")),
    ("accounts.name", "POST"): Expectation(_not_suspended("on page"), {"name": ""}),
    ("accounts.new_address", "GET"): Expectation(_own_page("shown")),
    ("accounts.new_address", "POST"): Expectation(_own_page("on page")),
    ("accounts.person", "GET"): Expectation(_behind_the_door(_shown)),
    ("accounts.profile", "GET"): Expectation(_not_suspended("shown")),
    ("accounts.profile", "POST"): Expectation(_not_suspended("done")),
    ("accounts.sign_ins", "GET"): Expectation(_own_page("shown")),
    ("accounts.skip_welcome", "POST"): Expectation(_own_page("done")),
    ("accounts.stop_moving", "POST"): Expectation(_own_page("done")),
    ("accounts.welcome", "GET"): Expectation(_not_suspended("shown")),
    ("accounts.welcome", "POST"): Expectation(_not_suspended("done")),
    ("accounts.welcome_circles", "GET"): Expectation(_own_page("shown")),
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
    ("circles.accept", "POST"): Expectation(_moderators("done")),
    ("circles.ask", "GET"): Expectation(_asking("shown")),
    ("circles.ask", "POST"): Expectation(_asking("done"), {"note": "Please."}),
    ("circles.decline", "GET"): Expectation(_moderators("shown")),
    ("circles.decline", "POST"): Expectation(_moderators("done"), HIDING),
    ("circles.directory", "GET"): Expectation(_shown),
    ("circles.end_link", "POST"): Expectation(_behind_the_door(_ending_a_link)),
    ("circles.follow", "POST"): Expectation(
        _behind_the_door(lambda who, _thing: "done" if who == "invited" else "refused")
    ),
    ("circles.follow_link", "GET"): Expectation(_own_page("gone")),
    ("circles.follow_link", "POST"): Expectation(_own_page("gone")),
    ("circles.invitations", "GET"): Expectation(_inviting("shown")),
    ("circles.invitations", "POST"): Expectation(_inviting("on page"), {"handle": "nobody"}),
    ("circles.names_to_invite", "GET"): Expectation(_inviting("shown")),
    ("circles.let_back", "POST"): Expectation(_moderators("done")),
    ("circles.make_link", "POST"): Expectation(_inviting("done")),
    ("circles.members", "GET"): Expectation(_moderators("shown")),
    ("circles.people", "GET"): Expectation(_behind_the_door(_shown)),
    ("circles.requests", "GET"): Expectation(_moderators("shown")),
    ("circles.send_away", "GET"): Expectation(_moderators("shown")),
    ("circles.send_away", "POST"): Expectation(_moderators("done"), HIDING),
    ("circles.take_back", "POST"): Expectation(_behind_the_door(_done)),
    ("circles.turn_down", "POST"): Expectation(_behind_the_door(_done)),
    ("circles.withdraw", "POST"): Expectation(_moderators("done")),
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
    ("discussions.end_watch_of_circle", "POST"): Expectation(_behind_the_door(_done)),
    ("discussions.end_watch_of_topic", "POST"): Expectation(_behind_the_door(_following)),
    ("discussions.end_mutes_here", "POST"): Expectation(_behind_the_door(_unfolding)),
    ("discussions.end_save", "POST"): Expectation(_behind_the_door(_saving)),
    ("discussions.mute_voice", "POST"): Expectation(_behind_the_door(_muting_a_voice)),
    ("discussions.save", "POST"): Expectation(_behind_the_door(_saving)),
    ("discussions.saved", "GET"): Expectation(_own_page("shown")),
    ("discussions.saved_note", "GET"): Expectation(_own_page("nothing")),
    ("discussions.saved_note", "POST"): Expectation(_own_page("nothing"), {"note": "Why"}),
    ("discussions.edit", "GET"): Expectation(_editor("shown", locked="refused")),
    ("discussions.edit", "POST"): Expectation(_editor("done", locked="refused"), TEXT),
    ("discussions.file_for_edit", "GET"): Expectation(_editor("shown", locked="refused")),
    ("discussions.file_for_edit", "POST"): Expectation(_editor("on page", locked="refused")),
    ("discussions.file_for_reply", "GET"): Expectation(_writers("shown")),
    ("discussions.file_for_reply", "POST"): Expectation(_writers("on page")),
    ("discussions.file_for_topic", "GET"): Expectation(_writers("shown")),
    ("discussions.file_for_topic", "POST"): Expectation(_writers("on page")),
    ("discussions.feed", "GET"): Expectation(_feed),
    ("discussions.fold_again", "POST"): Expectation(_behind_the_door(_unfolding)),
    ("discussions.hiding", "GET"): Expectation(_moderators("shown")),
    ("discussions.hiding", "POST"): Expectation(_moderators("done"), HIDING),
    ("discussions.narrow", "GET"): Expectation(_to_readers),
    ("discussions.new_topic", "GET"): Expectation(_writers("shown")),
    ("discussions.new_topic", "POST"): Expectation(_writers("done"), TEXT),
    ("discussions.news", "GET"): Expectation(_quiet_to_readers),
    ("discussions.next_unread", "GET"): Expectation(_behind_the_door(_done)),
    ("discussions.permalink", "GET"): Expectation(_to_readers),
    ("discussions.new_topic_in_space", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.new_topic_in_space", "POST"): Expectation(_behind_the_door(_done), TEXT),
    ("discussions.picture_for_topic", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.picture_for_topic", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "on page")
    ),
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
    ("discussions.react", "POST"): Expectation(_behind_the_door(_reacting), {"kind": "been_there"}),
    ("discussions.reactions", "GET"): Expectation(_behind_the_door(_only_in_circles)),
    ("discussions.accept", "POST"): Expectation(_behind_the_door(_accepting), {"post": NO_ID}),
    ("discussions.take_back", "POST"): Expectation(_behind_the_door(_taking_back)),
    ("discussions.history", "GET"): Expectation(_history),
    ("discussions.remove_own_in_space", "POST"): Expectation(
        _behind_the_door(lambda _who, _thing: "nothing")
    ),
    ("discussions.space", "GET"): Expectation(_behind_the_door(_shown)),
    ("discussions.topic", "GET"): Expectation(_to_readers),
    ("discussions.unfold", "POST"): Expectation(_behind_the_door(_unfolding)),
    ("discussions.unhide", "POST"): Expectation(_moderators("done")),
    ("discussions.unpin", "POST"): Expectation(_moderators("done")),
    ("discussions.watch_circle", "POST"): Expectation(
        _behind_the_door(_done), {"level": "watching"}
    ),
    ("discussions.watch_topic", "POST"): Expectation(
        _behind_the_door(_following), {"level": "muted"}
    ),
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
    ("home.catch_up", "GET"): Expectation(_own_page("shown")),
    ("home.caught_up", "POST"): Expectation(_own_page("done"), {"at": "2026-01-01T00:00:00+00:00"}),
    ("files.file", "GET"): Expectation(_to_readers),
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
    ("notifications.mark_all_read", "POST"): Expectation(_own_page("done")),
    ("notifications.mark_read", "POST"): Expectation(_behind_the_door(_noticed)),
    ("notifications.notices", "GET"): Expectation(_own_page("shown")),
    ("notifications.people", "GET"): Expectation(_behind_the_door(_shown)),
    ("quiet.block", "GET"): Expectation(_of_another("shown")),
    ("quiet.block", "POST"): Expectation(_of_another("done")),
    ("quiet.end_block", "POST"): Expectation(_of_another("done")),
    ("quiet.end_mute", "POST"): Expectation(_of_another("done")),
    ("quiet.end_word", "POST"): Expectation(_own_page("done"), {"word": "budget"}),
    ("quiet.mute", "POST"): Expectation(_of_another("done")),
    ("quiet.quiet", "GET"): Expectation(_own_page("shown")),
    ("quiet.quiet", "POST"): Expectation(_own_page("done"), {"word": "budget"}),
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
BY_NAME_ONLY = {
    *("circles.about", "circles.edit", "circles.join", "circles.leave"),
    *("circles.ask", "circles.take_back", "circles.requests", "circles.accept", "circles.decline"),
    *("circles.invitations", "circles.withdraw", "circles.make_link", "circles.end_link"),
    *("circles.names_to_invite", "circles.follow", "circles.turn_down"),
    *("circles.members", "circles.send_away", "circles.let_back"),
}
"""Routes of a circle that ask who may know its name; the others, who may read it."""


def circle_thing(endpoint: str, slug: str, kind: str) -> Thing:
    seen_by = KNOWERS[kind] if endpoint in BY_NAME_ONLY else READERS[kind]
    return Thing(slug, kind, "circle", "nobody", seen_by)
