"""Addresses of this room: whole ones, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern, path

from partnerships.policies import May

from ..routes import Route
from . import partner_views, section_views, start_views, views

ROUTES = (
    Route("", views.case, "case", May.READ),
    Route("sections/<slug:key>/", section_views.section, "section", May.READ),
    Route("sections/<slug:key>/<int:party>/", section_views.section, "city_section", May.READ),
    Route("discard/", views.discard, "discard", May.EDIT, by_link=False),
    Route("links/", partner_views.links, "links", May.EDIT, by_link=False),
    Route("links/<int:party>/send/", partner_views.send, "send_link", May.EDIT, by_link=False),
    Route("links/<int:link>/remind/", partner_views.remind, "remind_link", May.EDIT, by_link=False),
    Route("links/<int:link>/end/", partner_views.end, "end_link", May.EDIT, by_link=False),
)
urlpatterns: list[URLPattern] = [
    path("office/<slug:city>/exchanges/", views.cases, name="cases"),
    path("office/<slug:city>/exchanges/new/", start_views.start, name="start"),
]
