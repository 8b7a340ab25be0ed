"""What a viewer may see, and its inverse: who may see this.

The rules are written once, over columns, with the one who looks as a column too (`Seer`), so
"what may Ana see" and "who may see this" are the same expression. Fetch through these; never fetch
and then check.
"""

from __future__ import annotations

from forum.policy.guard import Reason, unscoped
from forum.policy.seer import Seer
from forum.policy.visible.apart import (
    apart_seqs,
    counted,
    last_author_id,
    last_post_at,
    unanswered,
)
from forum.policy.visible.circles import (
    audience,
    audience_of_post,
    circle_cards,
    circles,
    employers,
    members,
    posts,
    reports,
    topics,
    with_opening_post,
    with_parent,
)
from forum.policy.visible.fitting import (
    by_another,
    newest_seqs,
    of_replies_to_me,
    taken_part_in,
    with_fit,
)
from forum.policy.visible.guarding import space_notices, space_reports, space_sanctions
from forum.policy.visible.personal import (
    about_oneself,
    both,
    both_limited,
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
from forum.policy.visible.quiet import (
    blocked,
    bookmarks,
    kept_here,
    muted,
    muted_words,
    people_met,
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
    "apart_seqs",
    "audience",
    "audience_of_post",
    "blocked",
    "bookmarks",
    "both",
    "both_limited",
    "by_another",
    "circle_cards",
    "circles",
    "counted",
    "employers",
    "kept_here",
    "last_author_id",
    "last_post_at",
    "members",
    "muted",
    "muted_words",
    "narrowed",
    "newest_seqs",
    "of_replies_to_me",
    "of_seat",
    "of_seats",
    "own",
    "people_met",
    "posts",
    "posts_behind_walls",
    "pseudonyms_of_spaces",
    "reactions_to",
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
    "taken_part_in",
    "topics",
    "unanswered",
    "unscoped",
    "visits",
    "with_fit",
    "with_opening_post",
    "with_own",
    "with_parent",
    "with_sealed_opening",
    "within",
]
