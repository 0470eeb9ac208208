"""Addresses of this room: whole ones, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..routes import Route
from . import views

ROUTES: tuple[Route, ...] = ()
urlpatterns: list[URLPattern] = [
    path("exchanges/", views.calls, name="calls"),
    path("exchanges/<slug:slug>/", views.call, name="call"),
    path("exchanges/<slug:slug>/check/", views.check, name="self_check"),
    path("exchanges/<slug:slug>/apply/", views.apply, name="apply"),
]
