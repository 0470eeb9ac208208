"""What cities read of a decision: letters, conditions, the way to object, the trip."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.rendering import render_markdown

from ..door import Case
from ..models import Letter, Trip
from ..policies import Action
from ..states import FUNDED
from . import calendar, operations, pdf
from .forms import ComplaintForm


@require_safe
def letter(request: HttpRequest, case: Case, pk: int) -> HttpResponse:
    """The city's own letter, to read and to print."""
    found = _letter(case, pk)
    context = case.context(
        letter=found,
        html=render_markdown(found.body),
        has_pdf=pdf.engine() is not None,
        pdf_address=case.address("letter_pdf", pk),
        case_address=case.address("case"),
    )
    return render(request, "exchanges/deciding/letter.html", context)


@require_safe
def letter_pdf(request: HttpRequest, case: Case, pk: int) -> HttpResponse:
    """The same as PDF; where none can be made, the page that can be printed."""
    found = _letter(case, pk)
    if pdf.engine() is None:
        return redirect(case.address("letter", pk))
    content = pdf.document_of(found, render_markdown(found.body))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{case.application.ref}-{found.decision.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, case: Case) -> HttpResponse:
    """Object to the last decision, once for each city."""
    decision = case.application.decisions.filter(released_at__isnull=False).first()
    if decision is None:
        raise Http404("nothing is decided")
    standing = decision.complaints.filter(party=case.party).first()
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.complain(decision=decision, text=form.cleaned_data["text"], by=case.actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your complaint has arrived. The staff answer in writing."))
            return redirect(case.address("complain"))
    letter = decision.letters.filter(party=case.party).first()
    context = case.context(
        decision=decision,
        letter_address=case.address("letter", letter.pk) if letter else "",
        standing=standing,
        form=form,
        may=case.may(Action.COMPLAIN),
        here=case.address("complain"),
        case_address=case.address("case"),
    )
    return render(request, "exchanges/deciding/complain.html", context)


@require_safe
def trip(request: HttpRequest, case: Case) -> HttpResponse:
    """Dates, travellers, hosts and programme of an approved exchange, for both offices."""
    found = _trip(case)
    application = case.application
    people = ("party__city", "position__office", "position__department", "department")
    context = case.context(
        trip=found,
        travellers=application.travellers.select_related(*people),
        hosts=application.hosts.select_related(*people),
        slots=application.slots.select_related("host"),
        conditions=_conditions(case),
        ics_address=case.address("trip_ics"),
        case_address=case.address("case"),
    )
    return render(request, "exchanges/deciding/trip.html", context)


@require_safe
def trip_ics(request: HttpRequest, case: Case) -> HttpResponse:
    content = calendar.file_of(_trip(case))
    response = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{case.application.ref}.ics"'
    return response


def _letter(case: Case, pk: int) -> Letter:
    letters = Letter.objects.kept().filter(party=case.party, decision__application=case.application)
    return get_object_or_404(
        letters.select_related("decision__application__call", "party__city"), pk=pk
    )


def _trip(case: Case) -> Trip:
    """The trip of a case that is still approved."""
    if case.application.state not in FUNDED:
        raise Http404("no trip")
    trips = Trip.objects.select_related("application__partnership", "destination")
    return get_object_or_404(trips, application=case.application)


def _conditions(case: Case) -> list[object]:
    decision = case.application.decisions.filter(released_at__isnull=False).first()
    return list(decision.conditions.all()) if decision else []
