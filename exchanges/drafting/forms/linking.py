"""To whom in the partner city a link goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import ApplicationParty
from ..contacts import Contact, contacts_of
from .base import OneLine

TYPED = "other"


class LinkForm(forms.Form):
    """A post or somebody of the city's office by name of the role, or a typed address."""

    to = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    name = OneLine(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    may_sign = forms.BooleanField(
        label=_("May sign the application for the city"),
        required=False,
        help_text=_("Only for addresses we know as the city's."),
    )

    def __init__(self, *args: Any, party: ApplicationParty, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"city-{party.pk}", **kwargs)
        self.party = party
        self.contacts = contacts_of(party.city)
        choices: Any = self.fields["to"]
        choices.choices = [
            *((key, one.label) for key, one in self.contacts.items()),
            (TYPED, _("another address")),
        ]
        if not self.contacts:
            del self.fields["to"]
        is_german = party.city.country.code in {"DE", "AT", "CH"}
        self.initial = {"language": "de" if is_german else "en"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._is_typed and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", ValidationError(_("Please enter an address."), code="required"))
        return cleaned

    @property
    def _is_typed(self) -> bool:
        return "to" not in self.errors and self.cleaned_data.get("to", TYPED) == TYPED

    @property
    def contact(self) -> Contact:
        found = self.contacts.get(self.cleaned_data.get("to", TYPED))
        if found is not None:
            return found
        said = self.cleaned_data
        return Contact(said["email"], said["language"], name=said["name"])
