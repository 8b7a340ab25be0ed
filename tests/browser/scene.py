"""A community in which every kind of page has something to show, also of the most awkward kind."""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import update

from forum.accounts import actions as accounts
from forum.circles import actions as circles
from forum.circles import queries as circle_queries
from forum.core import clock
from forum.core.db import transaction
from forum.core.markup import Format, render
from forum.discussions import actions, queries
from forum.discussions.about import CompanyKind, TopicFacts
from forum.discussions.actions import Head, Text
from forum.discussions.actions.sealing import write_sealed_reply, write_sealed_topic
from forum.discussions.queries.reactions import IN_CIRCLE
from forum.employments import actions as employers
from forum.files.actions import keep_sealed
from forum.models.accounts import User
from forum.models.circles import Role, Visibility
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Wish
from forum.models.employers import Employment
from forum.models.notifications import Level
from forum.models.profiles import Barrier, Part
from forum.models.spaces import Space
from forum.quiet import actions as quiet
from forum.spaces.notes import NOTES
from tests.browser.texts import ARABIC, EXTREME, LONG_NAME, LONG_TITLE, LONG_WORD, MAIL
from tests.files import hostile
from tests.support import community, spaces, workplaces
from tests.support.live_server import LiveServer
from tests.support.visitors import link_in_letter


@dataclass(frozen=True)
class Scene:
    """Who is there, and what stands for each name in a path: "/t/{talk}"."""

    site: LiveServer
    people: dict[str, User]
    names: dict[str, str]

    def path(self, pattern: str) -> str:
        return pattern.format(**self.names)


def build(site: LiveServer, folder: Path) -> Scene:
    """Fill the empty database of this server. `folder` takes an archive to import."""
    with site.app.app_context():
        people = _people()
        names = _circles(people) | _talk(people) | _in_every_state(people) | _extreme(people)
        names |= _answered(people)
        names |= _kept(people, names)
        _noticed(people, names)
        names |= _workplaces(people)
        names |= _told(people)
        names |= _shut(people["shut"])
        names |= _profiles(people)
        names |= _doors(people)
        names |= _imported(site, folder)
    return Scene(site, people, names | _links(site, people["member"]))


def _people() -> dict[str, User]:
    return {
        "member": community.person("Ana Duarte"),
        "other": community.person("Ben Okri"),
        "moderator": community.person("Dora Lind"),
        "newcomer": community.person("Fay Winter"),
        "staff": community.person("Sam Field", staff=True),
        "arab": community.person("مريم الحداد"),
        "long": community.person(LONG_NAME),
        "suspended": community.person("Sue Spence"),
        "shut": community.person("Gil Storm"),
    }


def _circles(people: dict[str, User]) -> dict[str, str]:
    retail = community.circle("retail", purpose=f"Shops, and {LONG_WORD}.", rules=EXTREME)
    for name in ("member", "other", "arab", "long", "suspended", "shut"):
        community.join(people[name], retail)
    community.suspend(people["suspended"])
    quiet = community.circle("quiet", Visibility.MEMBERS)
    for place in (retail, quiet):
        community.join(people["moderator"], place, Role.MODERATOR)
    community.join(people["member"], quiet)
    community.circle("elsewhere")
    return {"circle": "retail", "empty": "quiet", "outside": "elsewhere"}


def _talk(people: dict[str, User]) -> dict[str, str]:
    """A conversation the member has read but for the newest replies, in two branches."""
    member, other, retail = people["member"], people["other"], community.find("retail")
    talk = community.topic(other, retail, "Pilots that never end", "What **would** be enough?")
    mine = community.reply(member, talk, "We wrote it down first.")
    answer = community.reply(other, mine, "And did it hold?\n\n- twice\n- not the third time")
    gone = community.reply(other, talk, "I should not have said that.")
    community.reply(people["moderator"], gone, "I heard it all the same.")
    community.remove(gone)
    hidden = community.reply(other, answer, "Something loud.")
    seen = actions.record_shown
    seen(community.viewer(member), _row_of(member, talk), range(5))
    actions.hide(community.viewer(people["moderator"]), hidden, f"Too loud: {LONG_WORD}")
    community.reply(people["moderator"], answer, "It did with us.")
    community.reply(other, talk, "Newer still.")
    return {"talk": talk, "mine": mine, "answer": answer, "hidden": hidden}


def _row_of(member: User, topic: str) -> int:
    return queries.post_for(community.viewer(member), topic).topic_id


