"""Composers: a new topic, a reply, an edit, a removal, a preview."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.circles.queries import place as circle_place
from forum.core import links, markup
from forum.core.errors import EditedMeanwhile, ForumError
from forum.core.i18n import _
from forum.discussions import actions, queries
from forum.discussions.about import from_company
from forum.discussions.forms import (
    CircleEditForm,
    CircleTopicForm,
    EditForm,
    ReplyForm,
    SpaceEditForm,
    WritingForm,
)
from forum.discussions.forms.about import AboutTopic, in_fields
from forum.discussions.queries.thread import PAGE
from forum.discussions.views import bp
from forum.discussions.views.attaching import attaching, put_aside
from forum.discussions.views.composing import (
    found_in,
    laid_out,
    preview_of,
    previewing,
    put_quotation,
    quoting,
    refuse,
    status_of,
    take_up_draft,
    worries,
)
from forum.models.circles import Visibility
from forum.policy import limits
from forum.policy.allowed import Act, Place, require
from forum.policy.viewer import Viewer
from forum.spaces.recognise import speaks_of_self_harm
from forum.web import arrival
from forum.web.forms import Form


@bp.route("/c/<slug:slug>/new", methods=["GET", "POST"])
def new_topic(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    here = circle_place(viewer, slug)
    form, saved_at = CircleTopicForm(), None
    if request.method == "GET":
        require(viewer, Act.OPEN_TOPIC, Place(here.circle.id, Visibility(here.circle.visibility)))
        saved_at = take_up_draft(form, f"topic:{slug}")
    if attaching() and (away := put_aside(form)):
        return away
    if not attaching() and form.sent() and not previewing():
        try:
            posted = actions.post_topic(
                viewer,
                slug,
                form.title.data,
                form.body.data,
                form.nonce.data,
                facts=form.facts(),
            )
            flash(_("Your conversation is posted. All who can read this place see it."), "success")
            return redirect(links.topic(posted.topic_public_id))
        except ForumError as error:
            refuse(form, error)
    return render_template(
        "discussions/new_topic.html",
        form=form,
        place=here,
        **_offered(viewer, form, here.circle.id),
        preview_html=preview_of(form),
        draft_saved_at=saved_at,
    ), status_of(form)


@bp.route("/p/<id:public_id>/reply", methods=["GET", "POST"])
def reply(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    parent = queries.post_for(viewer, public_id)
    form, saved_at = ReplyForm(), None
    if request.method == "GET":
        require(viewer, Act.REPLY, parent.where)
        saved_at = take_up_draft(form, f"reply:{public_id}", parent.voice)
    if attaching() and (away := put_aside(form)):
        return away
    if quoting():
        require(viewer, Act.REPLY, parent.where)
        put_quotation(form, parent)
    elif not attaching() and form.sent() and not previewing():
        try:
            posted = actions.post_reply(
                viewer, public_id, form.body.data, form.nonce.data, looked=form.looked.data
            )
            flash(_("Your reply is posted."), "success")
            return redirect(_where_it_stands(posted, parent.topic.reply_count))
        except ForumError as error:
            refuse(form, error)
    return render_template(
        "discussions/reply.html",
        form=form,
        parent=parent.card,
        topic=parent.topic,
        place=parent.place,
        reply_action_url=request.path,
        preview_html=preview_of(form, private=parent.voice is not None),
        worried=parent.voice is not None and worries(form),
        draft_saved_at=saved_at,
    ), status_of(form)


@bp.route("/p/<id:public_id>/edit", methods=["GET", "POST"])
def edit(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    post = queries.post_for(viewer, public_id)
    require(viewer, Act.EDIT, post.where)
    form, saved_at, there = _edit_form(post), None, None
    if request.method == "GET":
        saved_at = take_up_draft(form, f"edit:{public_id}", post.voice)
        there = _standing(post) if form.body.data != post.source else None
    if attaching() and (away := put_aside(form)):
        return away
    if not attaching() and form.sent() and not previewing():
        try:
            actions.edit_post(
                viewer,
                public_id,
                form.body.data,
                form.title.data if post.is_opening else None,
                form.notes.data if "notes" in form else None,
                shown=form.shown.data or "",
                looked=form.looked.data,
                facts=form.facts() if isinstance(form, CircleEditForm) else None,
            )
            flash(_("Your change is saved."), "success")
            return redirect(f"{links.post(public_id)}#p-{public_id}")
        except EditedMeanwhile as error:
            post = queries.post_for(viewer, public_id)
            there = _standing(post)
            _refuse_unseen(form, post, error)
        except ForumError as error:
            refuse(form, error)
    return render_template(
        "discussions/edit.html",
        form=form,
        post=post.card,
        topic=post.topic,
        place=post.place,
        there=there,
        **_offered(viewer, form, post.place.circle.id),
        preview_html=preview_of(form, private=post.voice is not None),
        worried=post.voice is not None and worries(form),
        draft_saved_at=saved_at,
    ), status_of(form)


def _offered(viewer: Viewer, form: WritingForm, circle_id: int) -> dict[str, Any]:
    """For a form about a circle's topic: the tags used there, the company as in the profile."""
    if not isinstance(form, AboutTopic):
        return {}
    known_tags = [tag for tag, _uses in queries.tags_of_circle(viewer, circle_id)]
    mine = queries.own_company(viewer)
    return {"known_tags": known_tags, "mine": from_company(mine), "mine_fields": in_fields(mine)}


