"""Deciding one case: the draft, how the letters would read, the release; what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pages.rendering import render_markdown

from .. import actors, staff_page
from ..actors import Actor
from ..models import Application, Complaint, Condition, Decision
from ..money.totals import facts, totals
from ..policies import Action
from ..sums import euros
from . import letters, operations
from .forms import AnswerForm, DecisionForm, ReleaseForm, TickForm
from .operations.drafting import GRANTING


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft of the decision; below it, how each city's letter would read."""
    application = staff_page.find_open_to(request.user, ref)
    draft = _draft(application)
    if request.method != "POST":
        if not _staff(request).may(Action.DRAFT_DECISION, application):
            return staff_page.back(application)
        form = DecisionForm(application=application, draft=draft)
        return _page(request, application, draft, form)
    form = DecisionForm(request.POST, application=application, draft=draft)
    if form.is_valid():
        try:
            operations.draft_decision(
                application=application,
                verdict=form.verdict(),
                seen_version=form.cleaned_data["seen_version"],
                by=_staff(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if getattr(refusal, "code", "") == "conflict":
                form.conflict(draft)
        else:
            messages.success(request, _("The draft is saved. Read the letters, then release it."))
            return redirect("exchanges:decide", ref)
    return _page(request, application, draft, form)


@require_POST
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the draft that was read the decision."""
    application = staff_page.find_open_to(request.user, ref)
    decision = application.decisions.first()
    form = ReleaseForm(request.POST)
    if decision is None or not form.is_valid():
        messages.error(request, _("There is no draft to release."))
        return redirect("exchanges:decide", ref)
    try:
        operations.release(
            decision=decision, seen_version=form.cleaned_data["seen_version"], by=_staff(request)
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("exchanges:decide", ref)
    messages.success(request, _("The decision is released, and the cities are told."))
    return staff_page.back(application)


@require_POST
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    application = staff_page.find_open_to(request.user, ref)
    decision = _draft(application)
    if decision is not None:
        try:
            operations.discard_decision(decision=decision, by=_staff(request))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("exchanges:decide", ref)
        messages.success(request, _("The draft is thrown away."))
    return staff_page.back(application)


@require_POST
def tick(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Tick a condition off, or take the tick back, whichever the button said."""
    application = staff_page.find_open_to(request.user, ref)
    condition = get_object_or_404(Condition, pk=pk, decision__application=application)
    form = TickForm(request.POST)
    if not form.is_valid():
        return staff_page.show(request, application, ticking=form)
    act = operations.tick if form.cleaned_data["state"] == "met" else operations.untick
    try:
        act(condition=condition, note=form.cleaned_data["note"], by=_staff(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return staff_page.back(application)


@require_POST
def answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    application = staff_page.find_open_to(request.user, ref)
    complaint = get_object_or_404(Complaint, pk=pk, decision__application=application)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            operations.answer_complaint(
                complaint=complaint, answer=form.cleaned_data["answer"], by=_staff(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The answer is sent."))
            return staff_page.back(application)
    return staff_page.show(request, application, answering=form)


def previews(decision: Decision) -> list[tuple[Any, str, str]]:
    """City, subject and HTML of each letter as it would be written now."""
    found = []
    for party in decision.application.parties.select_related("city"):
        subject, body = letters.compose(decision, party, letters.language_of(party))
        found.append((party.city, subject, render_markdown(body)))
    return found


def _page(
    request: HttpRequest, application: Application, draft: Decision | None, form: DecisionForm
) -> HttpResponse:
    context = {
        "application": application,
        "known": _known(application),
        "draft": draft,
        "form": form,
        "warnings": list(_warnings(draft)) if draft else [],
        "previews": previews(draft) if draft else [],
        "releasing": ReleaseForm(initial={"seen_version": draft.version}) if draft else None,
    }
    return render(request, "exchanges/deciding/decide.html", context)


def _known(application: Application) -> list[tuple[Any, Any]]:
    """What whoever decides wants before their eyes: the cities, and the sums they ask for."""
    cities = [party.city.name for party in application.parties.all()]
    return [(_("Cities"), ", ".join(cities)), *facts(totals(application))]


def _warnings(draft: Decision) -> Iterator[str]:
    """What somebody who grants a sum may have overlooked; nothing is refused."""
    application = draft.application
    asked, most = totals(application).asked, application.call.most_per_trip
    if draft.amount > asked:
        yield _("The draft grants more than the %(sum)s that are asked for.") % {
            "sum": euros(asked)
        }
    if most is not None and draft.amount > most:
        yield _("The call funds %(sum)s for a trip at most.") % {"sum": euros(most)}
    if draft.outcome in GRANTING and asked and not draft.amount:
        yield _("The draft approves without granting a sum.")


def _draft(application: Application) -> Decision | None:
    found = application.decisions.filter(released_at__isnull=True)
    return found.select_related("application__call", "drafted_by").first()


def _staff(request: HttpRequest) -> Actor:
    user: Any = request.user
    return actors.of_staff(user)
