"""When a request arrived: what waits in line for a free thread before a deadline is not late.

``doorkeeper`` knows the moment; ``note`` puts it on the request as ``arrived_at``.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

#: ``at`` is the moment (seconds since the epoch) of the request this thread works on.
here = threading.local()


def note(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware; without a doorkeeper a request arrives when it gets here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at = getattr(here, "at", None)
        moment = dt.datetime.fromtimestamp(at, dt.UTC) if at else timezone.now()
        request.arrived_at = moment  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
