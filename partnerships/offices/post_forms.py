"""The forms of a post and of whoever holds it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput
from journal.versions import VersionedForm

from ..models import City, Holder, Office, Position


class PostForm(VersionedForm):
    """A post of a city with its present holder; nobody saves over somebody else's change."""

    holder_name = forms.CharField(
        label=_("Name of the holder"),
        max_length=150,
        required=False,
        help_text=_("Leave empty when the post is vacant. The name is never public."),
    )
    salutation = forms.CharField(
        label=_("Salutation"),
        max_length=200,
        required=False,
        help_text=_(
            "The whole line, for example “Sehr geehrte Frau Dr. Beispiel,”. Without it the portal "
            "uses the one of the office held, or a neutral one."
        ),
    )

    class Meta:
        model = Position
        fields = ["department", "office", "title", "email", "language"]
        help_texts = {
            "department": _("The kind of department; the names in other cities may differ."),
            "office": _("A political or leading office, where the post is one."),
            "email": _(
                "A shared mailbox of the office is welcome. The address is never public and never "
                "shown to another city."
            ),
        }

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        usual = Q(country=city.country) | Q(pk=self.instance.office_id)
        fields["office"].queryset = Office.objects.filter(usual)
        self.instance.city = city
        self.holder = self._present_holder()
        if self.holder:
            self.initial["holder_name"] = self.holder.name
            self.initial["salutation"] = self.holder.salutation
            fields["holder_name"].help_text = _(
                "Correct a spelling here. For a new person use “New holder” below."
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        what = {"department", "office", "title"}
        if not any(given.get(name) for name in what) and not what & set(self.errors):
            refusal = ValidationError(
                _("Say what the post is: a department, an office held or a function."), code="what"
            )
            self.add_error("department", refusal)
        if self.holder and not given.get("holder_name") and "holder_name" not in self.errors:
            refusal = ValidationError(
                _("To end this person's time use “New holder” or “End this post”."), code="holder"
            )
            self.add_error("holder_name", refusal)
        elif given.get("salutation") and not given.get("holder_name"):
            self.add_error("holder_name", ValidationError(_("Whose is it?"), code="required"))
        return cleaned

    @property
    def named_holder(self) -> Holder | None:
        """The present holder as corrected, or a first one; ``None`` for a vacant post."""
        name, salutation = self.cleaned_data["holder_name"], self.cleaned_data["salutation"]
        if not name:
            return None
        holder = self.holder or Holder(since=timezone.localdate())
        holder.name, holder.salutation = name, salutation
        return holder

    def _present_holder(self) -> Holder | None:
        if not self.instance.pk:
            return None
        return self.instance.holders.current(timezone.localdate()).first()


class HolderForm(forms.ModelForm):
    """Somebody new in a post, from a day on."""

    class Meta:
        model = Holder
        fields = ["name", "salutation", "since"]
        widgets = {"since": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = True
        self.initial.setdefault("since", timezone.localdate())

    def clean_since(self) -> dt.date:
        since: dt.date = self.cleaned_data["since"]
        if not 1945 <= since.year <= timezone.localdate().year + 2:
            raise ValidationError(_("This day is too far away."), code="far")
        return since
