"""A real web server with one thread, which is busy: what waits in line has arrived before."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tests.ports import free_port
from ude_portal import webserver
from ude_portal.arrival import here, note

DOORKEEPER = "ude_portal.doorkeeper.Doorkeeper"


@dataclass
class Server:
    """One thread; ``started`` appears when it works on the slow request, ``go_on`` lets it end."""

    port: int
    started: Path
    go_on: Path

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, "not within a minute"
        time.sleep(0.02)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(free_port(), tmp_path / "started", tmp_path / "go-on")
    command = [sys.executable, "-m", "gunicorn", "-k", DOORKEEPER, "--threads", "1"]
    env = {**os.environ, "STARTED": str(found.started), "GO_ON": str(found.go_on)}
    application = ["--no-control-socket", "-b", f"127.0.0.1:{found.port}"]
    process = subprocess.Popen(
        [*command, *application, "tests.portal.waiting_app"], env=env, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: is_up(found.port))
        yield found
    finally:
        found.go_on.touch()
        process.terminate()
        process.wait(timeout=60)


def is_up(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(connection: socket.socket, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())


def arrival(connection: socket.socket) -> float:
    with closing(connection), connection.makefile("rb") as reply:
        return float(reply.read().rpartition(b"\r\n\r\n")[2])


def test_what_waits_for_a_thread_arrived_when_it_was_sent(server: Server) -> None:
    slow, waits = server.connect(), server.connect()
    ask(slow, "/slow")
    wait_until(server.started.exists)
    ask(waits, "/")
    time.sleep(1)  # the loop sees it meanwhile; the only thread is busy all the time
    released = time.time()
    server.go_on.touch()
    assert arrival(slow) < released
    assert arrival(waits) < released


def test_a_connection_that_was_only_opened_has_not_arrived(server: Server) -> None:
    early = server.connect()
    time.sleep(0.2)
    sent = time.time()
    ask(early, "/")
    assert arrival(early) >= sent


def test_the_portal_starts_its_web_server_with_it() -> None:
    assert webserver.worker_class == DOORKEEPER


def arrived(at: float | None) -> float:
    found = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request.arrived_at.timestamp())  # type: ignore[attr-defined]
        return HttpResponse()

    here.at = at
    try:
        note(view)(HttpRequest())
    finally:
        here.at = None
    return float(found[0])


def test_the_request_knows_the_moment() -> None:
    assert arrived(1_700_000_000.25) == 1_700_000_000.25


def test_without_a_doorkeeper_a_request_arrives_when_it_gets_there() -> None:
    before = timezone.now().timestamp()
    assert before <= arrived(None) <= timezone.now().timestamp()
