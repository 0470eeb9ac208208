"""What the operations share: the locked application."""

from __future__ import annotations

from ..models import Application


def locked(application: Application) -> Application:
    """The application's row, locked and read anew, within the caller's transaction."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "partnership")
    return rows.get(pk=application.pk)
