"""Gunicorn's options: ``gunicorn -c python:ude_portal.webserver ude_portal.wsgi``.

Threads, because a browser that keeps a connection open would otherwise hold a whole process
(see docs/decisions.md). The access log stays off: addresses hold personal links, and a proxy
that logs can mask them.
"""

from __future__ import annotations

import os
from pathlib import Path

from ude_portal.logs import to_the_console

on_sqlite = not os.environ.get("DATABASE_URL", "sqlite:").startswith("postgres")

bind = [
    f"{host}:{os.environ.get('PORT', '8000')}"
    for host in os.environ.get("BIND", "127.0.0.1").split(",")
]
workers = int(os.environ.get("WEB_WORKERS", "1" if on_sqlite else "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "ude_portal.doorkeeper.Doorkeeper"
timeout = 60
graceful_timeout = 8
keepalive = 15
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
proc_name = "ude-portal"
logconfig_dict = {
    **to_the_console("INFO"),
    "loggers": {
        "gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"},
        "gunicorn.access": {"handlers": [], "propagate": False, "level": "WARNING"},
        # one warning for every HEAD request, whose body gunicorn rightly drops
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
