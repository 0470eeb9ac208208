"""Below ``/office/<city>/partnerships/``; one address for each verb."""

from __future__ import annotations

from django.urls import path

from . import claiming, drafts, files, shared

urlpatterns = [
    path("", shared.partnerships, name="partnerships"),
    path("new/", drafts.new, name="partnership_new"),
    path("<slug:slug>/", shared.partnership, name="partnership"),
    path("<slug:slug>/draft/", drafts.draft, name="draft"),
    path("<slug:slug>/draft/register/", drafts.register, name="draft_register"),
    path("<slug:slug>/draft/cities/", drafts.cities, name="draft_cities"),
    path("<slug:slug>/draft/cities/remove/", drafts.remove_city, name="draft_remove_city"),
    path("<slug:slug>/draft/cities/propose/", drafts.propose_city, name="draft_propose_city"),
    path("<slug:slug>/draft/discard/", drafts.discard, name="draft_discard"),
    path("<slug:slug>/claim/", claiming.claim, name="claim"),
    path("<slug:slug>/confirm/", claiming.confirm, name="confirm"),
    path("<slug:slug>/ask/<int:party>/", claiming.ask, name="ask_partner"),
    path("<slug:slug>/take-back/", claiming.take_back, name="take_back"),
    path("<slug:slug>/give-way/", claiming.give_way, name="give_way"),
    path("<slug:slug>/files/", files.upload, name="upload"),
    path("<slug:slug>/files/<int:pk>/", files.download, name="download"),
    path("<slug:slug>/files/<int:pk>/remove/", files.remove, name="remove_file"),
]
