"""Addresses of this room: the staff's, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern, path

from partnerships.policies import May

from .. import staff_page
from ..drafting import panels
from ..routes import Route
from . import batch_views, staff_views, views
from .panel import PANEL
from .staff_blocks import BLOCKS

ROUTES: tuple[Route, ...] = (
    Route("letters/<int:pk>/", views.letter, "letter", May.READ),
    Route("letters/<int:pk>/pdf/", views.letter_pdf, "letter_pdf", May.READ),
    Route("complaint/", views.complain, "complain", May.SIGN),
    Route("trip/", views.trip, "trip", May.READ),
    Route("trip/calendar.ics", views.trip_ics, "trip_ics", May.READ),
)
_STAFF = "staff/exchanges/<slug:ref>/"
urlpatterns: list[URLPattern] = [
    path("staff/calls/<slug:slug>/decisions/", batch_views.decisions, name="decisions"),
    path("staff/calls/<slug:slug>/decisions/release/", batch_views.release_all, name="release_all"),
    path(f"{_STAFF}decision/", staff_views.decide, name="decide"),
    path(f"{_STAFF}decision/release/", staff_views.release, name="release"),
    path(f"{_STAFF}decision/discard/", staff_views.discard, name="discard_decision"),
    path(f"{_STAFF}conditions/<int:pk>/", staff_views.tick, name="tick"),
    path(f"{_STAFF}complaints/<int:pk>/", staff_views.answer, name="answer_complaint"),
]
staff_page.register(*BLOCKS)
panels.register(PANEL)
