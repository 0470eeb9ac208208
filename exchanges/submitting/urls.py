"""Addresses of this room: whole ones, and those below an application."""

from __future__ import annotations

from django.urls import URLPattern, path

from partnerships.policies import May

from .. import staff_page
from ..routes import Route
from . import staff_views, views
from .panels import register_panels
from .staff_blocks import BLOCKS

ROUTES = (
    Route("sign/", views.sign, "sign", May.SIGN),
    Route("sign/confirm/", views.sign_save, "sign_save", May.SIGN),
    Route("hand-in/", views.hand_in, "hand_in", May.READ),
    Route("submit/", views.submit, "submit", May.READ, by_link=False),
    Route("versions/", views.versions, "versions", May.READ),
    Route("versions/<int:number>/", views.version, "version", May.READ),
    Route("withdraw/", views.withdraw, "withdraw", May.SIGN, by_link=False),
    Route("withdraw/confirm/", views.withdraw_save, "withdraw_save", May.SIGN, by_link=False),
)
_CASE = "staff/exchanges/<slug:ref>/"
urlpatterns: list[URLPattern] = [
    path(f"{_CASE}deadline/", staff_views.extend, name="staff_extend"),
    path(f"{_CASE}question/", staff_views.ask, name="staff_ask"),
    path(f"{_CASE}go-on/", staff_views.go_on, name="staff_go_on"),
    path(f"{_CASE}waive/<int:party>/", staff_views.waive, name="staff_waive"),
    path(f"{_CASE}versions/<int:number>/", staff_views.version, name="staff_version"),
]
staff_page.register(*BLOCKS)
register_panels()
