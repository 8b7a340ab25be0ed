"""The pages of a private space: its conversations, and opening one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core import links
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.discussions import actions, queries
from forum.discussions.forms import WISHES, LifeForm, SpaceTopicForm
from forum.discussions.views import bp
from forum.discussions.views.asking import asked_public_id, is_seen_by_a_person
from forum.discussions.views.attaching import attaching, put_aside
from forum.discussions.views.composing import (
    preview_of,
    previewing,
    refuse,
    status_of,
    take_up_draft,
    worries,
)
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer
from forum.spaces import lasting
from forum.spaces.hours import hours_of
from forum.spaces.queries import SeenSpace, space_for
from forum.spaces.said import said_to
from forum.spaces.visits import note_visit
from forum.web import arrival
from forum.web.forms import Form


@bp.get("/s/<id:public_id>")
def space(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    here = space_for(viewer, public_id)
    return _space_page(viewer, here, LifeForm(data={"days": here.life_days}))


@bp.post("/s/<id:public_id>/life")
def choose_life(public_id: str) -> ResponseReturnValue:
    """How long topics opened from now on stay open: for the space's moderators."""
    viewer = arrival.viewer()
    here = space_for(viewer, public_id)
    require(viewer, Act.EDIT_CIRCLE, here.where)
    form = LifeForm()
    if not form.sent():
        return _space_page(viewer, here, form), form.status()
    lasting.choose_life(viewer, public_id, form.days.data)
    flash(_("That is how long conversations opened from now on will last."), "success")
    return redirect(links.space(public_id))


def _space_page(viewer: Viewer, here: SeenSpace, form: LifeForm) -> str:
    page = queries.topics_of_space(viewer, here, asked_public_id("after"))
    html = render_template(
        "discussions/space.html",
        place=here.place,
        space=here,
        topics=page.rows,
        pager=page.pager,
        wishes=WISHES,
        hours=hours_of(here.id),
        form=form,
    )
    if is_seen_by_a_person():
        note_visit(here)
    return html


@bp.route("/s/<id:public_id>/new", methods=["GET", "POST"])
def new_topic_in_space(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    here = space_for(viewer, public_id)
    form = SpaceTopicForm()
    if request.method == "GET":
        require(viewer, Act.OPEN_TOPIC, here.where)
        take_up_draft(form, f"space:{public_id}", here.voice)
    if attaching() and (away := put_aside(form)):
        return away
    if not attaching() and form.sent() and not previewing():
        head = actions.Head(form.title.data, form.wish.data or "", tuple(form.notes.data))
        try:
            posted = actions.post_topic_in_space(
                viewer,
                public_id,
                head,
                form.body.data,
                form.nonce.data,
                looked=form.looked.data,
            )
            flash(_("Your conversation is posted. All who can read this place see it."), "success")
            return redirect(links.topic(posted.topic_public_id))
        except ForumError as error:
            refuse(form, error)
    return render_template(
        "discussions/new_topic.html",
        form=form,
        place=here.place,
        preview_html=preview_of(form, private=True),
        worried=worries(form),
        draft_saved_at=None,
    ), status_of(form)


@bp.get("/s/<id:public_id>/mine")
def own_posts_in_space(public_id: str) -> ResponseReturnValue:
    """All one has written in a space, without anything around it: to copy, or to erase.

    Before it what moderators have said to one's names, and the appeals.
    """
    viewer = arrival.viewer()
    here = space_for(viewer, public_id)
    return render_template(
        "discussions/own_in_space.html",
        place=here.place,
        space=here,
        said=said_to(viewer, public_id),
        posts=queries.own_posts(viewer, here),
        form=Form(),
    )


@bp.post("/s/<id:public_id>/mine/<id:post_id>/removal")
def remove_own_in_space(public_id: str, post_id: str) -> ResponseReturnValue:
    actions.remove_own_in_space(arrival.viewer(), public_id, post_id)
    flash(_("Your text is erased."), "success")
    return redirect(url_for("discussions.own_posts_in_space", public_id=public_id))