def _in_every_state(people: dict[str, User]) -> dict[str, str]:
    member, other, retail = people["member"], people["other"], community.find("retail")
    moderator = community.viewer(people["moderator"])
    lonely = community.topic(other, retail, "Has anybody done this alone?")
    own = community.topic(member, retail, "My own question", "Mine to edit.")
    closed = community.topic(member, retail, "Settled")
    community.reply(other, closed, "Done.")
    actions.close(moderator, closed)
    actions.pin(moderator, closed)
    hidden = community.topic(member, retail, "Sold")
    actions.hide(moderator, hidden, "An advertisement.")
    long = community.topic(other, retail, "A long one")
    replies = [community.reply(other, long, f"Number {number}.") for number in range(52)]
    under = community.reply(member, replies[-1], "Under the last one.")
    report = community.report(member, lonely, f"Please look: {LONG_WORD}")
    states = {"lonely": lonely, "own": own, "closed": closed, "hidden_topic": hidden}
    return states | {"long": long, "second_page": replies[50], "under": under, "report": report}


def _answered(people: dict[str, User]) -> dict[str, str]:
    """A topic whose author has edited it, been thanked for it and marked what answered it."""
    other, long, retail = people["other"], people["long"], community.find("retail")
    topic = community.topic(other, retail, LONG_TITLE, f"{ARABIC}\n\nWe ask {LONG_WORD} twice.")
    answer = community.reply(long, topic, f"{LONG_WORD} {ARABIC}")
    author = community.viewer(other)
    similar = TopicFacts(wish=Wish.SIMILAR)
    actions.edit_post(author, topic, f"{ARABIC}\n\nWe ask *{LONG_WORD}* once.", facts=similar)
    actions.edit_post(author, topic, f"We ask *{LONG_WORD}* once.\n\n{EXTREME}", "Once or twice?")
    actions.accept_answer(author, topic, answer)
    for name in ("member", "moderator", "arab", "long"):
        for kind in IN_CIRCLE:
            if name != "long":
                actions.react(community.viewer(people[name]), answer, kind)
            actions.react(community.viewer(people[name]), topic, kind)
    return {"answered": topic}


def _extreme(people: dict[str, User]) -> dict[str, str]:
    arab, long, retail = people["arab"], people["long"], community.find("retail")
    topic = community.topic(long, retail, LONG_TITLE, EXTREME)
    written = community.topic(arab, retail, ARABIC, f"{ARABIC}\n\n> {ARABIC}\n\n1. {ARABIC}")
    deepest = topic
    for level in range(12):
        text = EXTREME if level in {0, 11} else f"{ARABIC} {LONG_WORD}"
        deepest = community.reply(arab if level % 2 else long, deepest, text)
    return {"extreme": topic, "arabic": written, "deepest": deepest}


def _noticed(people: dict[str, User], names: dict[str, str]) -> None:
    """The member and the one of the longest name are told of each kind of thing."""
    member, long = community.viewer(people["member"]), community.viewer(people["long"])
    other, arab = community.viewer(people["other"]), community.viewer(people["arab"])
    actions.follow_circle(member, "retail", Level.WATCHING)
    actions.follow_topic(member, names["lonely"], Level.WATCHING)
    for number, (who, post) in enumerate(
        [(other, names["mine"]), (arab, names["lonely"]), (arab, names["extreme"])]
    ):
        text = f"{LONG_WORD} {ARABIC} @{member.handle} @{long.handle}"
        actions.post_reply(who, post, text if number else ARABIC, f"{number:022}")
    actions.post_topic(other, "retail", LONG_TITLE, EXTREME, "t" * 22)


def _kept(people: dict[str, User], names: dict[str, str]) -> dict[str, str]:
    """The member's drafts, what they saved, and what they want less of; with what `other` muted."""
    viewer, now = community.viewer(people["member"]), clock.now()
    actions.save_draft(viewer, "topic:retail", LONG_TITLE, EXTREME, now)
    actions.save_draft(viewer, f"reply:{names['answer']}", "", ARABIC, now)
    actions.save_draft(viewer, f"edit:{names['mine']}", "", "Otherwise.", now - timedelta(days=3))
    actions.save(viewer, names["extreme"], f"{LONG_WORD} {ARABIC}")
    actions.save(viewer, names["answer"])
    quiet.mute_word(viewer, "advertisement")
    quiet.mute(viewer, people["suspended"].public_id)
    quiet.block(viewer, people["shut"].public_id)
    other = community.viewer(people["other"])
    quiet.mute_word(other, "wrote it down")
    quiet.mute(other, people["moderator"].public_id)
    return {"met": people["long"].public_id, "blocked": people["shut"].public_id}


