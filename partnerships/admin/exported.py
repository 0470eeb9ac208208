"""A table with a button that leads to the file of what it shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class ExportedTable:
    """``export_name`` is the list's name in ``partnerships.exporting``."""

    export_name = ""
    change_list_template: Any = "admin/exported_change_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        address = reverse("partnerships:export_list", args=[self.export_name])
        context = {**(extra_context or {}), "export_url": address}
        return super().changelist_view(request, extra_context=context)  # type: ignore[misc]
