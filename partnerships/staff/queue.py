"""One page of what waits for the staff, each with the button that settles it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..confirming import operations
from ..models import CityProposal, Confirmation, FactConfirmation, Partnership
from . import queue_list
from .queue_forms import MediationForm, ProposedCityForm, ReasonForm, RefusalForm


@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first in each part."""
    return _page(request)


@require_POST
def answer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody at an unknown address speaks for the city after all."""
    return _review(request, pk, ReasonForm(request.POST), accept=True)


@require_POST
def answer_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody does not speak for the city, with a reason."""
    return _review(request, pk, RefusalForm(request.POST), accept=False)


@require_POST
def mediate(request: HttpRequest, slug: str) -> HttpResponse:
    """One value holds for all cities, with a reason."""
    found = get_object_or_404(Partnership, slug=slug)
    form = MediationForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    stated = FactConfirmation.objects.filter(
        party__partnership=found, party=form.cleaned_data["of"], fact=form.cleaned_data["fact"]
    ).first()
    try:
        operations.mediate(
            partnership=found,
            fact=form.cleaned_data["fact"],
            value=stated.value if stated else None,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The difference is settled; the cities are told."))
    return redirect("partnerships:queue")


@require_POST
def silent_remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the cities that have not answered once more."""
    found = get_object_or_404(Partnership, slug=slug)
    try:
        count = operations.remind_silent(partnership=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        told = ngettext(
            "%(count)s city is asked once more.", "%(count)s cities are asked once more.", count
        )
        messages.success(request, told % {"count": count})
    return redirect("partnerships:queue")


@require_POST
def draft_tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the office that its draft waits."""
    found = get_object_or_404(Partnership, slug=slug)
    try:
        operations.tell_office(draft=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The office is told that its draft waits."))
    return redirect("partnerships:queue")


@require_safe
@never_cache
def proposed_city(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed city with those it may be."""
    proposal = _proposal(pk)
    return _city_page(request, proposal, ProposedCityForm(proposal=proposal), RefusalForm())


@require_POST
def proposed_city_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The city joins the draft of the office that proposed it."""
    proposal = _proposal(pk)
    form = ProposedCityForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return _city_page(request, proposal, form, RefusalForm())
    try:
        operations.accept_city(proposal=proposal, city=form.city, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _city_page(request, proposal, form, RefusalForm())
    messages.success(request, _("The city is accepted and stands in the office's draft."))
    return redirect("partnerships:queue")


@require_POST
def proposed_city_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """No such city, with a reason."""
    proposal = _proposal(pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _city_page(request, proposal, ProposedCityForm(proposal=proposal), form)
    try:
        operations.refuse_city(
            proposal=proposal,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The proposal is refused; the office is told why."))
    return redirect("partnerships:queue")


def _review(request: HttpRequest, pk: int, form: ReasonForm, *, accept: bool) -> HttpResponse:
    confirmation = get_object_or_404(
        Confirmation.objects.exclude(review=Confirmation.Review.NOT_NEEDED), pk=pk
    )
    if not form.is_valid():
        return _page(request, form)
    try:
        operations.review(
            confirmation=confirmation,
            accept=accept,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Decided; the person is told."))
    return redirect("partnerships:queue")


def _proposal(pk: int) -> CityProposal:
    proposals = CityProposal.objects.select_related("by_city", "partnership")
    return get_object_or_404(proposals, pk=pk)


def _city_page(
    request: HttpRequest, proposal: CityProposal, form: ProposedCityForm, refusal: RefusalForm
) -> HttpResponse:
    context = {"proposal": proposal, "form": form, "refusal": refusal}
    context["is_open"] = proposal.state == CityProposal.State.OPEN
    return render(request, "partnerships/staff/proposed_city.html", context)


def _page(request: HttpRequest, refused: Form | None = None) -> HttpResponse:
    at = timezone.now()
    context: dict[str, Any] = {
        "answers": queue_list.answers(),
        "disputes": queue_list.disputes(at),
        "proposals": queue_list.proposals(),
        "silent": queue_list.silent(at),
        "elsewhere": queue_list.elsewhere(),
        "refused": refused,
    }
    return render(request, "partnerships/staff/queue.html", context)
