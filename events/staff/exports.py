"""The guest list as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnerships.exporting import views

from ..exports import guests_of
from .fetching import event_or_404


@require_safe
@never_cache
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """What the file is to hold; the filters stand in the address as on the guest list."""
    return views.shown(request, guests_of(event_or_404(slug)))


@require_POST
@never_cache
def export_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the file out; a POST because the journal notes it."""
    return views.handed_out(request, guests_of(event_or_404(slug)))
