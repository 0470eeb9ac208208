"""Requests for a role in a city that wait for a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..models import Handover, RoleRequest
from ..offices import deciding
from ..offices.forms import DecisionForm


@require_safe
@never_cache
def role_requests(request: HttpRequest) -> HttpResponse:
    """Those of cities without a coordinator first; the others may be decided here as well."""
    return _page(request)


@require_POST
def role_request_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody the role they asked for."""
    return _decide(request, pk, grants=True)


@require_POST
def role_request_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request, with a reason."""
    return _decide(request, pk, grants=False)


def _decide(request: HttpRequest, pk: int, *, grants: bool) -> HttpResponse:
    asked = get_object_or_404(RoleRequest.objects.select_related("user", "city"), pk=pk)
    refused = deciding.decide(request, asked, grants=grants)
    return _page(request, refused) if refused else redirect("partnerships:role_requests")


def _page(request: HttpRequest, refused: DecisionForm | None = None) -> HttpResponse:
    requests = RoleRequest.objects.for_decision().with_coordinator()
    rows = deciding.waiting(requests, _addresses, refused)
    context = {
        "ours": [row for row in rows if not row.request.has_coordinator],  # type: ignore[attr-defined]
        "theirs": [row for row in rows if row.request.has_coordinator],  # type: ignore[attr-defined]
        "handovers": Handover.objects.waiting().select_related("city"),
        "refused": refused,
    }
    return render(request, "partnerships/staff/role_requests.html", context)


def _addresses(request: RoleRequest) -> tuple[str, str]:
    grant, refuse = (f"partnerships:role_request_{verb}" for verb in ("grant", "refuse"))
    return reverse(grant, args=[request.pk]), reverse(refuse, args=[request.pk])
