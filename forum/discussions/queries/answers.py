"""Which reply has answered a topic, as whoever opened it says."""

from __future__ import annotations

from forum.circles.queries import known_as
from forum.core import links
from forum.core.markup import excerpt
from forum.discussions.cards import Ancestor, Byline
from forum.discussions.queries.ground import CircleGround
from forum.policy.allowed import Act, Place, may
from forum.policy.muting import muting

_EXCERPT_CHARS = 140


def place_of_answer(topic: CircleGround) -> Place:
    """Where the act is done of saying so."""
    return topic.where(mine=topic.me is not None and topic.row.t_author_id == topic.me)


def may_accept(topic: CircleGround) -> bool:
    return may(topic.viewer, Act.ACCEPT, place_of_answer(topic))


def accepted_answer(topic: CircleGround) -> Ancestor | None:
    """The reply that answered a topic of a circle, unless it is hidden or removed.

    Without its words where the reader has muted what stands there, or whoever wrote it.
    """
    row, quiet = topic.row, muting(topic.viewer)
    public_id = getattr(row, "accepted_public_id", None)
    if public_id is None:
        return None
    name = Byline(known_as(row.accepted_name), None)
    url = f"{links.post(public_id)}#p-{public_id}"
    is_quiet = quiet and quiet.why(row.accepted_author_id, row.accepted_html, name.name)
    return Ancestor(url, name, "" if is_quiet else excerpt(row.accepted_html, _EXCERPT_CHARS))
