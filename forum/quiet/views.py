"""Muting and blocking, and the page that lists and ends it all."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.policy import blocks
from forum.quiet import actions, queries
from forum.quiet.forms import BlockForm, WordForm
from forum.web import arrival
from forum.web.redirects import inside
from forum.web.saying import say_done

bp = Blueprint("quiet", __name__)


@bp.route("/settings/quiet", methods=["GET", "POST"])
def quiet() -> ResponseReturnValue:
    """All mutes and blocks; a word is muted here."""
    viewer, form = arrival.viewer(), WordForm()
    if form.sent():
        try:
            word = actions.mute_word(viewer, form.word.data or "")
        except ForumError as error:
            form.word.errors = [str(error)]
        else:
            said = _("“%(word)s” is muted.", word=word)
            return _said(said, url_for("quiet.end_word"), {"word": word})
    return render_template(
        "quiet/quiet.html",
        form=form,
        quiet=queries.wanted_quiet(viewer),
        most_in_spaces=blocks.IN_SPACES,
    ), form.status()


@bp.post("/settings/quiet/words/end")
def end_word() -> ResponseReturnValue:
    word = actions.end_word(arrival.viewer(), request.form.get("word", ""))
    return _said(
        _("“%(word)s” is no longer muted.", word=word), url_for("quiet.quiet"), {"word": word}
    )


@bp.post("/people/<id:public_id>/mute")
def mute(public_id: str) -> ResponseReturnValue:
    them = actions.mute(arrival.viewer(), public_id)
    return _said(_("%(name)s is muted.", name=them.name), _to("end_mute", public_id))


@bp.post("/people/<id:public_id>/mute/end")
def end_mute(public_id: str) -> ResponseReturnValue:
    them = actions.end_mute(arrival.viewer(), public_id)
    return _said(_("%(name)s is no longer muted.", name=them.name), _to("mute", public_id))


@bp.route("/people/<id:public_id>/block", methods=["GET", "POST"])
def block(public_id: str) -> ResponseReturnValue:
    """Asks first, and says what a block does and what it does not."""
    viewer = arrival.viewer()
    person = queries.person_for(viewer, public_id)
    form = BlockForm(in_spaces=person.holds_in_spaces)
    if form.sent():
        try:
            actions.block(viewer, public_id, in_spaces=form.in_spaces.data)
        except actions.TooManyInSpaces as error:
            form.in_spaces.errors = [str(error)]
        else:
            said = _("You and %(name)s no longer meet in circles.", name=person.name)
            return _said(said, _to("end_block", public_id))
    return render_template(
        "quiet/block.html",
        form=form,
        person=person,
        most_in_spaces=blocks.IN_SPACES,
        back_url=inside(request.args.get("next"), url_for("quiet.quiet")),
    ), form.status()


@bp.post("/people/<id:public_id>/block/end")
def end_block(public_id: str) -> ResponseReturnValue:
    them = actions.end_block(arrival.viewer(), public_id)
    said = _("You no longer block %(name)s.", name=them.name)
    undo_with = {"in_spaces": "y"} if them.holds_in_spaces else None
    return _said(said, _to("block", public_id), undo_with)


def _to(act: str, public_id: str) -> str:
    return url_for(f"quiet.{act}", public_id=public_id)


def _said(text: str, undo_url: str, undo_with: dict[str, str] | None = None) -> ResponseReturnValue:
    """Back to where they were, with a line that takes it back."""
    say_done(text, undo_url, undo_with)
    return redirect(inside(request.form.get("next"), url_for("quiet.quiet")))
