"""Processes of a drill: each in a session of its own, logged to a file, never outliving it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ude_portal.supervisor import die_with_parent


class TooLate(Exception):
    """Something did not happen in time."""


def wait_for(what: str, condition: Callable[[], Any], seconds: float = 180) -> Any:
    """The first truthy value of ``condition``; raises ``TooLate`` after ``seconds``."""
    until = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > until:
            raise TooLate(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)
    return value


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """A command and all it starts. ``tell`` writes a line to it, if it was started for that."""

    def __init__(
        self, name: str, command: list[str], folder: Path, extra: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        with (folder / f"{name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(extra or {})},
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def kill(self) -> None:
        """``kill -9`` for the process and all it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._end()

    def stop(self, grace: float = 8) -> None:
        """SIGTERM, and SIGKILL for what is left."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self.kill()

    def _end(self) -> None:
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
