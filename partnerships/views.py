"""The registry's public pages: directory, partnership, city."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from . import directory, directory_page, portraits
from .directory_query import Query
from .merging import leading
from .models import City, Partnership


@require_safe
def directory_view(request: HttpRequest) -> HttpResponse:
    """Search and filters stand in the address; whatever is in it, the page is one that exists.

    htmx puts the address it is told here into the browser: the query without its empty fields.
    """
    query = Query.from_address(request.GET.dict())
    context = directory_page.context(query, directory.search(query))
    response = render(request, "partnerships/directory.html", context)
    address = query.address()
    return push_url(response, f"{request.path}?{address}" if address else request.path)


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """One partnership with its cities, topics, events and history; a merged one leads on."""
    found = Partnership.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        return leading.to_partnership(slug, request.user)
    context = portraits.of_partnership(found, at=timezone.now())
    return render(request, "partnerships/partnership.html", context)


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city: facts with their sources, partnerships, events; a merged one leads on."""
    found = City.objects.filter(slug=slug).first()
    if found is None:
        return leading.to_city(slug)
    context = portraits.of_city(found, at=timezone.now())
    return render(request, "partnerships/city.html", context)
