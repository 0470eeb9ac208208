"""The office's first pages: which city, and what there is to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import City
from ..policies import May
from .door import Office, office_page


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The cities a person works for; who has one only goes straight to it."""
    cities = list(City.objects.filter(memberships__user=request.user).distinct())
    if len(cities) == 1:
        return redirect("office:overview", cities[0].slug)
    return render(request, "partnerships/offices/start.html", {"cities": cities})


@office_page(May.READ)
@require_safe
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """What the office has in hand."""
    partnerships = office.city.partnerships.public()
    context = {"office": office, "partnerships": partnerships}
    return render(request, "partnerships/offices/overview.html", context)
