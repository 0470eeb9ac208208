"""Form fields for the values of facts, and what is checked about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.pickers import DateInput
from sdg.models import Topic

from ..importing.cells import EARLIEST_YEAR
from ..importing.reasons import Reason
from ..models import Office, Organisation, Partnership
from .facts import FACTS, Fact, Value


def as_value(value: Any) -> Value:
    """What a field gives as facts keep it: lists in order, ``None`` for nothing."""
    return sorted(value) if isinstance(value, list) else value or None


def one_line(text: str) -> str:
    """Names and offices stand in mails and lists: no line breaks, whatever was pasted."""
    return " ".join(text.split())


def clean_year(year: int | None) -> int | None:
    this_year = timezone.localdate().year
    if year is not None and not EARLIEST_YEAR <= year <= this_year:
        reason = Reason("year_impossible", year=year, this_year=this_year)
        raise ValidationError(str(reason), code="year")
    return year


def clean_agreed_on(day: dt.date | None) -> str | None:
    if day is None:
        return None
    if day.year < EARLIEST_YEAR or day > timezone.localdate():
        raise ValidationError(
            _("The agreement was signed between %(first)s and today."),
            code="agreed_on",
            params={"first": EARLIEST_YEAR},
        )
    return day.isoformat()


def fields_of(partnership: Partnership) -> dict[str, forms.Field]:
    """A field for the value of each fact; offices only of the countries that take part."""
    countries = {party.city.country.code for party in partnership.parties.select_related("city")}
    offices = Office.objects.filter(country__in=countries)
    return {
        "kind": forms.ChoiceField(
            label=FACTS["kind"].label,
            required=False,
            choices=[
                (kind.value, f"{kind.label}: {Partnership.KINDS_EXPLAINED[kind]}")
                for kind in Partnership.Kind
            ],
            widget=forms.RadioSelect,
        ),
        "year": forms.IntegerField(
            label=_("Since (year)"),
            required=False,
            help_text=_("Leave empty when it is not known."),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        ),
        "agreed_on": forms.DateField(
            label=FACTS["agreed_on"].label,
            required=False,
            help_text=_("When the agreement was signed; leave empty when there is none."),
            widget=DateInput,
        ),
        "signatories": _several(
            FACTS["signatories"], [(office.slug, str(office)) for office in offices]
        ),
        "organisations": _several(
            FACTS["organisations"],
            [(one.slug, one.name) for one in Organisation.objects.all()],
        ),
        "topics": _several(
            FACTS["topics"], [(topic.slug, topic.name) for topic in Topic.objects.all()]
        ),
    }


def _several(fact: Fact, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=fact.label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
    )
