"""Celery: rings the outbox's bell and keeps the portal's clock."""

import os
from typing import Any

from celery import Celery, signals
from django.db import close_old_connections
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ude_portal.settings")

TRANSPORT_ALIASES["filesystem"] = "ude_portal.broker:Transport"
TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "ude_portal.redis_broker:Transport"

app = Celery("ude_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.task_prerun.connect
@signals.task_postrun.connect
def keep_connections(sender: Any, **kwargs: Any) -> None:
    """Between tasks a worker keeps its database connection as the web keeps it between requests.

    Celery would end it around every task (``CELERY_DB_REUSE_MAX`` stops that); opening one costs
    as much as sending a mail.
    """
    if not sender.request.is_eager:
        close_old_connections()
