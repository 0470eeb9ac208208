"""A city's commitment, and how it ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput
from journal.versions import VersionedForm
from sdg.models import Topic

from ..choosing import topics_by_name
from ..models import Commitment, Party, Position


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, **options)


class CommitmentForm(VersionedForm):
    """What one city promises: who, about what, until when."""

    text = forms.CharField(
        label=_("What do you promise?"),
        max_length=Commitment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In one sentence; the partner city reads it as you write it."),
    )
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Which post takes care of it?"),
        required=False,
        empty_label=_("the city as a whole"),
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Topic"), required=False, empty_label="–"
    )
    made_on = _day(_("Promised on"))
    due_on = _day(_("To be done by"), required=False)

    class Meta:
        model = Commitment
        fields = ("text", "position", "topic", "made_on", "due_on")

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.party, self.instance.partnership = party, party.partnership
        fields: Any = self.fields
        fields["position"].queryset = _posts(party, self.instance.position_id)
        fields["position"].label_from_instance = lambda position: position.function
        fields["topic"].queryset = Topic.objects.all()
        fields["topic"].choices = [("", "–"), *topics_by_name()]

    def clean_made_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        made_on, due_on = self.cleaned_data.get("made_on"), self.cleaned_data.get("due_on")
        if made_on and due_on and due_on < made_on:
            self.add_error(
                "due_on",
                forms.ValidationError(
                    _("This day is before the day of the promise."), code="before_promise"
                ),
            )
        return cleaned

    def stored_value(self, stored: Any, name: str) -> Any:
        """Posts and topics by their names."""
        value = getattr(stored, name)
        return value.function if isinstance(value, Position) else value or "–"


class CloseForm(VersionedForm):
    """Done, or given up and why."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (Commitment.State.DONE, _("It is done")),
            (Commitment.State.DROPPED, _("We have given it up")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=Commitment._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What came of it, or why it was given up. All cities read it."),
    )

    class Meta:
        model = Commitment
        fields = ("state", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="close", **kwargs)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given_up = self.cleaned_data.get("state") == Commitment.State.DROPPED
        if given_up and not self.cleaned_data.get("note") and "note" not in self.errors:
            self.add_error("note", forms.ValidationError(_("Please say briefly why."), code="why"))
        return cleaned

    def stored_value(self, stored: Any, name: str) -> Any:
        return stored.get_state_display() if name == "state" else stored.note or "–"


def _posts(party: Party, chosen: int | None) -> Any:
    """The city's posts, and the one chosen once even if it has ended."""
    found = Position.objects.filter(Q(is_active=True) | Q(pk=chosen), city=party.city_id)
    return found.select_related("office", "department")
