"""Public pages beside the list: the map and the glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from ..directory_query import Query
from . import glossary as glossary_page
from . import map_page


@require_safe
def map_view(request: HttpRequest) -> HttpResponse:
    """The directory as a map; the same search and filters, the same rows below it."""
    query = Query.from_address(request.GET.dict())
    context = map_page.context(query, request.GET.get("section", ""))
    response = render(request, "partnerships/finding/map.html", context)
    address = context["address"]
    return push_url(response, f"{request.path}?{address}" if address else request.path)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Who decides what in the countries of the programme."""
    return render(request, "partnerships/finding/glossary.html", glossary_page.context())
