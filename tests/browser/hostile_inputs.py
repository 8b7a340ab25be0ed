"""Every input of the site, taken by attackers as its own forms would be."""

import re
from itertools import zip_longest
from pathlib import Path
from urllib.parse import quote

from forum.accounts import actions as accounts
from forum.models.accounts import NAME_CHARS
from forum.models.circles import Role
from forum.models.discussions import REASON_CHARS, TITLE_CHARS
from tests.browser.hostile import Hostile, Sender, chosen, packed, without_limits
from tests.browser.hostile_mail import archive_of
from tests.support import community
from tests.support.live_server import LiveServer
from tests.support.visitors import links_in_letters

AT_ONCE = 80
"""Letters at a time: the development page lists the newest hundred."""
CHAIN = 6
PURPOSE_CHARS = 500
RULES_CHARS = 600
DRAFT_CHARS = 1_000
URL_CHARS = 2_000
TOPICS_LOOKED_AT = 12


def build(site: LiveServer, folder: Path) -> Hostile:
    """Fill the empty database. `folder` takes an archive to import."""
    with without_limits(), site.app.app_context():
        made = Hostile(site, community.person("Dora"), community.person("Ana"))
        for slug in ("talk", "titles", "mail"):
            community.join(made.moderator, community.circle(slug), Role.MODERATOR)
            community.join(made.member, community.find(slug))
        write_circle_words(made)
        open_topics(made)
        crowd = gather_crowd(made)
        edit_posts(made)
        report_and_hide(made, crowd)
        leave_drafts(made, crowd)
        import_mail(made, folder)
        ask_with_parameters(made, crowd[0])
    return made


def write_circle_words(made: Hostile) -> None:
    purposes = packed(chosen("purpose"), PURPOSE_CHARS)
    rules = packed(chosen("rules"), RULES_CHARS)
    slugs = [f"circle-{number}" for number in range(max(len(purposes), len(rules)))]
    for slug in slugs:
        community.join(made.moderator, community.circle(slug), Role.MODERATOR)
    sender = made.sender(made.moderator)
    for number, slug in enumerate(slugs):
        purpose = purposes[number % len(purposes)]
        words = rules[number] if number < len(rules) else ""
        sender.send(f"/c/{slug}/edit", purpose=purpose, rules=words, hue="3")
    made.pages["purpose"] = ["/circles", "/c/circle-0", f"/c/{slugs[-1]}", "/c/circle-1/edit"]
    made.pages["rules"] = [f"/c/{slug}/about" for slug in slugs[: len(rules)]]
    made.pages["rules"] += ["/c/circle-0/edit", "/c/circle-2/edit"]


def open_topics(made: Hostile) -> None:
    """Titles and opening posts take several payloads each; replies and edits one."""
    sender = made.sender(made.member)
    titles, bodies = packed(chosen("title"), TITLE_CHARS), packed(chosen("opening"), TITLE_CHARS)
    for title, body in zip_longest(titles, bodies, fillvalue="A question"):
        sender.send("/c/titles/new", title=title, body=body)
    made.pages["title"] = [*sender.all_pages("/c/titles?tab=new"), "/", "/?guest"]
    found = [sender.client.get(path).text for path in made.pages["title"][:-2]]
    topics = re.findall(r'<a href="(/t/\w+)">', "".join(found))
    made.pages["opening post"] = topics[:TOPICS_LOOKED_AT]


def gather_crowd(made: Hostile) -> list[str]:
    """A topic of replies, each by somebody with a name of the kind; the replies' ids."""
    topic = community.topic(made.moderator, community.find("talk"), "The crowd")
    names, texts = chosen("name", NAME_CHARS), chosen("reply")
    replies: list[str] = []
    for start in range(0, len(names), AT_ONCE):
        group = slice(start, start + AT_ONCE)
        replies += _newcomers(made, start, names[group], texts[group], topic)
    sender = made.sender(made.member)
    made.pages["name and reply"] = sender.all_pages(f"/t/{topic}")
    made.pages["name and reply"] += [f"/t/{topic}?view=time", f"/p/{replies[3]}/reply"]
    return replies


