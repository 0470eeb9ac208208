"""Pages of a city's office, below ``/office/<city>/``."""

from __future__ import annotations

from django.urls import path

from ..cards.urls import urlpatterns as cards
from ..focus.urls import urlpatterns as focus
from . import views

app_name = "office"
urlpatterns = [
    path("", views.start, name="start"),
    path("<slug:city>/", views.overview, name="overview"),
    *focus,
    *cards,
]
