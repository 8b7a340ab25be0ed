"""Going through a topic page by page, as somebody who only clicks the pager's links."""

from urllib.parse import parse_qs, urlsplit

from forum.discussions.cards import ThreadPage
from forum.discussions.queries import thread
from forum.discussions.queries.thread import TREE, Ask
from forum.policy.viewer import Viewer


def asked_by(url: str) -> Ask:
    """What the page behind a pager's link is asked for."""
    sent = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return Ask(
        view=sent.get("view", TREE),
        start=sent.get("from"),
        before=sent.get("before"),
        last=sent.get("at") == "last",
        folded=tuple(sent["fold"].split(",")) if "fold" in sent else (),
    )


def pages(viewer: Viewer, topic: str, ask: Ask, link: str) -> list[ThreadPage]:
    """All pages from the one asked for, following older_url or newer_url to its end."""
    found = [thread(viewer, topic, ask)]
    while url := getattr(found[-1].pager, link):
        assert len(found) < 100, "the pager goes round in circles"
        found.append(thread(viewer, topic, asked_by(url)))
    return found


def forwards(viewer: Viewer, topic: str, ask: Ask) -> list[str]:
    """Public ids of the posts met from the first page on."""
    return [
        post.public_id for page in pages(viewer, topic, ask, "older_url") for post in page.posts
    ]


def backwards(viewer: Viewer, topic: str, ask: Ask) -> list[str]:
    """Public ids of the posts met from the page asked for back to the first, in page order."""
    found = reversed(pages(viewer, topic, ask, "newer_url"))
    return [post.public_id for page in found for post in page.posts]


def cursors(url: str) -> dict[str, str]:
    """The cursor in a list's pager link: after or before."""
    sent = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    sent.pop("tab")
    return sent
