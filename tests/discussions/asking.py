"""Asking for a post of a private space in every way there is."""

from forum.discussions import actions, queries
from forum.discussions.queries.thread import TIME, Ask
from forum.policy.viewer import Viewer
from tests.support import spaces

NO_SUCH = "zzzzzzzzzzzz"


def shown(viewer: Viewer, topic: str, **ask) -> list[str]:
    return [post.public_id for post in queries.thread(viewer, topic, Ask(**ask)).posts]


def every_way_to(viewer: Viewer, topic: str, post: str, space_public_id: str) -> dict[str, object]:
    """What each way to ask for a post answers; a refusal as the name of its error."""
    ways = {
        "topic": lambda: queries.thread(viewer, post, Ask()),
        "permalink": lambda: queries.thread_at(viewer, post, Ask()),
        "permalink by time": lambda: queries.thread_at(viewer, post, Ask(view=TIME)),
        "next unread of": lambda: queries.next_unread(viewer, post, None),
        "next unread": lambda: queries.next_unread(viewer, topic, post),
        "from": lambda: shown(viewer, topic, start=post),
        "from, by time": lambda: shown(viewer, topic, start=post, view=TIME),
        "before": lambda: shown(viewer, topic, before=post),
        "before, by time": lambda: shown(viewer, topic, before=post, view=TIME),
        "fold": lambda: shown(viewer, topic, folded=(post,)),
        "post": lambda: queries.post_for(viewer, post),
        "reply": lambda: actions.post_reply(viewer, post, "Words.", "n" * 22),
        "edit": lambda: actions.edit_post(viewer, post, "Words."),
        "remove": lambda: actions.remove_post(viewer, post),
        "report": lambda: actions.report(viewer, post, "other", "Words."),
        "hide": lambda: actions.hide(viewer, post, "Words."),
        "unfold": lambda: actions.set_unfolded(viewer, post, unfolded=True),
        "close": lambda: actions.close(viewer, post),
        "draft": lambda: actions.save_draft(viewer, f"reply:{post}", "", "Words.", ""),
        "list from": lambda: queries.topics_of_space(viewer, seen(viewer, space_public_id), post),
    }
    return {name: _answer(way) for name, way in ways.items()}


def seen(viewer: Viewer, space_public_id: str):
    return spaces.space_for(viewer, space_public_id)


def _answer(way) -> object:
    try:
        return way()
    except Exception as error:  # noqa: BLE001 - the test compares what each raises
        return repr(error)


def no_trace(viewer: Viewer, topic: str, post: str, space_public_id: str) -> None:
    """Asked for in any way, a post answers as one that never was."""
    there = every_way_to(viewer, topic, post, space_public_id)
    nowhere = every_way_to(viewer, topic, NO_SUCH, space_public_id)
    assert there == nowhere
