"""The row that every change of a case locks first."""

from __future__ import annotations

from .models import Application


def locked(application: Application) -> Application:
    """The application as it is stored, locked until the transaction ends, with its call."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "partnership")
    return rows.get(pk=application.pk)
