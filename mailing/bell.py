"""The doorbell: tells the worker that mail is waiting. Losing a ring does no harm.

The sweep finds what the bell missed, so a dead broker must never break or slow a request:
one short try, and after a failure silence for ``QUIET`` seconds.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import current_app
from django.db import connection, transaction
from kombu import pools

log = logging.getLogger(__name__)

QUIET = 30.0
_IMPATIENT = {
    "max_retries": 0,
    "connect_retries_timeout": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
}
_quiet_until = 0.0


def ring_on_commit() -> None:
    """Ring once the running transaction has committed, and only once for all its mails."""
    if not any(waiting[1] is ring_now for waiting in connection.run_on_commit):
        transaction.on_commit(ring_now, robust=True)


def ring_now() -> bool:
    """Put a ``ring`` task into the broker; ``False`` when that failed or was not tried."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        _publish()
    except Exception as error:
        _quiet_until = time.monotonic() + QUIET
        log.warning("The broker did not take the bell (%s); the sweep will deliver.", error)
        return False
    return True


def wire_to(address: str | None = None) -> Any:
    """A connection to the broker (the configured one) that gives up after about a second."""
    options = {**current_app.conf.broker_transport_options, **_IMPATIENT}
    return current_app.connection_for_write(address, transport_options=options, connect_timeout=1)


def _publish() -> None:
    wire = wire_to()
    with pools.producers[wire].acquire(block=True, timeout=1) as producer:
        current_app.send_task("mailing.tasks.ring", producer=producer, retry=False)
