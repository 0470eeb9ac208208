"""The portal's three processes and the commands that start them."""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.db import connection

PIECES = ("web", "worker", "beat")


def command(piece: str) -> list[str]:
    """The command line of ``web``, ``worker`` or ``beat`` for the settings in force."""
    return [sys.executable, "-m", *{"web": _web, "worker": _worker, "beat": _beat}[piece]()]


def _web() -> list[str]:
    return ["gunicorn", "-c", "python:ude_portal.webserver", "ude_portal.wsgi"]


def _worker() -> list[str]:
    """Threads on SQLite (one writer at a time anyway), processes on a database server."""
    pool = "threads" if connection.vendor == "sqlite" else "prefork"
    concurrency = os.environ.get("WORKER_CONCURRENCY", "2")
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    return [*_celery(), "worker", "--pool", pool, "--concurrency", concurrency, *quiet]


def _beat() -> list[str]:
    schedule = str(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    return [*_celery(), "beat", "--pidfile", "", "--schedule", schedule]


def _celery() -> list[str]:
    return ["celery", "--app", "ude_portal"]
