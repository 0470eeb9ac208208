"""A guest's personal pages. They have no language prefix: the recipient's language decides."""

from __future__ import annotations

from django.urls import path

import mailing.link_urls  # noqa: F401 - makes <token:…> and <public_id:…> known

from . import personal_views as views

app_name = "invitation"
urlpatterns = [
    path("<token:token>/", views.open_link, name="open"),
    path("<token:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
    path("<public_id:public_id>/", views.page, name="page"),
    path("<public_id:public_id>/answer/", views.answer, name="answer"),
    path("<public_id:public_id>/calendar.ics", views.calendar, name="calendar"),
    path("<public_id:public_id>/opt-out/", views.opt_out, name="opt_out"),
    # Mail programs break long links; what is left of one still finds the friendly page.
    path("<path:rest>/", views.broken_link, name="broken"),
]
