"""Runs web, worker and beat as children of one process: all live, or all stop.

The supervisor knows commands and folders, nothing of Django.
"""

from __future__ import annotations

import collections
import ctypes
import fcntl
import logging
import logging.handlers
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import IO

from .logs import mask

LAST_LINES = 15
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
Say = Callable[[str], None]


class AlreadyRunning(Exception):
    """Another portal uses the same data folder."""


def lock_folder(folder: Path) -> IO[str]:
    """Keep the returned file open as long as the folder is in use.

    Raises AlreadyRunning with the other process's id.
    """
    file = (folder / "portal.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with file:
            file.seek(0)
            raise AlreadyRunning(file.read().strip() or "unknown") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def die_with_parent() -> None:
    """On Linux, ask the kernel for SIGTERM when the supervisor is killed."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process; its output goes to a log file with personal links masked."""

    def __init__(self, name: str, command: list[str], logs: Path) -> None:
        self.name = name
        self.last = collections.deque[str](maxlen=LAST_LINES)
        self.log = logging.handlers.RotatingFileHandler(
            logs / f"{name}.log", maxBytes=5_000_000, backupCount=3, encoding="utf-8"
        )
        self.process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
            text=True,
            errors="replace",
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            masked = mask(line.rstrip("\n"))
            self.last.append(masked)
            self.log.emit(logging.makeLogRecord({"msg": masked}))

    def ended(self) -> bool:
        return self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        """Signal the child and, for SIGKILL, everything it started."""
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def farewell(self) -> str:
        """Why it ended, and its last lines."""
        code = self.process.returncode
        how = (
            f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        )
        lines = "".join(f"\n    {line}" for line in self.last)
        return f"{self.name} {how}.{' Its last lines:' if lines else ''}{lines}"

    def close(self) -> None:
        self.reader.join(timeout=2)
        self.log.close()
        if self.process.stdout and not self.reader.is_alive():
            self.process.stdout.close()


class Supervisor:
    """Starts children, watches them, stops them together."""

    def __init__(self, logs: Path, say: Say, *, grace: float = 10) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.logs, self.say, self.grace = logs, say, grace
        self.children: list[Child] = []
        self.asked_to_stop = threading.Event()

    def run(
        self,
        commands: Mapping[str, list[str]],
        *,
        ready: Callable[[], bool],
        when_ready: Callable[[], None],
        patience: float = 60,
    ) -> int:
        """Returns 0 after Ctrl-C or SIGTERM, 1 when a child died or nothing answered in time."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        try:
            self.children = [Child(name, line, self.logs) for name, line in commands.items()]
            if self._wait_until(ready, patience):
                when_ready()
                self._watch()
            return self._verdict()
        finally:
            self.stop()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop.set()

    def _dead(self) -> list[Child]:
        return [child for child in self.children if child.ended()]

    def _wait_until(self, ready: Callable[[], bool], patience: float) -> bool:
        end = time.monotonic() + patience
        while not self._dead() and not self.asked_to_stop.wait(0.2):
            if ready():
                return True
            if time.monotonic() > end:
                self.say(f"The portal did not answer within {patience:g} seconds.")
                return False
        return False

    def _watch(self) -> None:
        while not self._dead() and not self.asked_to_stop.wait(0.3):
            pass

    def _verdict(self) -> int:
        if self.asked_to_stop.is_set():
            return 0
        for child in self._dead():
            child.reader.join(timeout=2)
            self.say(child.farewell())
        return 1

    def stop(self) -> None:
        """SIGTERM to all, SIGKILL to whoever is left after the grace period."""
        living = [child for child in self.children if not child.ended()]
        for child in living:
            child.signal_group(signal.SIGTERM)
        end = time.monotonic() + self.grace
        for child in living:
            try:
                child.process.wait(max(0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} did not stop within {self.grace:g} seconds and was killed.")
                child.signal_group(signal.SIGKILL)
                child.process.wait()
        for child in self.children:
            child.close()
