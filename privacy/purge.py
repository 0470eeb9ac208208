"""Personal data goes when its time is over.

Apps register one function for each promise of the inventory. A function is given the time and
whether this is a dry run, returns the number of rows, and finds by itself what is still to be
done: after an interruption the next run reaches the same end.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import transaction

Step = Callable[[dt.datetime, bool], int]

_STEPS: dict[str, Step] = {}
_log = logging.getLogger(__name__)


def register(name: str, step: Step) -> None:
    """Add a step ``app.what`` that counts, and unless it is a dry run removes, what is due."""
    _STEPS[name] = step


def steps() -> list[str]:
    return list(_STEPS)


def run(*, at: dt.datetime, dry_run: bool = False) -> dict[str, int]:
    """Do every step in a transaction of its own; returns rows by step.

    A step that fails stops no other one; afterwards all failures are raised together as an
    ``ExceptionGroup``.
    """
    counts: dict[str, int] = {}
    failures: list[Exception] = []
    for name, step in _STEPS.items():
        try:
            with transaction.atomic():
                counts[name] = step(at, dry_run)
        except Exception as failure:
            failures.append(failure)
    found = ", ".join(f"{name}={count}" for name, count in counts.items())
    _log.info("purge%s: %s", " (dry run)" if dry_run else "", found)
    if failures:
        raise ExceptionGroup("the purge could not finish", failures)
    return counts
