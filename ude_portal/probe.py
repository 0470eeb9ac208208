"""Asks a running portal whether it is alive: for health checks and for the supervisor.

Uses nothing but Python itself, so that ``python ude_portal/probe.py [/page/]`` answers at once:
exit code 0 when the page answers 200, else 1. Reads ``PORT`` and ``SITE_URL`` like the portal.
"""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit


def alive(port: int, host: str, *, path: str = "/healthz", timeout: float = 5) -> bool:
    """Does the web server on this machine answer 200, asked for ``host``?"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    own_port = int(os.environ.get("PORT", "8000"))
    own_host = urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"
    page = sys.argv[1] if len(sys.argv) > 1 else "/healthz"
    sys.exit(0 if alive(own_port, own_host, path=page) else 1)
