"""The journey: from where to where, by which means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import City

from ...drafting.forms.basics import choice
from ...models import Leg
from ..climate import estimate, sentences
from .budget import count
from .rows import RowsForm, kind_of

#: Cities of this size are offered as places to change, in the countries of the cities.
LARGE = 500_000


class JourneyForm(RowsForm):
    kind = "legs"
    columns = ("origin", "destination", "means", "persons", "is_return")
    mark = "origin"
    legend = _("Part of the journey %(number)s")
    more = (("legs", _("Add a part of the journey")),)

    def build(self) -> None:
        own = [party.city for party in self.piece.application.parties.select_related("city")]
        large = City.objects.filter(
            country__in={city.country.code for city in own}, population__gte=LARGE
        )
        stored = {v for n, v in self.stored.items() if n.endswith(("-origin", "-destination"))}
        ids = [city.pk for city in own]
        others = (large | City.objects.filter(pk__in=stored)).exclude(pk__in=ids)
        self.places = [(city.pk, str(city)) for city in [*own, *others.order_by("sort_key")]]
        super().build()

    def add_row(self, name: str) -> None:
        self.fields[f"{name}-origin"] = choice(_("From"), self.places)
        self.fields[f"{name}-destination"] = choice(_("To"), self.places)
        self.fields[f"{name}-means"] = kind_of(_("By"), Leg.Means.choices)
        self.fields[f"{name}-persons"] = count(_("Persons"), help_text=_("Empty: one."))
        self.fields[f"{name}-is_return"] = forms.BooleanField(
            label=_("There and back"), required=False
        )

    def says_something(self, row: dict[str, Any]) -> bool:
        return any(row[column] for column in ("origin", "destination", "means"))

    def check_row(self, name: str, row: dict[str, Any]) -> None:
        for column, sentence in _MISSING.items():
            if not row[column]:
                self.refuse_field(f"{name}-{column}", sentence, "missing")
        if row["origin"] and row["origin"] == row["destination"]:
            sentence = _("This part of the journey ends where it begins.")
            self.refuse_field(f"{name}-destination", sentence, "nowhere")

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        for name in [n for n in found if n.endswith("-origin")]:
            row = name.removesuffix("-origin")
            found[f"{row}-persons"] = found.get(f"{row}-persons") or 1
        return found

    def warnings(self) -> list[Any]:
        found = estimate(self.piece.application, timezone.localdate())
        return list(sentences(found)) if found else []


_MISSING = {
    "origin": _("Please choose where it begins."),
    "destination": _("Please choose where it ends."),
    "means": _("Please choose the means of travel."),
}
