"""Events: the public pages, then the pages of the staff."""

from __future__ import annotations

from django.urls import path

from . import public_views
from .staff.urls import urlpatterns as staff_pages

app_name = "events"
urlpatterns = [
    path("", public_views.EventList.as_view(), name="events"),
    path("<slug:slug>/", public_views.event, name="event"),
    path("<slug:slug>/calendar.ics", public_views.ics, name="ics"),
    path("<slug:slug>/files/<int:pk>/", public_views.file, name="file"),
    *staff_pages,
]