def _workplaces(people: dict[str, User]) -> dict[str, str]:
    """Where people work, and what staff know of employers."""
    member, other = people["member"], people["other"]
    work = workplaces.works_for(member, LONG_WORD)
    workplaces.worked_for(member, ARABIC, until=clock.today())
    workplaces.ask(member, work, "ana@firm.example")
    workplaces.works_for(other, "Contoso", "contoso.example")
    firm = workplaces.employer_id("Northwind")
    workplaces.group(f"The {LONG_WORD[:100]}", "Northwind", "Southwind")
    workplaces.add_alias("Northwind", LONG_NAME, "aaaaaaaaaaaa")
    employers.add_domain(workplaces.STAFF, firm, f"{LONG_WORD[:60].lower()}.example")
    token = workplaces.link(member, community.find("retail"))
    return {"work": work, "firm": firm, "vouch": token}


def _told(people: dict[str, User]) -> dict[str, str]:
    """A private space in every state, and its door for those who are not in it."""
    workshop, member = community.circle("workshop"), people["member"]
    here, bare = spaces.space(workshop), spaces.space(community.find("quiet"))
    for name in ("member", "long"):
        spaces.enter(here, people[name])
    spaces.enter(here, people["moderator"], Role.MODERATOR)
    spaces.enter(bare, member)
    for name in ("other", "arab"):
        community.join(people[name], workshop)
    _long_settled()
    told = _sealed(people["long"], here, EXTREME, Head(LONG_TITLE, "similar"))
    mine = _sealed(member, here, f"{ARABIC}\n\n> {ARABIC}", Head(ARABIC, "listen"))
    answer = _sealed(people["moderator"], told, ARABIC)
    own = _sealed(member, answer, EXTREME)
    _sealed(people["long"], own, f"{ARABIC} {LONG_WORD}")
    _pictured(people["long"], here, told)
    actions.close(community.viewer(people["moderator"]), mine)
    noted = _noted(people, here)
    names = {"private": "workshop", "space": here.public_id, "bare": bare.public_id}
    return names | noted | {"told": told, "told_mine": mine, "told_answer": answer, "told_own": own}


def _pictured(writer: User, here: Space, to: str) -> None:
    """A reply with a picture, which is described by the longest words."""
    viewer, seen = community.viewer(writer), spaces.seen(writer, here)
    kept = keep_sealed(viewer, seen.id, seen.voice, BytesIO(hostile.picture()))
    text = f"{ARABIC}\n\n![{LONG_WORD}](/files/{kept.public_id})"
    actions.post_reply(viewer, to, text, "p" * 22, looked=True)


def _noted(people: dict[str, User], here: Space) -> dict[str, str]:
    """Topics with every content note, long ones above and below folds."""
    noted = _sealed(people["long"], here, EXTREME, Head(LONG_TITLE, "listen", tuple(NOTES)))
    _sealed(people["member"], noted, "Mine, which is not folded.")
    deep = _sealed(people["moderator"], noted, EXTREME)
    for level in range(4):
        deep = _sealed(people["long" if level % 2 else "moderator"], deep, f"{ARABIC} {LONG_WORD}")
    mine = _sealed(people["member"], here, ARABIC, Head(ARABIC, "similar", ("illness",)))
    _sealed(people["long"], mine, EXTREME)
    unfolded = _sealed(people["long"], here, ARABIC, Head(ARABIC, "", ("illness",)))
    actions.set_unfolded(community.viewer(people["member"]), unfolded, unfolded=True)
    names = {"noted": noted, "noted_deep": deep, "noted_mine": mine}
    return names | {"noted_unfolded": unfolded}


def _shut(person: User) -> dict[str, str]:
    """Somebody whose password was reset by a mailbox of which nobody knows whose it is."""
    workplaces.works_for(person, LONG_WORD)
    community.join(person, community.find("workshop"))
    employers.lock_out(person.id)
    community.shut_spaces(person, clock.now() + timedelta(days=2))
    return {"back": workplaces.link(person, community.find("retail"))}


