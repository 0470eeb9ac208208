"""Where a city confirms by link. No language prefix: the recipient's language decides."""

from __future__ import annotations

from django.urls import path

import mailing.link_urls  # noqa: F401 - makes <token:…> and <public_id:…> known

from . import link_views as views

app_name = "confirmation"
urlpatterns = [
    path("<token:token>/", views.open_link, name="open"),
    path("<public_id:public_id>/", views.page, name="page"),
    path("<public_id:public_id>/answer/", views.answer, name="answer"),
    path("<public_id:public_id>/take-over/", views.take_over, name="take_over"),
    # Mail programs break long links; what is left of one still finds the friendly page.
    path("<path:rest>/", views.broken_link, name="broken"),
]
