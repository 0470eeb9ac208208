"""The filters above the guest list; they live in the address."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from ..guest_counts import Overview
from ..guest_list import DELIVERY_LABELS
from ..models import Invitation, Right

ANY = ("", _("all"))


class FilterField(NamedTuple):
    """One filter: without choices it is a line of text."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]


class GuestFilter(forms.Form):
    """Every field is optional. Countries and delegations are those the event has."""

    q = forms.CharField(label=_("Name, city or address"), required=False, max_length=100)
    answer = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[
            ANY,
            ("yes", _("yes")),
            ("room", Invitation.Choice.ROOM.label),
            ("online", Invitation.Choice.ONLINE.label),
            ("no", _("no")),
            ("silent", _("no answer yet")),
            ("withdrawn", _("withdrawn")),
        ],
    )
    seat = forms.ChoiceField(
        label=_("Seat"),
        required=False,
        choices=[
            ANY,
            ("confirmed", Invitation.Seat.CONFIRMED.label),
            ("waitlisted", Invitation.Seat.WAITLISTED.label),
            ("none", Invitation.Seat.NONE.label),
        ],
    )
    delivery = forms.ChoiceField(
        label=_("Delivery"), required=False, choices=[ANY, *DELIVERY_LABELS.items()]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    right = forms.ChoiceField(label=_("Right"), required=False, choices=[ANY, *Right.choices])
    delegation = forms.ChoiceField(label=_("Delegation"), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("", _("city")),
            ("name", _("name")),
            ("right", _("right")),
            ("answer", _("answer")),
            ("latest", _("latest change")),
        ],
    )

    def __init__(self, data: Any, *, overview: Overview) -> None:
        super().__init__(data)
        countries = [(count.code or "none", count.name) for count in overview.countries]
        self._offer("country", countries)
        self._offer("delegation", overview.delegations)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = [ANY, *choices]

    @property
    def shown(self) -> tuple[FilterField, ...]:
        """The fields as plain values, so that their markup can be kept."""
        return tuple(
            FilterField(
                field.name,
                str(field.label),
                str(field.value() or ""),
                tuple((value, str(label)) for value, label in field.field.choices)
                if isinstance(field.field, forms.ChoiceField)
                else (),
                tuple(str(error) for error in field.errors),
            )
            for field in self
        )

    @property
    def filters(self) -> dict[str, Any]:
        """What to filter by; a field with a wrong value does not filter and shows its error."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
