"""Addresses of this room: reviewers' pages, and the staff's page of one case."""

from __future__ import annotations

from django.urls import URLPattern, path

from .. import staff_page
from ..routes import Route
from . import panel_views, staff_views, views
from .staff_blocks import BLOCKS

ROUTES: tuple[Route, ...] = ()
urlpatterns: list[URLPattern] = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/calls/<slug:slug>/", panel_views.reviewers_panel, name="reviewers_panel"),
    path("reviews/<slug:ref>/", views.review, name="review"),
    path("reviews/<slug:ref>/declare/", views.declare, name="review_declare"),
    path("reviews/<slug:ref>/step-back/", views.step_back, name="review_step_back"),
    path("reviews/<slug:ref>/save/", views.save, name="review_save"),
    path("reviews/<slug:ref>/hand-in/", views.hand_in, name="review_hand_in"),
    path("reviews/<slug:ref>/discuss/", views.discuss, name="review_discuss"),
    path("staff/calls/<slug:slug>/panel/", panel_views.staff_panel, name="panel"),
    path("staff/exchanges/<slug:ref>/", staff_views.staff_case, name="staff_case"),
    path("staff/exchanges/<slug:ref>/check/", staff_views.start_review, name="staff_check"),
    path("staff/exchanges/<slug:ref>/assign/", staff_views.assign, name="staff_assign"),
    path("staff/exchanges/<slug:ref>/remind/", staff_views.remind, name="staff_remind"),
    path("staff/exchanges/<slug:ref>/discuss/", staff_views.discuss, name="staff_discuss"),
    path(
        "staff/exchanges/<slug:ref>/reviewers/<int:pk>/take-back/",
        staff_views.unassign,
        name="staff_unassign",
    ),
    path(
        "staff/exchanges/<slug:ref>/reviewers/<int:pk>/settle/",
        staff_views.settle,
        name="staff_settle",
    ),
]
staff_page.register(*BLOCKS)
