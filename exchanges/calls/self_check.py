"""Five questions before anybody signs in: would an application fit the call's rules?

The answers travel in the address, are stored nowhere until somebody applies, and then fill the
first page of the application (``Application.self_check``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.models import Partnership, Party

from ..models import Application, Call

YES, NO, LATER = "yes", "no", "later"


class SelfCheckForm(forms.Form):
    """The questions a call's rules lead to; names and values are what the address holds."""

    country = forms.ChoiceField(label=_("In which country is the city that applies?"))
    partner = forms.ChoiceField(
        label=_("Does the partner city take part?"),
        choices=[(YES, _("yes")), (LATER, _("not asked yet")), (NO, _("no"))],
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(
        label=_("How do you want to meet?"),
        choices=Application.Format.choices,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=_("How many days do you plan?"), min_value=1, max_value=60, widget=forms.NumberInput
    )
    departments = forms.IntegerField(
        label=_("How many specialist departments of each city take part?"),
        help_text=_("Of the city with fewer of them."),
        min_value=0,
        max_value=20,
    )
    youth = forms.ChoiceField(
        label=_("Does a youth delegate take part?"),
        choices=[(YES, _("yes")), (NO, _("no"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        choices = [(code, countries.name(code)) for code in _countries(call)]
        country: Any = self.fields["country"]
        country.choices = [("", "–"), *choices]
        if not call.needs_youth:
            del self.fields["youth"]

    def answers(self) -> dict[str, Any]:
        """The answers as ``Application.self_check`` keeps them; of a valid form."""
        return dict(self.cleaned_data)


@dataclass(frozen=True)
class Finding:
    """What a rule says to an answer: ``passed`` is ``None`` where it can still change."""

    passed: bool | None
    sentence: Any


def findings(call: Call, answers: dict[str, Any]) -> list[Finding]:
    """What each rule of the call says to the answers, in the order of the questions."""
    is_virtual = answers["format"] == Application.Format.VIRTUAL
    return [
        _country(call, answers["country"]),
        _partner(call, answers["partner"], is_virtual=is_virtual),
        *_format(call, is_virtual=is_virtual),
        *([] if is_virtual else [_days(call, answers["days"])]),
        _departments(call, answers["departments"]),
        *_youth(call, answers.get("youth")),
    ]


def query(answers: dict[str, Any]) -> str:
    """The answers as they travel in an address."""
    return urlencode(answers)


def answers_from(data: Any, call: Call) -> dict[str, Any]:
    """The answers that stand in an address; none where they are missing or not valid."""
    form = SelfCheckForm(data, call=call)
    return form.answers() if form.is_valid() else {}


def _countries(call: Call) -> list[str]:
    """Countries that may submit, then those of the registry, without a double."""
    registry = Party.objects.filter(partnership__in=Partnership.objects.public())
    others = registry.values_list("city__country", flat=True).distinct().order_by("city__country")
    return list(dict.fromkeys([*(c.code for c in call.submitter_countries), *others]))


def _country(call: Call, country: str) -> Finding:
    allowed = [one.code for one in call.submitter_countries]
    if country in allowed:
        return Finding(True, _("A city in this country may apply."))
    names = ", ".join(str(countries.name(code)) for code in allowed)
    sentence = _("Only a city in %(countries)s may submit. Ask your partner city to apply.")
    return Finding(False, sentence % {"countries": names})


def _partner(call: Call, answer: str, *, is_virtual: bool) -> Finding:
    if answer == YES:
        return Finding(True, _("Both cities take part."))
    if not call.needs_partner or is_virtual:
        return Finding(True, _("This needs no confirmation of the partner city."))
    if answer == LATER:
        return Finding(
            None, _("The partner city must sign before you submit. You can begin meanwhile.")
        )
    return Finding(False, _("Visits need both cities. A virtual exchange does not."))


def _format(call: Call, *, is_virtual: bool) -> Iterator[Finding]:
    if is_virtual and not call.allows_virtual:
        yield Finding(False, _("This call funds visits only."))


def _days(call: Call, days: int) -> Finding:
    limits = {"least": call.min_days, "most": call.max_days}
    if call.min_days <= days <= call.max_days:
        return Finding(True, _("A visit lasts %(least)s to %(most)s days.") % limits)
    return Finding(None, _("A visit must last %(least)s to %(most)s days. Plan anew.") % limits)


def _departments(call: Call, count: int) -> Finding:
    least = {"least": call.min_departments}
    if count >= call.min_departments:
        return Finding(True, _("Enough specialist departments take part."))
    sentence = _("Each city needs at least %(least)s specialist departments.")
    return Finding(None, sentence % least)


def _youth(call: Call, answer: str | None) -> Iterator[Finding]:
    if not call.needs_youth:
        return
    if answer == YES:
        yield Finding(True, _("A youth delegate takes part."))
    else:
        yield Finding(None, _("A youth delegate must take part."))
