"""The addresses of the staff's pages, below ``staff/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..exporting import views as exporting
from . import import_tasks, imports, merging, queue, role_requests


def _merging(place: str, kind: str) -> list[URLPattern]:
    """Choosing, comparing and merging cities or partnerships."""
    what, pair = {"kind": kind}, f"{place}/<slug:slug>/merge/<slug:other>/"
    return [
        path(f"{place}/<slug:slug>/merge/", merging.choose, what, name=f"{kind}_merge"),
        path(pair, merging.compare, what, name=f"{kind}_merge_compare"),
        path(f"{pair}run/", merging.run, what, name=f"{kind}_merge_run"),
    ]


urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("answers/<int:pk>/accept/", queue.answer_accept, name="answer_accept"),
    path("answers/<int:pk>/refuse/", queue.answer_refuse, name="answer_refuse"),
    path("differences/<slug:slug>/", queue.mediate, name="mediate"),
    path("proposed-cities/<int:pk>/", queue.proposed_city, name="proposed_city"),
    path(
        "proposed-cities/<int:pk>/accept/", queue.proposed_city_accept, name="proposed_city_accept"
    ),
    path(
        "proposed-cities/<int:pk>/refuse/", queue.proposed_city_refuse, name="proposed_city_refuse"
    ),
    path("silent/<slug:slug>/remind/", queue.silent_remind, name="silent_remind"),
    path("silent/<slug:slug>/tell/", queue.draft_tell, name="draft_tell"),
    path("lists/<slug:name>/", exporting.page, name="export_list"),
    path("lists/<slug:name>/file/", exporting.file, name="export_file"),
    path("role-requests/", role_requests.role_requests, name="role_requests"),
    path(
        "role-requests/<int:pk>/grant/", role_requests.role_request_grant, name="role_request_grant"
    ),
    path(
        "role-requests/<int:pk>/refuse/",
        role_requests.role_request_refuse,
        name="role_request_refuse",
    ),
    path("imports/", imports.imports, name="imports"),
    path("imports/upload/", imports.upload, name="import_upload"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/reading/", imports.reading, name="import_reading"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/run/", imports.run, name="import_run"),
    path("imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("imports/<int:pk>/report/", imports.report, name="import_report"),
    path("import-tasks/", import_tasks.tasks, name="import_tasks"),
    path("import-tasks/<int:pk>/", import_tasks.task, name="import_task"),
    path("import-tasks/<int:pk>/solve/", import_tasks.solve, name="import_task_solve"),
    path("import-tasks/<int:pk>/discard/", import_tasks.discard, name="import_task_discard"),
    path("doubles/", merging.doubles, name="doubles"),
    path("merges/", merging.merges, name="merges"),
    path("merges/<int:pk>/", merging.merge, name="merge"),
    path("merges/<int:pk>/undo/", merging.undo, name="merge_undo"),
    *_merging("cities", "city"),
    *_merging("partnerships", "partnership"),
]
