"""Drafts: saved while typing, listed, discarded."""

from __future__ import annotations

import re

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core import markup
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.discussions import actions, queries
from forum.discussions.actions.drafting import DraftElsewhere
from forum.discussions.forms import WISHES
from forum.discussions.views import bp
from forum.discussions.views.composing import said_in
from forum.spaces import notes
from forum.web import arrival
from forum.web.forms import Form

_PLACE = re.compile(r"topic:[a-z0-9-]{1,40}|(?:space|reply|edit):[a-z0-9]{12}")


@bp.get("/drafts")
def drafts() -> ResponseReturnValue:
    found = queries.drafts(arrival.viewer())
    return render_template("discussions/drafts.html", drafts=found, form=Form())


@bp.post("/drafts")
def save_draft() -> ResponseReturnValue:
    """For script: draft_place, draft_version, nonce and words; answers {"version": …} as JSON.

    409 with the other text when another window saved a newer one.
    """
    sent = request.form
    if not _PLACE.fullmatch(sent.get("draft_place", "")):
        abort(404)
    try:
        version = actions.save_draft(
            arrival.viewer(),
            sent["draft_place"],
            markup.one_line(sent.get("title", "")),
            markup.normalise(sent.get("body", "")),
            sent.get("draft_version", ""),
            markup.one_line(sent.get("nonce", ""))[:32],
            wish=sent["wish"] if sent.get("wish") in WISHES else "",
            notes=notes.known(sent.getlist("notes")),
            said=said_in(sent),
        )
    except DraftElsewhere as error:
        return jsonify(body=error.body, version=error.version), error.status
    except ForumError as error:
        return jsonify(error=str(error)), error.status
    return jsonify(version=version)


@bp.post("/drafts/<id:public_id>/discard")
def discard_draft(public_id: str) -> ResponseReturnValue:
    actions.discard_draft(arrival.viewer(), public_id)
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("discussions.drafts"))
