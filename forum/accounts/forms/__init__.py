"""Forms about accounts and profiles."""

from forum.accounts.forms.accounts import (
    AddressKindForm,
    ChangePasswordForm,
    ClosingForm,
    ConfirmForm,
    NameForm,
    NewAddressForm,
    NewPasswordForm,
    NotesForm,
    ProveForm,
    RhythmForm,
    SignInForm,
)
from forum.accounts.forms.profiles import FirstStepsForm, ProfileForm, as_filled_in

__all__ = [
    "AddressKindForm",
    "ChangePasswordForm",
    "ClosingForm",
    "ConfirmForm",
    "FirstStepsForm",
    "NameForm",
    "NewAddressForm",
    "NewPasswordForm",
    "NotesForm",
    "ProfileForm",
    "ProveForm",
    "RhythmForm",
    "SignInForm",
    "as_filled_in",
]
