"""Forms with which staff merge doubled entries."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MergeForm(forms.Form):
    """An explicit yes to exactly what was shown."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    is_same = forms.BooleanField(
        label=_("I have compared both: they are the same"),
        error_messages={"required": _("Please compare both and tick this.")},
    )


class SearchForm(forms.Form):
    """Words to find the other entry by."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
