"""``manage.py portal`` for real: three processes, one port, one end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.ports import free_port
from ude_portal import probe

PATIENCE = 90
NOT_OURS = ("DATABASE_URL", "CELERY_BROKER_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE")


class Portal:
    """A portal on a data folder of its own; its output is collected in a file."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.said = folder, port, folder.with_suffix(".txt")
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "portal"],
                cwd=settings.BASE_DIR,
                env=environment | {"UDE_MODE": "test", "DATA_DIR": str(folder), "PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def says(self, text: str) -> bool:
        """Wait until the text is printed, or the process ends without it."""
        return self._wait_for(lambda: text in self.said.read_text())

    def logs(self, name: str, text: str) -> bool:
        return self._wait_for(lambda: text in self.log(name))

    def log(self, name: str) -> str:
        path = self.folder / "logs" / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def _wait_for(self, happens: Callable[[], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while not happens():
            if self.process.poll() is not None or time.monotonic() > end:
                return happens()
            time.sleep(0.2)
        return True

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., Portal]]:
    """Start portals; whatever is left of them ends with the test."""
    portals: list[Portal] = []

    def start(name: str = "data", port: int = 0) -> Portal:
        portals.append(Portal(tmp_path / name, port or free_port()))
        return portals[-1]

    yield start
    for portal in portals:
        if portal.process.poll() is None:
            portal.process.terminate()
            portal.process.wait(30)


def test_it_serves_pages_works_and_stops_on_ctrl_c(started: Callable[..., Portal]) -> None:
    portal = started()

    assert portal.says(f"The portal is open: http://localhost:{portal.port}/"), portal.said
    assert [
        probe.alive(portal.port, "localhost", path=path, timeout=30)
        for path in ("/readyz", "/", "/en/")
    ] == [True] * 3
    assert portal.logs("worker", "Task mailing.tasks.sweep")
    assert started().says("A portal already runs on")
    assert portal.stop() == 0
    assert probe.alive(portal.port, "localhost") is False


def test_a_taken_port_moves_to_the_next_and_a_dead_child_ends_it(
    started: Callable[..., Portal],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        portal = started(port=port)
        assert portal.says(f"Port {port} is taken, so the portal uses ")
        assert portal.says("The portal is open: http://localhost:")
        assert f"http://localhost:{port}/" not in portal.said.read_text()

    assert portal.logs("web", "Listening at: ")
    [process] = re.findall(r"Listening at: \S+ \((\d+)\)", portal.log("web"))
    os.kill(int(process), signal.SIGKILL)

    assert portal.process.wait(30) == 1
    assert "web was ended by SIGKILL." in portal.said.read_text()
