"""What a viewer may see, and its inverse: who may see this.

The rules are written once, over columns, with the one who looks as a column too (`Seer`), so
"what may Ana see" and "who may see this" are the same expression. Fetch through these; never fetch
and then check.
"""

from __future__ import annotations

from forum.policy.guard import Reason, unscoped
from forum.policy.seer import Seer
from forum.policy.visible.circles import (
    audience,
    circle_cards,
    circles,
    employers,
    members,
    posts,
    reports,
    tags_of_topic,
    topics,
    with_opening_post,
)
from forum.policy.visible.doors import (
    at_the_door,
    broke_through,
    broken_barriers,
    invitations,
    listed_people,
    own_standing,
    share_a_circle,
)
from forum.policy.visible.guarding import space_notices, space_reports, space_sanctions
from forum.policy.visible.personal import (
    about_oneself,
    both,
    narrowed,
    of_seat,
    of_seats,
    own,
    reactions_to,
    seats_of_drafts,
    visits,
    with_own,
    within,
)
from forum.policy.visible.spaces import (
    all_posts_of_spaces,
    posts_behind_walls,
    pseudonyms_of_spaces,
    space_doors,
    space_keys,
    space_posts,
    space_topics,
    spaces,
    with_sealed_opening,
)

__all__ = [
    "Reason",
    "Seer",
    "about_oneself",
    "all_posts_of_spaces",
    "at_the_door",
    "audience",
    "both",
    "broke_through",
    "broken_barriers",
    "circle_cards",
    "circles",
    "employers",
    "invitations",
    "listed_people",
    "members",
    "narrowed",
    "of_seat",
    "of_seats",
    "own",
    "own_standing",
    "posts",
    "posts_behind_walls",
    "pseudonyms_of_spaces",
    "reactions_to",
    "reports",
    "seats_of_drafts",
    "share_a_circle",
    "space_doors",
    "space_keys",
    "space_notices",
    "space_posts",
    "space_reports",
    "space_sanctions",
    "space_topics",
    "spaces",
    "tags_of_topic",
    "topics",
    "unscoped",
    "visits",
    "with_opening_post",
    "with_own",
    "with_sealed_opening",
    "within",
]
