"""Open data: files of the whole registry or of a filtered list, and the page that explains them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import directory
from ..directory_query import Query
from .data_formats import FIELDS, FORMATS
from .freshness import Freshness, freshness
from .matching import matching
from .open_data import LICENCE, SOURCES, records


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to download, what the fields mean, and under which terms."""
    context = {
        "formats": [
            (one.label, reverse("open_data:partnerships", args=[name]))
            for name, one in FORMATS.items()
        ],
        "fields": [(field.name, field.meaning) for field in FIELDS],
        "licence": LICENCE,
        "sources": SOURCES,
        "attribution": attribution(),
        "example": f"{settings.SITE_URL}{reverse('open_data:partnerships', args=['csv'])}",
        "breadcrumb": [(_("Open data"), "")],
    }
    return render(request, "partnerships/finding/open_data.html", context)


@require_safe
def partnerships_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The registry, or what the directory's filters in the address leave of it."""
    if form not in FORMATS:
        raise Http404("no such format")
    query = Query.from_address(request.GET.dict())
    known = directory.catalogue()
    now = freshness(form, query.words, query.filters, known.slugs, known.goals, known.spellings)
    etag = f'"{now.key}"'
    modified = int(now.at.timestamp()) if now.at else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    response: HttpResponseBase = unchanged or StreamingHttpResponse(
        FORMATS[form].write(records(matching(query, known), known), about(query, now)),
        content_type=FORMATS[form].content_type,
    )
    for name, value in _headers(form, etag, modified).items():
        response[name] = value
    return response


def about(query: Query, now: Freshness) -> dict[str, Any]:
    """What a JSON file says about itself."""
    described = reverse("partnerships:open_data")
    return {
        "title": "Urban Diplomacy Exchange: registry of municipal partnerships",
        "publisher": settings.OPERATOR["name"],
        "as_of": now.at.isoformat(timespec="seconds") if now.at else None,
        "query": query.address(),
        "licence": LICENCE._asdict(),
        "attribution": attribution(),
        "sources": [
            {"name": one.name, "url": one.url, "licence": one.licence._asdict()} for one in SOURCES
        ],
        "documentation": f"{settings.SITE_URL}{described}",
        "contains_invented_data": settings.DEMO,
    }


def attribution() -> str:
    """The line that users of the data have to show."""
    names = "; ".join(f"{one.name} ({one.licence.name})" for one in SOURCES)
    return f"Urban Diplomacy Exchange, {settings.OPERATOR['name']} ({LICENCE.name}); {names}"


def _headers(form: str, etag: str, modified: int | None) -> dict[str, str]:
    name = f"ude-partnerships-{timezone.localdate():%Y-%m-%d}.{form}"
    headers = {
        "ETag": etag,
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": f'<{LICENCE.url}>; rel="license"',
    }
    return {**headers, "Last-Modified": http_date(modified)} if modified else headers
