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
    topics,
    with_opening_post,
)
from forum.policy.visible.following import (
    CIRCLE_LEVEL,
    LEVEL,
    LEVELS,
    OfTopic,
    author_of,
    concerned,
    mentionable,
    mentioned_in,
    notifications,
    own_watches,
    readers_of,
    told_of,
    with_circle_level,
    with_levels,
    with_news,
    with_readers_levels,
)
from forum.policy.visible.guarding import space_notices, space_reports, space_sanctions
from forum.policy.visible.people import barriers, people
from forum.policy.visible.personal import (
    about_oneself,
    both,
    naming_oneself,
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
    "CIRCLE_LEVEL",
    "LEVEL",
    "LEVELS",
    "OfTopic",
    "Reason",
    "Seer",
    "about_oneself",
    "all_posts_of_spaces",
    "audience",
    "author_of",
    "barriers",
    "both",
    "circle_cards",
    "circles",
    "concerned",
    "employers",
    "members",
    "mentionable",
    "mentioned_in",
    "naming_oneself",
    "narrowed",
    "notifications",
    "of_seat",
    "of_seats",
    "own",
    "own_watches",
    "people",
    "posts",
    "posts_behind_walls",
    "pseudonyms_of_spaces",
    "reactions_to",
    "readers_of",
    "reports",
    "seats_of_drafts",
    "space_doors",
    "space_keys",
    "space_notices",
    "space_posts",
    "space_reports",
    "space_sanctions",
    "space_topics",
    "spaces",
    "told_of",
    "topics",
    "unscoped",
    "visits",
    "with_circle_level",
    "with_levels",
    "with_news",
    "with_opening_post",
    "with_own",
    "with_readers_levels",
    "with_sealed_opening",
    "within",
]