def _edit_form(post: queries.SeenPost) -> EditForm:
    """With what stands there; what is said of a topic only where the post opens one."""
    if post.voice is None and post.is_opening:
        form = CircleEditForm()
        if request.method == "GET":
            form.show_facts(post.facts)
    else:
        form = EditForm() if post.voice is None else SpaceEditForm()
    there = {
        "title": post.topic.title,
        "body": post.source,
        "notes": post.head.get("notes"),
        "shown": actions.version_of(post),
    }
    for field in list(form):
        if field.name in ("title", "notes") and not post.is_opening:
            del form[field.name]
        elif field.name in there and request.method == "GET":
            field.data = there[field.name]
    return form


def _standing(post: queries.SeenPost) -> dict[str, str]:
    """What stands there, to be shown beside another text that was begun before."""
    return {"title": post.topic.title, "source": post.source}


def _refuse_unseen(form: EditForm, post: queries.SeenPost, error: ForumError) -> None:
    """It had changed since the form was opened; sent again, what was typed is saved."""
    form.refused_with = error.status
    form.form_errors.append(str(error))
    form.shown.data = actions.version_of(post)


@bp.route("/p/<id:public_id>/removal", methods=["GET", "POST"])
def removal(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    post = queries.post_for(viewer, public_id)
    require(viewer, Act.REMOVE, post.where)
    form = Form()
    if form.sent():
        removed = actions.remove_post(viewer, public_id)
        flash(_("Your post is removed for good."), "success")
        if removed.with_topic:
            return redirect(links.circle(post.place.circle.slug))
        return redirect(links.topic(post.topic.public_id))
    return render_template(
        "discussions/removal.html", form=form, post=post.card, topic=post.topic, place=post.place
    ), form.status()


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """How a text will read; the fragment for script."""
    viewer = arrival.viewer()
    limits.spend(limits.PREVIEW, viewer)
    source = markup.normalise(request.form.get("body", ""))
    private = "private" in request.args
    try:
        # first, as it is what refuses a text that is too long to be looked at
        html = laid_out(source, private=private)
        found = found_in(source) if private else ()
    except ForumError as error:
        return render_template("discussions/_preview.html", error=str(error)), error.status
    worried = private and speaks_of_self_harm(source)
    return render_template("discussions/_preview.html", html=html, findings=found, worried=worried)


def _where_it_stands(posted: actions.Posted, replies_before: int | None) -> str:
    """The topic when all of it is known to fit a page, else the reply's own page."""
    if replies_before is not None and replies_before + 2 <= PAGE:
        return f"{links.topic(posted.topic_public_id)}#p-{posted.public_id}"
    return f"{links.post(posted.public_id)}#p-{posted.public_id}"
