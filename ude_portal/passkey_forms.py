"""allauth's passkey forms, which also refuse what cannot be a passkey at all.

The library behind them reads JSON and CBOR as a browser builds it. Of anything else it makes
errors of many kinds; allauth turns only some of them into a message.
"""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

#: What reading broken bytes raises, and JSON nested deeper than Python can follow.
UNREADABLE = (AttributeError, LookupError, RecursionError, struct.error)


class Readable:
    """Turns what cannot be read into an error of the form."""

    def full_clean(self) -> None:
        form: Any = self
        try:
            super().full_clean()  # type: ignore[misc]
        except UNREADABLE:
            form.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddForm(Readable, forms.AddWebAuthnForm):
    """A new passkey of somebody signed in."""


class AuthenticateForm(Readable, forms.AuthenticateWebAuthnForm):
    """The second step of a sign-in."""


class LoginForm(Readable, forms.LoginWebAuthnForm):
    """A sign-in by passkey alone."""


class ReauthenticateForm(Readable, forms.ReauthenticateWebAuthnForm):
    """Once more before something delicate."""
