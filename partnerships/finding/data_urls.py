"""Files of open data; they hold both languages, so their addresses have none."""

from __future__ import annotations

from django.urls import path

from . import data_views

app_name = "open_data"
urlpatterns = [
    path("partnerships.<str:form>", data_views.partnerships_file, name="partnerships"),
]
