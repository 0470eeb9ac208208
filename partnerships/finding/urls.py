from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("partnerships/map/", views.map_view, name="map"),
    path("glossary/", views.glossary, name="glossary"),
]
