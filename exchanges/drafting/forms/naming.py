"""Who works by link tells the colleagues who it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .base import OneLine


class NameForm(forms.Form):
    my_name = OneLine(
        label=_("Your name"),
        max_length=150,
        help_text=_("So that both cities see who wrote what. It stays with this link."),
    )
