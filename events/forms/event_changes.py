"""Confirming by typing the number of people whom something reaches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class TypedNumberForm(forms.Form):
    """``people`` is the right number at this moment; any other is refused with it."""

    number = forms.IntegerField(
        label=_("Number of people, to confirm"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_number(self) -> int:
        typed: int = self.cleaned_data["number"]
        if typed != self.people:
            raise ValidationError(
                ngettext(
                    "It is %(count)d person now. Nothing was sent.",
                    "It is %(count)d people now. Nothing was sent.",
                    self.people,
                )
                % {"count": self.people},
                code="wrong_number",
            )
        return typed


class CancelEventForm(TypedNumberForm):
    """Calling an event off reaches every standing invitation."""

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, people=people, prefix="cancel", **kwargs)
