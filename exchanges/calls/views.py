"""The public pages of calls, the self-check, and the step from there into an office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.models import City, Membership
from partnerships.policies import May

from ..models import Call
from . import facts, self_check
from .budget import standing, standings


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Open calls first, then what comes, then the closed ones."""
    now = timezone.now()
    found = list(Call.objects.visible_to(request.user))
    budgets = standings(found)
    groups: dict[str, list[Any]] = {"open": [], "coming": [], "closed": []}
    for call in found:
        row = {"call": call, "budget": budgets[call.pk], "window": facts.window(call)}
        groups[_group(call, now)].append(row)
    context = {"groups": groups, "breadcrumb": [(_("Expert exchanges"), "")]}
    return render(request, "exchanges/calls/calls.html", context)


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """A call with its rules, what is left of it, and the way to apply."""
    found = _visible(request, slug)
    now = timezone.now()
    context = {
        "call": found,
        "group": _group(found, now),
        "facts": facts.facts_of(found),
        "budget": standing(found),
        "answer_by": facts.answer_by(found, now),
        "criteria": found.criteria.all(),
        "breadcrumb": _trail(found),
    }
    return render(request, "exchanges/calls/call.html", context)


@require_safe
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions; with answers in the address, what the rules say to them."""
    found = _visible(request, slug)
    form = self_check.SelfCheckForm(request.GET or None, call=found)
    trail = [*_trail(found, found.get_absolute_url()), (_("Does our idea fit?"), "")]
    context: dict[str, Any] = {"call": found, "form": form, "breadcrumb": trail}
    if form.is_valid():
        answers = form.answers()
        findings = self_check.findings(found, answers)
        context["findings"] = findings
        context["fits"] = all(one.passed is not False for one in findings)
        context["query"] = self_check.query(answers)
        context["is_open"] = found.is_open(timezone.now())
    return render(request, "exchanges/calls/check.html", context)


@require_safe
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the city to apply for; whoever has one goes on at once. The answers go along."""
    found = _visible(request, slug)
    may = [role for role in Membership.Role if May.EDIT.granted_to([role])]
    countries = [country.code for country in found.submitter_countries]
    cities = City.objects.filter(memberships__user=request.user, memberships__role__in=may)
    able = list(cities.filter(country__in=countries).distinct().order_by("sort_key"))
    answers = self_check.answers_from(request.GET, found)
    query = f"?call={found.slug}" + (f"&{self_check.query(answers)}" if answers else "")
    ways = [(city, reverse("exchanges:start", args=[city.slug]) + query) for city in able]
    if len(ways) == 1:
        return redirect(ways[0][1])
    context = {"call": found, "ways": ways, "breadcrumb": _trail(found)}
    return render(request, "exchanges/calls/apply.html", context)


def _visible(request: HttpRequest, slug: str) -> Call:
    return get_object_or_404(Call.objects.visible_to(request.user), slug=slug)


def _group(call: Call, at: Any) -> str:
    if call.is_open(at):
        return "open"
    is_ahead = call.state != Call.State.CANCELLED and at < call.opens_at
    return "coming" if is_ahead else "closed"


def _trail(call: Call, address: str = "") -> list[tuple[str, str]]:
    return [(_("Expert exchanges"), reverse("exchanges:calls")), (call.title, address)]
