"""A web server's application that works on ``/slow`` until a file appears, and tells arrivals."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ude_portal.arrival import here


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    at = here.at
    if environ["PATH_INFO"] == "/slow":
        Path(os.environ["STARTED"]).touch()
        until = time.monotonic() + 60
        while not Path(os.environ["GO_ON"]).exists() and time.monotonic() < until:
            time.sleep(0.02)
    body = str(at).encode()
    length = ("Content-Length", str(len(body)))
    start_response("200 OK", [("Content-Type", "text/plain"), length])
    return [body]
