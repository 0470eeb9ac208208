"""The applications of a city's office, and one application with its parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.offices.door import Office, office_page
from partnerships.policies import May

from ..door import Case
from ..models import Application
from ..sections import pieces
from ..states import PUBLIC


@office_page(May.READ)
@require_safe
def cases(request: HttpRequest, office: Office) -> HttpResponse:
    """Every application the city takes part in, the newest first."""
    found = Application.objects.of_city(office.city).select_related("call", "partnership")
    rows = [(one, PUBLIC[Application.State(one.state)].label) for one in found]
    context = {"office": office, "tab": "exchanges", "rows": rows}
    return render(request, "exchanges/cases.html", context)


@require_safe
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """An application: where it stands, who acts next, and its parts."""
    application = case.application
    parties = list(application.parties.select_related("city"))
    public = PUBLIC[Application.State(application.state)]
    return render(
        request, "exchanges/case.html", case.context(parts=list(pieces(parties)), public=public)
    )
