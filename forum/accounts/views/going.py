"""Taking along all one has here, and closing one's account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.forms import ClosingForm
from forum.accounts.views import bp
from forum.core import clock
from forum.core.i18n import _
from forum.web import arrival
from forum.web.forms import Form


@bp.route("/settings/export", methods=["GET", "POST"])
def export() -> ResponseReturnValue:
    """A copy of all that names one here, written while it is sent and kept nowhere."""
    viewer, form = arrival.viewer(), Form()
    if not form.sent():
        return render_template("accounts/export.html", form=form), form.status()
    actions.ask_for_export(viewer)
    about = str(_("All that names you here, but for private spaces, where nothing does."))
    pieces = _as_json(about, queries.export(viewer))
    response = Response(pieces, mimetype="application/json")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="my-data-{clock.today().isoformat()}.json"'
    )
    return response


@bp.route("/settings/closing", methods=["GET", "POST"])
def closing() -> ResponseReturnValue:
    """Close one's account, once one has read what goes and what stays."""
    form = ClosingForm()
    if form.sent():
        with_words = form.words.data == "erase"
        try:
            actions.close_own_account(arrival.viewer(), form.current.data, with_words=with_words)
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        else:
            arrival.end()
            flash(_("Your account is closed, and you are signed out. Farewell."), "success")
            return redirect(url_for("home.front"))
    return render_template("accounts/closing.html", form=form), form.status()


def _as_json(about: str, rows: Iterator[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """A text of one object: for each part a list of rows."""
    yield f'{{\n"about": {json.dumps(about, ensure_ascii=False)}'
    last = None
    for part, row in rows:
        if part != last:
            yield f"{'' if last is None else ']'},\n{json.dumps(part)}: [\n"
        else:
            yield ",\n"
        yield json.dumps(row, ensure_ascii=False)
        last = part
    yield f"{'' if last is None else ']'}\n}}\n"
