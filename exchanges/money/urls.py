"""Addresses of this room: whole ones, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern

from ..routes import Route

ROUTES: tuple[Route, ...] = ()
urlpatterns: list[URLPattern] = []
