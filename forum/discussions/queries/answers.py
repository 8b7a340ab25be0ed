"""Which reply has answered a topic, as whoever opened it says."""

from __future__ import annotations

from forum.circles.queries import known_as
from forum.core import links
from forum.core.markup import excerpt
from forum.discussions.cards import Ancestor, Byline
from forum.discussions.queries.ground import CircleGround
from forum.policy.allowed import Act, Place, may

_EXCERPT_CHARS = 140


def place_of_answer(topic: CircleGround) -> Place:
    """Where the act is done of saying so."""
    return topic.where(mine=topic.me is not None and topic.row.t_author_id == topic.me)


def may_accept(topic: CircleGround) -> bool:
    return may(topic.viewer, Act.ACCEPT, place_of_answer(topic))


def accepted_answer(topic: CircleGround) -> Ancestor | None:
    """The reply that answered a topic of a circle, unless it is hidden or removed."""
    row = topic.row
    public_id = getattr(row, "accepted_public_id", None)
    if public_id is None:
        return None
    name = Byline(known_as(row.accepted_name), None)
    url = f"{links.post(public_id)}#p-{public_id}"
    return Ancestor(url, name, excerpt(row.accepted_html, _EXCERPT_CHARS))
