"""Addresses of this room: whole ones, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern, path

from partnerships.policies import May

from ..routes import Route
from . import views

ROUTES = (Route("", views.case, "case", May.READ),)
urlpatterns: list[URLPattern] = [
    path("office/<slug:city>/exchanges/", views.cases, name="cases"),
]
