"""The guest list as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..exports import FORMATS, export_guests
from ..forms.guest_filter import GuestFilter
from ..guest_counts import overview
from .fetching import event_or_404


@require_POST
@never_cache
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the guests the posted filters choose; a POST because the journal notes it."""
    event = event_or_404(slug)
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise BadRequest("unknown format")
    chosen = GuestFilter(request.POST, overview=overview(event))
    if not chosen.is_valid():
        messages.error(request, _("These filters no longer fit. Please choose them again."))
        return redirect("events:guests", slug=slug)
    file = export_guests(event=event, filters=chosen.filters, form=form, by=request.user)  # type: ignore[arg-type]
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
