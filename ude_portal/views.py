"""Pages that compose several apps: the home page, and what search engines read."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from exchanges.calls import facts
from exchanges.models import Call
from pages.models import NewsItem
from partnerships.models import Party
from sdg.models import FIRST_GOALS, Goal

NEXT_EVENTS = 3
LATEST_NEWS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What UDE is, where to go, what comes next, how large the directory is."""
    now = timezone.now()
    published = Event.objects.filter(state=Event.State.PUBLISHED)
    calls = [call for call in Call.objects.public() if call.is_open(now)]
    context = {
        "events": published.upcoming(now).select_related("city")[:NEXT_EVENTS],
        "calls": [{"call": call, "window": facts.window(call)} for call in calls],
        "numbers": Party.objects.filter(partnership__in_directory=True).aggregate(
            cities=Count("city", distinct=True),
            partnerships=Count("partnership", distinct=True),
            countries=Count("city__country", distinct=True),
        ),
        "news": NewsItem.objects.published(at=now)[:LATEST_NEWS],
        "goals": Goal.objects.filter(number__in=FIRST_GOALS),
    }
    return render(request, "portal/home.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be indexed in production; trial installations stay out of sight."""
    if not settings.PRODUCTION:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
    families = ("account", "admin", "office")
    closed = ["/i/", "/p/", *(f"{p}/{name}/" for p in ("", "/en") for name in families)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
