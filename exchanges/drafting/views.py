"""The applications of a city's office, and one application with its parts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.offices.door import Office, office_page
from partnerships.policies import May

from ..door import Case
from ..models import Application
from ..policies import TABLE, Action
from . import panels, standing
from .forms.starting import DiscardForm
from .operations import discard as discard_draft


@office_page(May.READ)
@require_safe
def cases(request: HttpRequest, office: Office) -> HttpResponse:
    """Every application the city takes part in, the newest first."""
    found = Application.objects.of_city(office.city).select_related("call", "partnership")
    found = found.prefetch_related("questions", "decisions__conditions")
    rows = [(one, standing.public(one), standing.until_line(one)) for one in found]
    context = {"office": office, "tab": "exchanges", "rows": rows}
    return render(request, "exchanges/cases.html", context)


@require_safe
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """An application: where it stands, who acts next and until when, its parts, its history."""
    application = case.application
    found = standing.rows(case)
    context = case.context(
        public=standing.public(application),
        until=standing.until_line(application),
        rows=found,
        writing=application.state in TABLE[Action.EDIT][0],
        travellers=_travellers(application),
        above=panels.shown(case, "above"),
        below=panels.shown(case, "below"),
        entries=standing.timeline(application),
        links_address=_if(case.may(Action.SEND_LINK), case, "links"),
        discard_address=_if(case.may(Action.DISCARD), case, "discard"),
    )
    return render(request, "exchanges/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, case: Case) -> HttpResponse:
    """Throw a draft away, after a tick."""
    form = DiscardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            discard_draft(application=case.application, by=case.actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The draft is deleted."))
            return redirect(reverse("exchanges:cases", args=[case.party.city.slug]))
    context = case.context(form=form, may_discard=case.may(Action.DISCARD))
    return render(request, "exchanges/drafting/discard.html", context)


def _travellers(application: Application) -> list[tuple[str, int, int]]:
    """City, travellers and youth delegates among them, for every city that sends somebody."""
    counted: dict[int, list[int]] = {}
    for one in application.travellers.all():
        both = counted.setdefault(one.party_id, [0, 0])
        both[0] += 1
        both[1] += one.is_youth
    parties = application.parties.select_related("city")
    return [(party.city.name, *counted[party.pk]) for party in parties if party.pk in counted]  # type: ignore[misc]


def _if(may: bool, case: Case, name: str) -> str:
    return case.address(name) if may else ""
