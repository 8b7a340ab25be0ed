"""What all forms share: text is cleaned on the way in, and nothing typed is lost on the way out."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput

from forum.core import markup

UNPROCESSABLE = 422


class Form(FlaskForm):  # type: ignore[misc]
    """A form of this site."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """The fields a form sends. No files and no JSON: what arrives is text, or nothing."""
            if formdata is None or request.method != "POST":
                return None
            return request.form

    def sent(self) -> bool:
        """Whether this request sends the form and everything in it holds."""
        return request.method == "POST" and bool(self.validate())

    def status(self) -> int:
        """422 when the form was sent and refused, else 200."""
        return UNPROCESSABLE if request.method == "POST" else 200


class LineField(StringField):  # type: ignore[misc]
    """One line of text, cleaned of what no name or title needs."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = markup.one_line(valuelist[0])


class TextField(TextAreaField):  # type: ignore[misc]
    """Several lines, cleaned, ends trimmed of blank lines."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = markup.normalise(valuelist[0]).strip("\n")


class TicksField(SelectMultipleField):  # type: ignore[misc]
    """Any number of a few choices, each with a box to tick."""

    option_widget = CheckboxInput()
