"""The filters of outbox and mailbox; they live in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Mail
from .registry import kinds

ANY = ("", _("all"))


class OutboxFilter(forms.Form):
    """Every field is optional; a wrong value shows its error and filters nothing."""

    q = forms.CharField(label=_("Address or subject"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ANY, *Mail.State.choices])
    kind = forms.ChoiceField(label=_("Kind of mail"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        known: Any = self.fields["kind"]
        known.choices = [ANY, *((kind.key, kind.label) for kind in kinds())]

    @property
    def filters(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MailboxFilter(forms.Form):
    """One address, or a piece of it."""

    to = forms.CharField(label=_("Address"), required=False, max_length=100)
