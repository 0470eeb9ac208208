"""Whom to invite: filters over positions, whole partnerships, and single people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries as country_names

from partnerships.models import City, Department, Office, Partnership
from sdg.models import Topic

from ..recipients import Criteria


class RowsField(forms.ModelMultipleChoiceField):
    """Some rows; a key that no database can hold is refused like any other unknown one."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(
                self.error_messages["invalid_pk_value"],
                code="invalid_pk_value",
                params={"pk": max(value, key=len)},
            ) from error


class AudienceForm(forms.Form):
    """Filters of different kinds narrow each other; partnerships and people add to them."""

    countries = forms.MultipleChoiceField(
        label=_("Country"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("German Land"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partner_countries = forms.MultipleChoiceField(
        label=_("Has a partner city in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    offices = RowsField(
        Office.objects.none(),
        label=_("Office held"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    departments = RowsField(
        Department.objects.none(),
        label=_("Department"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = RowsField(
        Topic.objects.none(),
        label=_("Topic of a partnership"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partnerships = RowsField(
        Partnership.objects.none(),
        label=_("Whole partnerships"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_(
            "The guests of both cities stand together as a delegation. Choose several with the "
            "Ctrl key (on a Mac: Cmd)."
        ),
    )
    people = forms.CharField(
        label=_("Single people or addresses"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "One per line: an e-mail address, “Name &lt;address&gt;”, or name, city and function "
            "of somebody in the list. “; en” at the end means an English invitation."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(
            City.objects.filter(positions__is_active=True)
            .values_list("country", "region")
            .distinct()
            .order_by("country", "region")
        )
        codes = sorted({country for country, _region in places})
        regions = [region for country, region in places if country == "DE"]
        self._offer("countries", [(code, country_names.name(code)) for code in codes])
        self._offer("partner_countries", [(code, country_names.name(code)) for code in codes])
        self._offer("regions", [(region, region) for region in regions])
        self._query("offices", Office.objects.all())
        self._query("departments", Department.objects.all())
        self._query("topics", Topic.objects.all())
        ended = Partnership.State.ENDED
        self._query("partnerships", Partnership.objects.exclude(state=ended))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _query(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                _("Please choose at least one filter, a partnership or a person."), code="empty"
            )
        return cleaned

    @property
    def criteria(self) -> Criteria:
        """What was chosen, as ``preflight`` takes it; only after ``is_valid``."""
        cleaned = self.cleaned_data
        rows = ("offices", "departments", "topics", "partnerships")
        return Criteria(
            countries=tuple(cleaned["countries"]),
            regions=tuple(cleaned["regions"]),
            partner_countries=tuple(cleaned["partner_countries"]),
            people=cleaned["people"],
            **{name: tuple(row.pk for row in cleaned[name]) for name in rows},
        )
