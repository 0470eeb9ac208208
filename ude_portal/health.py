"""Is the portal alive, and is it ready? For load balancers and whoever watches the machine."""

from __future__ import annotations

import functools
import os
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mailing.bell import wire_to
from mailing.models import Mail
from mailing.restoring import undecided
from privacy.ledger import overdue


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the web process answers. Touches neither database nor broker."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: 200 when the database answers and has all migrations, else 503.

    The age of the oldest due mail (seconds, null when none waits), an outbox that waits for staff
    after restoring, a ledger that cannot be written and the broker are reported and fail
    nothing: pages work while mail is late.
    """
    try:
        missing = pending_migrations()
        report: dict[str, Any] = {
            "database": "ok",
            "migrations": f"{len(missing)} missing" if missing else "ok",
            "oldest_due_mail_seconds": None,
        }
        if not missing:
            report |= {
                "oldest_due_mail_seconds": oldest_due_mail(),
                "outbox": "closed since a backup was restored" if undecided() else "open",
                "ledger": f"{late} lines cannot be written" if (late := overdue()) else "ok",
            }
    except DatabaseError:
        missing, report = [("database", "")], {"database": "unreachable"}
    report["broker"] = "ok" if broker_answers() else "unreachable"
    return JsonResponse(report, status=503 if missing else 200)


@functools.cache
def _migrations_in_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def pending_migrations() -> list[tuple[str, str]]:
    """(app, name) of migrations this code has and the database lacks."""
    return sorted(_migrations_in_code() - set(MigrationRecorder(connection).applied_migrations()))


def oldest_due_mail() -> int | None:
    """Seconds since the longest waiting due mail should have been sent."""
    now = timezone.now()
    waiting_since = (
        Mail.objects.due(now).order_by("next_attempt_at").values_list("next_attempt_at", flat=True)
    ).first()
    return None if waiting_since is None else int((now - waiting_since).total_seconds())


def broker_answers(address: str | None = None) -> bool:
    """Can a message be put into the broker (the configured one) now? Waits about a second."""
    address = address or settings.CELERY_BROKER_URL
    if address == "filesystem://":
        folder = str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
        return os.access(folder, os.W_OK)
    with wire_to(address) as broker:
        try:
            broker.ensure_connection(max_retries=0, reraise_as_library_errors=False)
        except (OSError, *broker.connection_errors, *broker.channel_errors):
            return False
    return True
