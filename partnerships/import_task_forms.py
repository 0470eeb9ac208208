"""The form with which a person settles a row: two cities, kind, year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.validators import validate_time_zone

from .confirming.fact_fields import clean_year
from .importing import geography
from .importing.candidates import candidates, certain
from .models import HOME_COUNTRY, City, GazetteerPlace, ImportRow, Partnership
from .regions import place_name

NEW = "new"


class SideForm(forms.Form):
    """One of the two cities: chosen from those of that name, or taken as new.

    ``search`` are the words by which cities were looked for; it travels along so that a refused
    form offers the same choice again.
    """

    search = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    choice = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    region = forms.CharField(
        label=_("Region"),
        required=False,
        max_length=80,
        help_text=_("German Land, US state or nation of the UK."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=50,
        validators=[validate_time_zone],
        help_text=_("Name from the IANA list, for example Europe/Berlin."),
    )

    def __init__(self, *args: Any, row: ImportRow, side: str, search: str = "", **kwargs: Any):
        is_home = side == "german_city"
        written, facts = row.written.get(side, ""), row.facts
        country = HOME_COUNTRY if is_home else facts["partner_country"]
        super().__init__(*args, prefix="home" if is_home else "partner", **kwargs)
        words = search or (self.data.get(self.add_prefix("search"), "") if self.is_bound else "")
        words = (words or facts[side] or written)[:120]
        self.found = candidates(words, country)
        choices: Any = self.fields
        choices["choice"].label = _("German city") if is_home else _("Partner city")
        choices["choice"].choices = [
            *((one.key, _label(one.city)) for one in self.found),
            (NEW, _("none of these: take it as a new city")),
        ]
        choices["country"].choices = (
            [(HOME_COUNTRY, countries.name(HOME_COUNTRY))] if is_home else [("", "–"), *countries]
        )
        land = geography.region(row.written.get("german_state", ""), HOME_COUNTRY)
        region = land if is_home else facts["partner_region"]
        self.initial = {
            "search": words,
            "choice": certain(self.found, row, side),
            "name": written,
            "region": region,
            "country": country,
            "time_zone": _time_zone(country, region),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") != NEW:
            for name in {"name", "region", "country", "time_zone"} & set(self.errors):
                del self.errors[name]
            return cleaned
        needed = ["name", "country", "time_zone"]
        if cleaned.get("country") in geography.WITH_REGIONS:
            needed.append("region")
        for name in needed:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("A new city needs this."), code="required"))
        region = geography.region(cleaned.get("region", ""), cleaned.get("country", ""))
        cleaned["region"] = region or cleaned.get("region", "")
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether the fields of a new city are to be seen at once."""
        return bool(self.is_bound and self.data.get(self.add_prefix("choice")) == NEW)

    @property
    def city(self) -> City:
        """The city that was chosen; not saved yet where it is new."""
        chosen = self.cleaned_data["choice"]
        for one in self.found:
            if one.key == chosen:
                return one.city
        values = {name: self.cleaned_data[name] for name in ("country", "region", "time_zone")}
        name = self.cleaned_data["name"]
        city = City(name_de=name, name_en=name, **values)
        city.fold()
        return city


class LinkForm(forms.Form):
    """What the cities have with each other."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Partnership.Kind.choices)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        help_text=_("Leave empty when it is not known."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        facts = row.facts
        initial = {"kind": facts["kind"] or None, "year": facts["year_established"]}
        super().__init__(*args, initial=initial, **kwargs)
        if not facts["kind"]:
            field: Any = self.fields["kind"]
            field.choices = [("", "–"), *Partnership.Kind.choices]

    def clean_year(self) -> int | None:
        return clean_year(self.cleaned_data["year"])


def _label(city: City) -> str:
    return f"{city.name}, {place_name(city.country.code, city.region)}"


def _time_zone(country: str, region: str) -> str:
    """That of a place in the same region, as a suggestion."""
    places = GazetteerPlace.objects.filter(country=country).order_by("-population")
    if region:
        places = places.filter(region=region)
    return places.values_list("time_zone", flat=True).first() or ""
