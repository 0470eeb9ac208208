from __future__ import annotations

from django.urls import path

from . import data_views, views

urlpatterns = [
    path("partnerships/map/", views.map_view, name="map"),
    path("glossary/", views.glossary, name="glossary"),
    path("open-data/", data_views.open_data, name="open_data"),
]
