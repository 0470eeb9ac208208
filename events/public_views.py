"""The public pages of events: what comes, what was, and each event with its documents."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from journal.models import Entry
from partnerships import uploads

from . import calendar_files
from .models import Event, EventFile
from .public_page import any_event, facts_of, public_event

CALENDAR = "text/calendar; charset=utf-8"
TIMELINE_LENGTH = 20


class EventList(ListView):
    """Upcoming events first, the archive below, a page at a time."""

    template_name = "events/event_list.html"
    paginate_by = 12

    def get_queryset(self) -> QuerySet[Event]:
        events = Event.objects.visible_to(self.request.user)
        return events.past(timezone.now()).select_related("city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = Event.objects.visible_to(self.request.user)
        return super().get_context_data(
            upcoming=events.upcoming(timezone.now()).select_related("city"),
            breadcrumb=[(_("Events"), "")],
            **kwargs,
        )


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event; its journal is for staff."""
    found = _visible(request, slug)
    context: dict[str, Any] = {
        "event": found,
        "facts": facts_of(found, timezone.now()),
        "breadcrumb": [(_("Events"), reverse("events:events")), (found.title, "")],
    }
    if _is_staff(request):
        context["timeline"] = Entry.objects.about(found).prefetch_related("about")[:TIMELINE_LENGTH]
    return render(request, "events/event_detail.html", context)


@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The event for anybody's calendar: no guest and no meeting link in it."""
    found = _visible(request, slug)
    response = HttpResponse(calendar_files.public(found), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A document of an event, always as a download and never run by the browser."""
    document = get_object_or_404(EventFile, pk=pk, event=_visible(request, slug))
    return uploads.download(document.file, PurePath(str(document.file.name)).name)


def _visible(request: HttpRequest, slug: str) -> Event:
    found = (any_event if _is_staff(request) else public_event).first(slug)
    if found is None:
        raise Http404("no such event, or a draft")
    return found


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_staff
