"""Signing up: a name and an address, then a code by mail. Allauth does the rest."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import User


class SignupForm(allauth.SignupForm):
    """Allauth's form with a name, and without a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As your colleagues know you. It is never shown in public."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.help_text = _("Best the one of your city: with it you get a role sooner.")
        email.widget.attrs.pop("placeholder", None)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Give the new account its name and the language of the page."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or user.language
        user.save()
