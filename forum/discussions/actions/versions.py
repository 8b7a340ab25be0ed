"""Telling whether a post is still as it was shown to who changes it."""

from __future__ import annotations

from forum.core.errors import EditedMeanwhile
from forum.core.seal import keyed_digest
from forum.discussions.queries.posts import SeenPost

_PURPOSE = "shown"


def version_of(seen: SeenPost) -> str:
    """A keyed digest of all that an edit of a post may change; 64 characters.

    No counter and no time, which a space must not keep (R2, R9); there the topic's key makes it.
    """
    notes = seen.head.get("notes", ())
    head = (seen.topic.title, seen.topic.wish, seen.topic.company, *seen.facts.tags, *notes)
    said = head if seen.is_opening else ()
    words = "\0".join((str(seen.id), *said, seen.source))
    if seen.voice:
        return seen.voice.key.digest(_PURPOSE, words.encode("utf-8", "surrogatepass")).hex()
    return keyed_digest(_PURPOSE, words)


def check_version(seen: SeenPost, shown: str) -> None:
    """EditedMeanwhile when the post is no longer as `shown`; empty for a writer who saw none."""
    if shown and shown != version_of(seen):
        raise EditedMeanwhile
