"""Starting an application, and throwing a draft away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership

from ...models import Call


class StartForm(forms.Form):
    """For which call, with which partnership; both by radio buttons, nothing chosen for one."""

    call = forms.ChoiceField(label=_("Call"), widget=forms.RadioSelect)
    partnership = forms.ChoiceField(label=_("With which partnership"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, calls: list[Call], partnerships: list[Partnership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calls = {call.slug: call for call in calls}
        self.partnerships = {one.slug: one for one in partnerships}
        call_field: Any = self.fields["call"]
        call_field.choices = [(slug, call.title) for slug, call in self.calls.items()]
        partnership_field: Any = self.fields["partnership"]
        partnership_field.choices = [(slug, str(one)) for slug, one in self.partnerships.items()]

    @property
    def chosen_call(self) -> Call:
        return self.calls[self.cleaned_data["call"]]

    @property
    def chosen_partnership(self) -> Partnership:
        return self.partnerships[self.cleaned_data["partnership"]]


class DiscardForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete the draft with everything both cities wrote."),
        error_messages={"required": _("Please tick this if you are sure.")},
    )
