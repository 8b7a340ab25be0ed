"""Forms about an account: signing in, name, address, password, going."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, RadioField, SelectChoice, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from forum.accounts import passwords
from forum.circles.choices import RHYTHMS
from forum.core.i18n import _l
from forum.models.accounts import NAME_CHARS, AddressKind
from forum.spaces.notes import NOTES
from forum.web.addresses import AddressForm
from forum.web.forms import Form, LineField, TicksField

_NEEDED = DataRequired(_l("Please fill this in."))


class SignInForm(AddressForm):
    password = PasswordField(_l("Password"), [_NEEDED, Length(max=1000)])
    next = HiddenField()


class _PasswordForm(Form):
    """A new password, judged together with the other fields so that all mistakes show at once."""

    def validate_password(self, field: PasswordField) -> None:
        name = self["name"].data if "name" in self else ""
        try:
            passwords.judge(field.data, (name or "")[:NAME_CHARS])
        except passwords.WeakPassword as error:
            raise ValidationError(str(error)) from None


_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their kind that paint nothing: the fillers of Hangul."""


def _can_be_read(_form: Form, field: LineField) -> None:
    if not any(character.isalnum() and character not in _UNSEEN for character in field.data):
        raise ValidationError(_l("A name needs at least one letter or digit."))


_NAME = (
    *(_NEEDED, Length(max=NAME_CHARS, message=_l("Use at most 40 characters."))),
    _can_be_read,
)
_OWN_PASSWORD = (_NEEDED, Length(max=passwords.MAX_CHARS))


class ConfirmForm(_PasswordForm):
    name = LineField(_l("Your name"), _NAME)
    password = PasswordField(_l("Password"), [_NEEDED])


class NewPasswordForm(_PasswordForm):
    password = PasswordField(_l("New password"), [_NEEDED])


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Present password"), [_NEEDED])


class NotesForm(Form):
    """Behind which content notes texts are folded."""

    notes = TicksField(
        _l("Fold texts about"),
        choices=[SelectChoice(key, words) for key, words in NOTES.items()],
    )


class ProveForm(Form):
    current = PasswordField(_l("Password"), _OWN_PASSWORD)


def _kind_field() -> RadioField:
    return RadioField(
        _l("Whose mailbox is it?"),
        choices=[
            SelectChoice(AddressKind.PERSONAL.value, _l("Mine alone")),
            SelectChoice(AddressKind.WORK.value, _l("My employer’s, or they could read it")),
            SelectChoice(AddressKind.UNSURE.value, _l("I am not sure")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )


class AddressKindForm(Form):
    kind = _kind_field()
    current = PasswordField(_l("Password"), _OWN_PASSWORD)


class NewAddressForm(AddressForm):
    """Another address to sign in with; `normal` is its one form once validated."""

    kind = _kind_field()
    current = PasswordField(_l("Password"), _OWN_PASSWORD)


class NameForm(Form):
    name = LineField(_l("Your name"), _NAME)


class RhythmForm(Form):
    """How often to be told by mail."""

    rhythm = RadioField(
        _l("How often shall we write to you?"),
        choices=[SelectChoice(each.value, words) for each, words in RHYTHMS.items()],
        validators=[InputRequired(_l("Choose one."))],
    )


class ClosingForm(Form):
    words = RadioField(
        _l("What you wrote in circles"),
        choices=[
            SelectChoice("keep", _l("Stays, by “former member”")),
            SelectChoice("erase", _l("Is erased; what others answered stays")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    current = PasswordField(_l("Password"), _OWN_PASSWORD)
