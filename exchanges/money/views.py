"""The calculator of per diems, and copies of an application for paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..door import Case
from ..drafting.pieces import Piece, piece_of
from ..drafting.policies import may_write, opened
from ..models import DailyRate
from ..policies import Action
from ..sums import euros
from . import operations, reading, word
from .forms import PerDiemForm
from .forms.calculator import label_of


@require_safe
def calculator(request: HttpRequest, case: Case) -> HttpResponse:
    """What a per diem comes to; the figures stand in the address."""
    return _calculator(request, case, PerDiemForm(_asked(request, case), on=_day(case)))


@require_POST
def take_over(request: HttpRequest, case: Case) -> HttpResponse:
    """Add the reckoned per diem to the budget as a line of its own."""
    form = PerDiemForm(request.POST, on=_day(case))
    if not form.is_valid():
        return _calculator(request, case, form)
    try:
        operations.add_per_diem(
            piece=_budget(case),
            rate=form.cleaned_data["rate"],
            reckoning=form.reckoning(),
            persons=form.cleaned_data["persons"],
            text=label_of(form.cleaned_data["rate"]),
            by=case.actor,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _calculator(request, case, form)
    messages.success(request, _("The per diem is a line of the budget now."))
    piece = _budget(case)
    return redirect(case.address(piece.page, *piece.arguments))


@require_safe
def paper(request: HttpRequest, case: Case) -> HttpResponse:
    """All of the application on one page, made for printing."""
    application = case.application
    context = case.context(
        front=reading.front(application),
        chapters=reading.chapters(application),
        case_address=case.address("case"),
        copy_address=case.address("copy"),
        day=timezone.localdate(),
    )
    return render(request, "exchanges/money/print.html", context)


@require_POST
def copy(request: HttpRequest, case: Case) -> HttpResponse:
    """The same as a Word document; the history notes who took it."""
    operations.note_copy(application=case.application, by=case.actor)
    response = HttpResponse(word.document_of(case.application), content_type=word.CONTENT_TYPE)
    name = f"{case.application.ref}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _calculator(request: HttpRequest, case: Case, form: PerDiemForm) -> HttpResponse:
    piece = _budget(case)
    is_ready = form.is_bound and form.is_valid()
    reckoning = form.reckoning() if is_ready else None
    rate: DailyRate | None = form.cleaned_data["rate"] if is_ready else None
    persons = form.cleaned_data["persons"] if is_ready else 0
    may = case.may(Action.EDIT) and may_write(piece, case.party, opened(case.application))
    context = case.context(
        form=form,
        reckoning=reckoning,
        rate=rate,
        sum_of_one=euros(reckoning.total) if reckoning else "",
        sum_of_all=euros(reckoning.total * persons) if reckoning else "",
        persons=persons,
        may_write=may,
        here=case.address("per_diem"),
        take_over=case.address("take_over_per_diem"),
        budget_address=case.address(piece.page, *piece.arguments),
    )
    return render(request, "exchanges/money/calculator.html", context)


def _budget(case: Case) -> Piece:
    lead = case.application.parties.filter(is_lead=True).first()
    piece = piece_of(case.application, "budget", lead.pk if lead else None)
    if piece is None:
        raise Http404("no such part")
    return piece


def _day(case: Case) -> Any:
    """The day whose rates are valid: the first of the visit, today while it is not known."""
    return case.application.starts_on or timezone.localdate()


def _asked(request: HttpRequest, case: Case) -> Any:
    """What stands in the address; at first what the application knows already."""
    if "days" in request.GET:
        return request.GET
    application = case.application
    place = application.destination
    rate = place and DailyRate.objects.valid(place.country.code, place.name_en, _day(case))
    travellers = application.travellers.exclude(party__city=place).count() if place else 0
    return {
        "rate": rate.pk if rate else "",
        "days": application.days or 1,
        "persons": travellers or 1,
        **dict.fromkeys(("breakfast", "lunch", "dinner"), 0),
    }
