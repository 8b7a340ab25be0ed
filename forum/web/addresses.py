"""The form that asks for an e-mail address, and whose name the site's mail carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from wtforms import ValidationError
from wtforms.validators import DataRequired, Length

from forum.core import addresses
from forum.core.i18n import _l
from forum.web.forms import Form, LineField


class AddressForm(Form):
    """Somebody's e-mail address; `normal` is its one form once validated."""

    address = LineField(
        _l("E-mail address"), [DataRequired(_l("Please fill this in.")), Length(max=254)]
    )

    def validate_address(self, field: LineField) -> None:
        try:
            self.normal = addresses.normal(field.data, test_domains=_test_domains())
        except addresses.BadAddress as error:
            raise ValidationError(str(error)) from None


def mail_domain() -> str:
    """The domain of Message-IDs: the site's own host name."""
    return urlsplit(current_app.config["SITE_URL"]).hostname or "localhost"


def _test_domains() -> bool:
    return bool(current_app.config.get("DEVELOPMENT") or current_app.testing)
