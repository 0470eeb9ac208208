"""Forms of the staff's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import Application

NOBODY = "nobody"


class TransferForm(forms.Form):
    """Whose desk a case goes to; nobody is chosen beforehand."""

    to = forms.ChoiceField(label=_("Handled by"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")
        self.people = {str(one.pk): one for one in team}
        to: Any = self.fields["to"]
        to.choices = [
            ("", "–"),
            (NOBODY, _("nobody")),
            *((key, str(one)) for key, one in self.people.items()),
        ]

    def person(self) -> User | None:
        """The chosen colleague; ``None`` for nobody. Of a valid form."""
        return self.people.get(self.cleaned_data["to"])


class ChosenForm(forms.Form):
    """The ticked cases of the list, by reference."""

    cases = forms.ModelMultipleChoiceField(
        queryset=Application.objects.all(),
        to_field_name="ref",
        error_messages={"required": _("Please tick at least one case.")},
    )
