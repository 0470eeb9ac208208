"""What narrows the pipeline down; everything stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.models import User

from ..models import Application, ApplicationParty, Call
from .lists import needing_work

OPEN, MINE, NOBODY = "open", "me", "nobody"


class PipelineFilter(forms.Form):
    """Call, state, country and person; what nobody knows narrows nothing."""

    call = forms.ChoiceField(label=_("Call"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    country = forms.ChoiceField(label=_("Country of a partner city"), required=False)
    person = forms.ChoiceField(label=_("Handled by"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        every = [("", _("all"))]
        calls = [(call.slug, call.title) for call in Call.objects.all()]
        states = [(OPEN, _("all that need work")), *Application.State.choices]
        team = User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")
        people = [(str(one.pk), str(one)) for one in team]
        for name, choices in (
            ("call", calls),
            ("state", states),
            ("country", _partner_countries()),
            ("person", [(MINE, _("me")), (NOBODY, _("nobody")), *people]),
        ):
            field: Any = self.fields[name]
            field.choices = [*every, *choices]

    def narrowed(self, cases: QuerySet[Application]) -> QuerySet[Application]:
        """The cases that fit; a value that is no choice is as good as none."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name, "") for name in self.fields}
        if found["call"]:
            cases = cases.filter(call__slug=found["call"])
        cases = _in_state(cases, found["state"])
        if found["country"]:
            abroad = {"parties__is_lead": False, "parties__city__country": found["country"]}
            cases = cases.filter(pk__in=Application.objects.filter(**abroad).values("pk"))
        return cases.filter(self._of_person(found["person"]))

    def _of_person(self, person: str) -> Q:
        if person == MINE:
            return Q(handled_by=self.user)
        if person == NOBODY:
            return Q(handled_by__isnull=True)
        return Q(handled_by=int(person)) if person else Q()


def _in_state(cases: QuerySet[Application], state: str) -> QuerySet[Application]:
    if state == OPEN:
        return needing_work(cases)
    return cases.filter(state=state) if state else cases


def _partner_countries() -> list[tuple[str, str]]:
    partners = ApplicationParty.objects.filter(is_lead=False)
    codes = partners.values_list("city__country", flat=True).order_by("city__country").distinct()
    return [(code, str(countries.name(code))) for code in codes]
