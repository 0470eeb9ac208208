"""Guards of deadlines and decisions that negative controls switch off."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from exchanges.deciding.operations import releasing
from exchanges.submitting.operations import handing_in
from ude_portal import arrival


def without_arrival() -> None:
    """The clock is read when the row is locked, whenever the request came."""
    genuine: Any = handing_in._check_time
    handing_in._check_time = lambda application, at: genuine(application, timezone.now())  # type: ignore[assignment]


class _Forgetful:
    """Keeps no moment: a request then arrives when a thread has begun with it."""

    def __setattr__(self, name: str, value: Any) -> None:
        """Nothing is kept."""


def without_doorkeeper() -> None:
    arrival.here = _Forgetful()  # type: ignore[assignment]


def without_whole_release() -> None:
    """Letters are written in a second step, a moment after the decision is stored."""
    genuine: Any = releasing._write

    def write(decision: Any, at: Any) -> None:
        time.sleep(0.05)
        with transaction.atomic():
            genuine(decision, at)

    releasing._write = lambda decision, at: transaction.on_commit(lambda: write(decision, at))
