"""What people choose on the way to handing in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput

from ..models import Application
from ..sections import parties_of, pieces
from .parts import name_of


class SignForm(forms.Form):
    """Who signs, in which office, and that they want to.

    ``seen`` is the fingerprint of what the page showed.
    """

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    office = forms.CharField(
        label=_("Your office"),
        help_text=_("In which office you sign for your city, for example “Lord Mayor”."),
        max_length=150,
    )
    agrees = forms.BooleanField(
        label=_("I have read the application and sign it for my city."),
        error_messages={"required": _("Please tick this if you want to sign.")},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def show_again(self, fingerprint: str) -> None:
        """After somebody's edit: what is on the page now is to be read and agreed to anew."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = fingerprint
        data.pop(self.add_prefix("agrees"), None)
        self.data = data


class SubmitForm(forms.Form):
    """``number`` is the version this becomes, so that pressing twice is pressing once."""

    number = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why; the cities read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The cities read it. At most 300 characters."),
    )


class ExtendForm(ReasonForm):
    """A new last day, which ends at midnight where the call is."""

    prefix = "extend"
    last_day = forms.DateField(
        label=_("New last day"),
        widget=DateInput,
        help_text=_("The draft can be handed in until the end of this day."),
    )
    field_order = ("last_day", "reason")

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if day.year > 2200:
            raise ValidationError(_("This day is too far away."), code="far")
        return day

    def until(self, application: Application) -> dt.datetime:
        after = self.cleaned_data["last_day"] + dt.timedelta(days=1)
        return dt.datetime.combine(after, dt.time(), application.call.zone)


class AskForm(forms.Form):
    """What staff would like to know, and which parts open again for it."""

    prefix = "ask"
    sections = forms.MultipleChoiceField(
        label=_("Parts that open again"), widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("Question to the cities"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("At most 3,000 characters. It goes to all cities by mail."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DateInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["sections"]
        choices.choices = [
            (name_of(part, party), f"{part.label} ({party.city.name})" if party else part.label)
            for part, party in pieces(parties_of(application))
        ]
