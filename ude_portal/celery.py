"""Celery: rings the outbox's bell and keeps the portal's clock."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ude_portal.settings")

TRANSPORT_ALIASES["filesystem"] = "ude_portal.broker:Transport"
TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "ude_portal.redis_broker:Transport"

app = Celery("ude_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
