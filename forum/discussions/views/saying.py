"""What is said of a post without a reply: reactions, that it answered; and how it read before."""

from __future__ import annotations

from flask import abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core import links
from forum.core.i18n import _
from forum.core.ids import is_public_id
from forum.discussions import actions, queries
from forum.discussions.views import bp
from forum.discussions.views.reacted import REACTIONS, reaction_words
from forum.models.discussions import ReactionKind
from forum.web import arrival
from forum.web.door import public
from forum.web.redirects import inside


@bp.post("/p/<id:public_id>/reactions")
def react(public_id: str) -> ResponseReturnValue:
    """Leave or take back. For script, which asks for JSON: {"pressed": …, "words": "Thanks 3"}."""
    sent = request.form.get("kind", "")
    if sent not in list(ReactionKind):
        abort(404)
    kind = ReactionKind(sent)
    viewer = arrival.viewer()
    done = actions.react(viewer, public_id, kind)
    if request.accept_mimetypes.best == "application/json":
        words = reaction_words(kind, queries.reaction_count(viewer, done.post, kind) or 0)
        return jsonify(pressed=done.pressed, words=words)
    back = inside(request.form.get("next"), links.post(public_id))
    return redirect(f"{back}#p-{public_id}")


@bp.get("/p/<id:public_id>/reactions")
def reactions(public_id: str) -> ResponseReturnValue:
    """Who reacted to a post of a circle."""
    post, found = queries.reactors(arrival.viewer(), public_id)
    return render_template(
        "discussions/reactions.html",
        post=post.card,
        topic=post.topic,
        place=post.place,
        found=found,
        names=REACTIONS,
    )


@bp.post("/t/<id:public_id>/answer")
def accept(public_id: str) -> ResponseReturnValue:
    post = request.form.get("post", "")
    if not is_public_id(post):
        abort(404)
    actions.accept_answer(arrival.viewer(), public_id, post)
    flash(_("Marked: readers find the way from your question to this answer."), "success")
    return redirect(f"{inside(request.form.get('next'), links.post(post))}#p-{post}")


@bp.post("/t/<id:public_id>/answer/end")
def take_back(public_id: str) -> ResponseReturnValue:
    actions.take_back_answer(arrival.viewer(), public_id)
    flash(_("The mark is off."), "success")
    return redirect(inside(request.form.get("next"), links.topic(public_id)))


@bp.get("/p/<id:public_id>/history")
@public
def history(public_id: str) -> ResponseReturnValue:
    """What the newest edit of a post changed, or the one asked for as ?edit=2."""
    asked = request.args.get("edit")
    if asked is not None and not (asked.isascii() and asked.isdecimal() and len(asked) < 7):
        abort(404)
    found = queries.history(arrival.viewer(), public_id, int(asked) if asked else None)
    return render_template(
        "discussions/history.html",
        history=found,
        post=found.post.card,
        topic=found.post.topic,
        place=found.post.place,
    )
