"""Addresses of commitments, below an office's partnership."""

from __future__ import annotations

from django.urls import path

from . import views

_ALL = "<slug:city>/partnerships/<slug:slug>/commitments/"
_ONE = f"{_ALL}<int:pk>/"

urlpatterns = [
    path(f"{_ALL}new/", views.new, name="commitment_new"),
    path(f"{_ALL}add/", views.add, name="commitment_add"),
    path(_ONE, views.commitment, name="commitment"),
    path(f"{_ONE}save/", views.save, name="commitment_save"),
    path(f"{_ONE}close/", views.close, name="commitment_close"),
    path(f"{_ONE}reopen/", views.reopen, name="commitment_reopen"),
]
