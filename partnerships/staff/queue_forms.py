"""Forms with which staff settle what waits for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_time_zone

from ..confirming.fact_fields import one_line
from ..confirming.facts import FACTS
from ..importing import geography
from ..importing.candidates import candidates
from ..models import City, CityProposal
from ..regions import place_name

NEW = "new"


class ReasonForm(forms.Form):
    """Why; told to those it concerns."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Stands in the mail to those it concerns."),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class RefusalForm(ReasonForm):
    """A refusal needs a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class MediationForm(ReasonForm):
    """Whose value holds for which fact; the reason is needed."""

    fact = forms.ChoiceField(choices=[(name, name) for name in FACTS], widget=forms.HiddenInput)
    of = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class ProposedCityForm(forms.Form):
    """The proposed city: one of those of that name, or a new one."""

    choice = forms.ChoiceField(label=_("Which city is it?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    region = forms.CharField(
        label=_("Region"),
        required=False,
        max_length=80,
        help_text=_("German Land, US state or nation of the UK."),
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=50,
        validators=[validate_time_zone],
        help_text=_("Name from the IANA list, for example Europe/Berlin."),
    )

    def __init__(self, *args: Any, proposal: CityProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.found = candidates(proposal.name, proposal.country.code)
        choices: Any = self.fields["choice"]
        choices.choices = [
            *((one.key, _label(one.city)) for one in self.found),
            (NEW, _("none of these: take it as a new city")),
        ]
        self.initial = {"name": proposal.name, "region": proposal.region}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") != NEW:
            for name in {"name", "region", "time_zone"} & set(self.errors):
                del self.errors[name]
            return cleaned
        for name in ("name", "region", "time_zone"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("A new city needs this."), code="required"))
        return cleaned

    @property
    def city(self) -> City:
        """The chosen city; not saved yet where it is new."""
        chosen = self.cleaned_data["choice"]
        for one in self.found:
            if one.key == chosen:
                return one.city
        country, written = self.proposal.country.code, self.cleaned_data["region"]
        name = self.cleaned_data["name"]
        return City(
            name_de=name,
            name_en=name,
            country=country,
            region=geography.region(written, country) or written,
            time_zone=self.cleaned_data["time_zone"],
        )


def _label(city: City) -> str:
    return f"{city.name}, {place_name(city.country.code, city.region)}"
