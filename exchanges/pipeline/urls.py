"""Addresses of this room: the staff's desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from .. import staff_page
from ..routes import Route
from . import views
from .staff_blocks import BLOCKS

ROUTES: tuple[Route, ...] = ()
urlpatterns: list[URLPattern] = [
    path("staff/exchanges/", views.pipeline, name="pipeline"),
    path("staff/exchange-tasks/", views.tasks, name="tasks"),
    path("staff/exchange-budgets/", views.budgets, name="budgets"),
    path("staff/exchanges-assign/", views.assign, name="assign_many"),
    path("staff/exchanges-remind/", views.remind, name="remind_many"),
    path("staff/exchanges/<slug:ref>/transfer/", views.transfer, name="transfer"),
]
staff_page.register(*BLOCKS)