def _newcomers(
    made: Hostile, start: int, names: list[str], texts: list[str], topic: str
) -> list[str]:
    addresses = [f"crowd{start + number}@site.example" for number in range(len(names))]
    for address in addresses:
        accounts.ask_to_join(address, "127.0.0", "site.example")
    links = links_in_letters(made.site)
    replies = []
    for address, name, text in zip(addresses, names, texts, strict=True):
        client = made.site.app.test_client()
        Sender(client).send(links[address], name=name, password=community.PASSWORD)
        with made.site.app.app_context():
            community.join(community.account(address), community.find("talk"))
        replies.append(Sender(client).send(f"/p/{topic}/reply", body=text).split("#p-")[1])
    return replies


def edit_posts(made: Hostile) -> None:
    """Harmless replies in branches of six, edited one after the other."""
    topic = community.topic(made.member, community.find("talk"), "Edited")
    sender, above, ends = made.sender(made.member), topic, []
    for number, text in enumerate(chosen("edit")):
        above = community.reply(made.member, above if number % CHAIN else topic, "Nothing yet.")
        sender.send(f"/p/{above}/edit", body=text)
        if number % CHAIN == CHAIN - 1:
            ends.append(above)
    made.pages["edit"] = sender.all_pages(f"/t/{topic}")
    made.pages["excerpt above a reply"] = [f"/p/{end}" for end in ends[:8]]


def report_and_hide(made: Hostile, crowd: list[str]) -> None:
    member, moderator = made.sender(made.member), made.sender(made.moderator)
    for post, words in zip(crowd, packed(chosen("report"), REASON_CHARS), strict=False):
        member.send(f"/p/{post}/report", reason="other", words=words)
    hidden = list(zip(crowd[60:], packed(chosen("hiding"), REASON_CHARS), strict=False))
    for post, reason in hidden:
        moderator.send(f"/p/{post}/hiding", reason=reason)
    made.pages["report"] = ["/c/talk/reports"]
    made.pages["hiding"] = [
        f"/p/{hidden[0][0]}",
        f"/p/{hidden[20][0]}",
        f"/p/{hidden[9][0]}/hiding",
    ]


def leave_drafts(made: Hostile, crowd: list[str]) -> None:
    sender, places = made.sender(made.moderator), [f"reply:{post}" for post in crowd[120:]]
    texts = packed(chosen("draft"), DRAFT_CHARS)
    for place, text in zip(["topic:talk", *places], texts, strict=False):
        sender.send("/drafts", draft_place=place, title=text, body=text)
    made.pages["draft"] = ["/drafts", "/c/talk/new", f"/p/{crowd[120]}/reply"]


def import_mail(made: Hostile, folder: Path) -> None:
    file = folder / "hostile.mbox"
    subjects = packed(chosen("subject"), TITLE_CHARS - 20)
    file.write_bytes(archive_of(subjects, chosen("from"), chosen("mail")))
    done = made.site.app.test_cli_runner().invoke(
        args=["import", "mbox", str(file), "--circle", "mail"]
    )
    assert done.exit_code == 0, done.output
    sender = made.sender(made.moderator)
    made.pages["imported subject"] = sender.all_pages("/c/mail?tab=new")
    root = sender.client.get("/c/mail?tab=new").text.split('href="/t/')[1].split('"')[0]
    made.pages["imported name and text"] = sender.all_pages(f"/t/{root}")


def ask_with_parameters(made: Hostile, post: str) -> None:
    patterns = [
        "/c/talk?tab={}",
        "/c/talk?after={}",
        "/p/%s?view={}" % post,
        "/p/%s?fold={}" % post,
    ]
    patterns += ["/p/%s?from={}" % post, "/sign-in?next={}&guest", "/sign-in?next=/{}&guest", "/{}"]
    some = iter(packed(chosen("parameter"), URL_CHARS) * len(patterns))
    made.pages["address"] = [pattern.format(quote(next(some), safe="")) for pattern in patterns]
    made.pages["address"] += [f"/c/talk#{quote(text)}" for text in chosen("hash")[:6]]
