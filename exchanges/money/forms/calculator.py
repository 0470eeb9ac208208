"""The calculator of per diems."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ...models import DailyRate
from ..per_diem import Meals, Reckoning, reckon
from .budget import MOST_COUNTED

MOST_DAYS = 60


class PerDiemForm(forms.Form):
    """Where, how long, for how many, and which meals are given; all of it in the address."""

    rate = forms.ModelChoiceField(label=_("Place"), queryset=DailyRate.objects.none())
    days = forms.IntegerField(
        label=_("Days, arrival and departure included"), min_value=1, max_value=MOST_DAYS
    )
    persons = forms.IntegerField(label=_("Persons"), min_value=1, max_value=MOST_COUNTED)
    breakfast = forms.IntegerField(
        label=_("Breakfasts given to each person"), min_value=0, max_value=MOST_DAYS
    )
    lunch = forms.IntegerField(
        label=_("Lunches given to each person"), min_value=0, max_value=MOST_DAYS
    )
    dinner = forms.IntegerField(
        label=_("Dinners given to each person"), min_value=0, max_value=MOST_DAYS
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rate: Any = self.fields["rate"]
        rate.queryset = DailyRate.objects.filter(pk__in=[one.pk for one in in_force(on)])
        rate.label_from_instance = label_of

    def reckoning(self) -> Reckoning:
        """For one person; of a valid form."""
        found = self.cleaned_data
        meals = Meals(found["breakfast"], found["lunch"], found["dinner"])
        return reckon(found["rate"], found["days"], meals)


def in_force(on: dt.date) -> list[DailyRate]:
    """The newest rate of every place that is valid on that day; one query."""
    valid = DailyRate.objects.filter(valid_from__lte=on).order_by("valid_from", "pk")
    newest = {(rate.country.code, rate.city): rate for rate in valid}
    return list(newest.values())


def label_of(rate: DailyRate) -> str:
    """The place in the reader's language; the rest of a country bears its name alone."""
    country = str(countries.name(rate.country.code))
    return f"{country}: {rate.city}" if rate.city else country