def _profiles(people: dict[str, User]) -> dict[str, str]:
    """Somebody who tells everything, in the longest words, and somebody who writes to the left."""
    everything = accounts.Told(
        trying=f"{LONG_TITLE}\n{LONG_WORD}",
        broke_through=f"{LONG_WORD}\n\n{ARABIC}",
        part=Part.INTERMEDIARY,
        industry="M",
        languages=("pt", "en", "ar"),
        met=tuple(Barrier),
        broken=tuple(Barrier)[::2],
        listed=True,
    )
    accounts.save_profile(community.viewer(people["long"]), everything)
    accounts.save_profile(
        community.viewer(people["arab"]),
        accounts.Told(trying=ARABIC, broke_through=ARABIC, listed=True),
    )
    some = accounts.Told(trying="Lids that come back.", part=Part.ALLY, met=(Barrier.LEGAL,))
    accounts.save_profile(community.viewer(people["member"]), some)
    return {
        "me": people["member"].public_id,
        "long_one": people["long"].public_id,
        "arab": people["arab"].public_id,
    }


def _doors(people: dict[str, User]) -> dict[str, str]:
    """An approval circle with people at its door, in each way."""
    locked, keeper = community.circle("locked", Visibility.APPROVAL), people["moderator"]
    community.join(keeper, locked, Role.MODERATOR)
    asking = community.viewer(people["long"])
    circles.ask(asking, "locked", f"{ARABIC} {LONG_WORD} {LONG_WORD}"[:500])
    circles.invite(community.viewer(keeper), "locked", people["other"].handle)
    community.join(people["member"], locked)
    circles.send_away(
        community.viewer(keeper), "locked", people["member"].public_id, f"Loud: {LONG_WORD}"[:500]
    )
    circles.make_link(community.viewer(keeper), "locked")
    (link,) = circle_queries.door(community.viewer(keeper), locked.id).links
    kind = CompanyKind(SizeBand.VERY_LARGE, Market.BOTH, regulated=False)
    tags = (LONG_WORD[:40].lower(), ARABIC[:20].strip())
    community.topic(people["long"], community.find("retail"), facts=TopicFacts(tags, kind))
    return {
        "locked": "locked",
        "someone": people["other"].public_id,
        "asking": people["long"].public_id,
        "invitation": circles.token_of(link.public_id),
    }


def _long_settled() -> None:
    """Nobody has changed employers lately: they would see only what is opened from tomorrow on."""
    with transaction() as session:
        session.execute(update(Employment).values(changed_on=None))
        ended = update(Employment).where(Employment.ended_on.is_not(None))
        session.execute(ended.values(ended_on=clock.today() - timedelta(days=1)))


def _sealed(author: User, place: Space | str, source: str, head: Head | None = None) -> str:
    """A topic, or a reply to a post, which nobody looked at for what gives its writer away."""
    viewer, text = community.viewer(author), Text(source, render(source, Format.MARKDOWN).html)
    with transaction():
        if isinstance(place, str):
            return write_sealed_reply(viewer, queries.post_for(viewer, place), text).public_id
        assert head
        return write_sealed_topic(viewer, spaces.seen(author, place), head, text).public_id


def _imported(site: LiveServer, folder: Path) -> dict[str, str]:
    archive = folder / "list.mbox"
    archive.write_text(MAIL.format(word=LONG_WORD))
    words = ["import", "mbox", str(archive), "--circle", "retail"]
    done = site.app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    page = site.app.test_client().get("/c/retail?tab=new").text
    found = re.search(r'href="/t/(\w+)">From before the forum', page)
    assert found
    return {"imported": found[1]}


def _links(site: LiveServer, member: User) -> dict[str, str]:
    """Letters with live links, as asked for on the pages."""
    client = site.app.test_client()
    _ask(client, "/join", "new@site.example")
    _ask(client, "/reset", member.address)
    community.sign_in(client, member)
    _ask(client, "/settings/claim", "old@site.example")
    _ask(client, "/settings/claim", "nobody@site.example")
    asked = {"kind": "personal", "current": community.PASSWORD}
    _ask(client, "/settings/address/new", "ana@elsewhere.example", **asked)
    page = client.get("/dev/letters").text
    return {
        "join_link": link_in_letter(site, "new@site.example"),
        "reset_link": link_in_letter(site, member.address, "/reset/"),
        "move_to_link": link_in_letter(site, "ana@elsewhere.example", "/settings/"),
        "move_from_link": link_in_letter(site, member.address, "/settings/"),
        "claim_link": link_in_letter(site, "old@site.example"),
        "vain_claim_link": link_in_letter(site, "nobody@site.example"),
        "letter": page.split('href="/dev/letters/')[1].split('"')[0],
    }


def _ask(client: FlaskClient, path: str, address: str, **more: str) -> None:
    fields = {"address": address, "csrf_token": community.csrf(client), **more}
    sent = client.post(path, data=fields)
    assert sent.status_code == 302, path
