"""Addresses of this room, and its parts of an application."""

from __future__ import annotations

from django.urls import URLPattern

from partnerships.policies import May

from ..drafting import contents as parts
from ..drafting import forms as part_forms
from ..drafting import panels
from ..routes import Route
from . import contents, views
from .forms import BudgetForm, JourneyForm
from .panel import PANEL

parts.register("budget", contents.BUDGET)
parts.register("journey", contents.JOURNEY)
part_forms.register("budget", BudgetForm)
part_forms.register("journey", JourneyForm)
panels.register(PANEL)

ROUTES: tuple[Route, ...] = (
    Route("per-diem/", views.calculator, "per_diem", May.READ),
    Route("per-diem/take-over/", views.take_over, "take_over_per_diem", May.EDIT),
    Route("print/", views.paper, "print", May.READ),
    Route("copy/", views.copy, "copy", May.READ),
)
urlpatterns: list[URLPattern] = []
