"""Addresses of the topics, below an office's own."""

from __future__ import annotations

from django.urls import path

from . import views

_ONE = "<slug:city>/partnerships/<slug:slug>/topics/"

urlpatterns = [
    path("<slug:city>/topics/", views.index, name="topic_index"),
    path(_ONE, views.topics, name="topics"),
    path(f"{_ONE}ranking/", views.ranking, name="ranking"),
    path(f"{_ONE}ranking/save/", views.rank, name="rank"),
    path(f"{_ONE}reopen/", views.reopen, name="topics_reopen"),
    path(f"{_ONE}goals/", views.goals, name="focus_goals"),
    path(f"{_ONE}goals/save/", views.choose_goals, name="focus_goals_save"),
]
