"""The registry: partnerships and cities."""

from __future__ import annotations

from django.urls import include, path

from . import views
from .finding.urls import urlpatterns as finding_pages
from .staff.urls import urlpatterns as staff_pages

app_name = "partnerships"
urlpatterns = [
    path("partnerships/", views.directory_view, name="directory"),
    path("", include(finding_pages)),
    path("partnerships/<slug:slug>/", views.partnership, name="partnership"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("staff/", include(staff_pages)),
]
