"""Gunicorn's worker with threads, which notes when the first bytes of each request came.

Its loop accepts and watches connections and does no work itself, so it is never busy. A
connection that was only opened has not arrived: it waits in the loop until it can be read.
"""

from __future__ import annotations

import selectors
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from .arrival import here

#: Seconds after which a connection is closed on which nothing came.
PATIENCE = 30


class Doorkeeper(ThreadWorker):
    def enqueue_req(self, conn: Any) -> None:
        """Called by the loop: a new connection, or one that can be read."""
        if conn.initialized or conn.data_ready:
            conn.arrived_at = time.time()
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + PATIENCE
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, readable)

    def handle(self, conn: Any) -> Any:
        """Called in the thread that works on the request."""
        here.at = conn.arrived_at
        try:
            return super().handle(conn)
        finally:
            here.at = None
