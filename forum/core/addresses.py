"""E-mail addresses: one form for each, checked without asking the network."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from forum.core.errors import ForumError
from forum.core.i18n import _l

ADDRESS_CHARS = 254


class BadAddress(ForumError):
    status = 422
    sentence = _l("That does not look like an e-mail address.")


def normal(text: str, *, test_domains: bool = False) -> str:
    """The address in lower case, its domain in ASCII. BadAddress unless it is one.

    The local part is lower-cased too: no provider in use tells Ana@ and ana@ apart, and two
    accounts that differ only so would be a trap.
    """
    if len(text) > ADDRESS_CHARS:  # before anything is worked out: it takes a second for 480 kB
        raise BadAddress
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=test_domains
        )
    except EmailNotValidError:
        raise BadAddress from None
    address = (found.ascii_email or found.normalized).lower()
    if len(address) > ADDRESS_CHARS:
        raise BadAddress
    return address
