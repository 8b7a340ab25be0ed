"""The two costly parts of a topic page, drawn as patterns: its replies and its reply form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from flask import current_app, render_template
from flask_wtf.csrf import generate_csrf

from forum.core import links
from forum.core.markup import as_markup
from forum.discussions.cards import PostCard, ThreadPage
from forum.discussions.forms import ReplyForm, new_nonce
from forum.discussions.queries.reactions import IN_CIRCLE, IN_SPACE
from forum.discussions.views.reacted import reacted
from forum.policy.viewer import Viewer
from forum.web.patterns import Pattern, Values, gap


class ReplyKind(NamedTuple):
    """All that decides how a reply looks, but for what it says."""

    depth_class: str
    has_page: bool
    has_face: bool
    drawn_face: bool
    note: str
    is_topic_author: bool
    edited: bool
    is_new: bool
    target: bool
    mine: bool
    can_edit: bool
    hidden: bool
    says_why: bool
    gap_before: bool
    says_to_whom: bool
    has_replies: bool
    folded: bool
    in_space: bool
    reacts: bool
    told: bool
    accepted: bool
    may_accept: bool
    may_reply: bool
    signed_in: bool
    moderates: bool
    behind_notes: bool
    muted: bool
    can_save: bool
    saved: bool


_GAPS = (
    *("public_id", "name", "person", "avatar_url", "at", "at_for_machines", "html", "fold_url"),
    *(
        "reply_to_name",
        "reply_to_url",
        "hidden_reason",
        "face",
        "notes",
        "muted",
        "told",
        "topic_id",
        *(f"{what}_{number}" for what in ("pressed", "words") for number in range(3)),
    ),
)


def _reply_context(kind: ReplyKind) -> Mapping[str, Any]:
    kinds = IN_SPACE if kind.in_space else IN_CIRCLE
    return {"kind": kind, "reactions": kinds, **{name: gap(name) for name in _GAPS}}


_REPLY = Pattern("discussions/_post.html", _reply_context)


def replies(viewer: Viewer, page: ThreadPage, cards: Sequence[PostCard]) -> list[Any]:
    """The HTML of each reply. Not joined: copying the whole would cost as much as drawing it."""
    filters: Mapping[str, Callable[..., str]] = current_app.jinja_env.filters
    spoken, machines = filters["datetime"], filters["isodate"]
    notes = page.topic.notes
    for_all = (
        page.place.may_write and not page.topic.closed,
        viewer.signed_in,
        page.place.is_moderator,
    )
    in_space, topic_id = page.place.space is not None, page.topic.public_id
    drawn = _REPLY.fill(
        (
            _kind(card, for_all, in_space, page.may_accept),
            {
                **_values(card, spoken(card.at), machines(card.at), notes),
                **reacted(card.reactions, in_space),
                "topic_id": topic_id,
            },
        )
        for card in cards
    )
    return [as_markup(html) for html in drawn]


def _kind(
    card: PostCard, for_all: tuple[bool, bool, bool], in_space: bool, may_accept: bool
) -> ReplyKind:
    byline, given = card.byline, card.reactions
    return ReplyKind(
        card.depth_class,
        byline.person != "",
        byline.avatar_url is not None,
        byline.drawn is not None,
        byline.note,
        card.is_topic_author,
        card.edited,
        card.is_new,
        card.target,
        card.mine,
        card.can_edit,
        card.hidden_reason is not None,
        bool(card.hidden_reason),
        card.gap_before,
        card.reply_to is not None,
        card.has_replies,
        card.folded,
        in_space,
        given is not None and given.may_press,
        given is not None and any(given.counts),
        card.accepted,
        may_accept and card.hidden_reason is None,
        *for_all,
        card.behind_notes,
        bool(card.muted),
        card.can_save,
        card.saved,
    )


def _values(card: PostCard, at: str, at_for_machines: str, notes: str) -> Values:
    values = {
        "public_id": card.public_id,
        "name": card.byline.name,
        "person": card.byline.person,
        "avatar_url": card.byline.avatar_url or "",
        "at": at,
        "at_for_machines": at_for_machines,
        "html": card.html,
        "fold_url": card.fold_url,
    }
    if card.behind_notes:
        values["notes"] = notes
    if card.muted:
        values["muted"] = card.muted
    if card.byline.drawn:
        values["face"] = card.byline.drawn
    if card.reply_to:
        values["reply_to_name"] = card.reply_to.name
        values["reply_to_url"] = card.reply_to_url or ""
    if card.hidden_reason is not None:
        values["hidden_reason"] = card.hidden_reason
    return values


def reply_form(viewer: Viewer, page: ThreadPage) -> Any:
    """The form below a topic, as HTML. The empty one is a pattern; a draft is rare."""
    if page.draft_version:
        return as_markup(_form_with_draft(page))
    values = {
        "action": _action(page),
        "csrf_token": generate_csrf(),
        "nonce": new_nonce(),
        "draft_place": _draft_place(page),
        "name": viewer.name,
        "avatar_url": viewer.avatar_url,
        "slug": page.place.circle.slug,
    }
    space = page.place.space
    if space and space.you_are:
        you = space.you_are
        values |= {"name": you.name, "face": you.drawn, "audience": space.audience}
    (drawn,) = _FORM.fill([((page.place.circle.visibility, space is not None), values)])
    return as_markup(drawn)


def _form_with_draft(page: ThreadPage) -> str:
    form = ReplyForm(formdata=None, body=page.draft_body)
    form.draft_place.data = _draft_place(page)
    form.draft_version.data = page.draft_version
    return render_template(
        "discussions/_reply_form.html",
        form=form,
        place=page.place,
        reply_action_url=_action(page),
        draft_saved_at=page.draft_saved_at,
    )


def _form_context(kind: tuple[str, bool]) -> Mapping[str, Any]:
    visibility, in_space = kind
    you = SimpleNamespace(name=gap("name"), drawn=gap("face"))
    space = SimpleNamespace(you_are=you, audience=gap("audience")) if in_space else None
    form = ReplyForm(formdata=None, draft_place=gap("draft_place"))
    form.nonce.data, form.csrf_token.current_token = gap("nonce"), gap("csrf_token")
    return {
        "form": form,
        "viewer": SimpleNamespace(name=gap("name"), avatar_url=gap("avatar_url")),
        "place": SimpleNamespace(
            circle=SimpleNamespace(visibility=visibility, slug=gap("slug")), space=space
        ),
        "reply_action_url": gap("action"),
    }


_FORM = Pattern("discussions/_reply_form.html", _form_context)


def _action(page: ThreadPage) -> str:
    return f"{links.post(page.topic.public_id)}/reply"


def _draft_place(page: ThreadPage) -> str:
    return f"reply:{page.topic.public_id}"
