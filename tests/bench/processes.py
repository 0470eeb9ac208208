"""Starting and stopping what is measured: web server, worker, mail sink, jobs inside Django."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port

from .stages import Stage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    """A process for the length of the block; what it says goes to ``log``."""
    with log.open("a", encoding="utf-8") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_port(port: int, process: subprocess.Popen[str], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"Nothing answers on port {port}. It said:\n{log.read_text()[-2000:]}")


@contextmanager
def web(stage: Stage) -> Iterator[tuple[int, int]]:
    """The portal under gunicorn, as ``manage.py portal`` starts it; port and process id."""
    port = free_port()
    log = stage.folder / "web.log"
    command = inside(stage, "command", {"piece": "web"})
    with running(command, stage.with_env(PORT=str(port)), log) as process:
        wait_for_port(port, process, log)
        yield port, process.pid


@contextmanager
def worker(stage: Stage) -> Iterator[int]:
    """The Celery worker as ``manage.py portal`` starts it; its process id."""
    command = inside(stage, "command", {"piece": "worker"})
    log = stage.folder / "worker.log"
    with running(command, stage.env, log) as process:
        _wait_for_words(log, "ready.", process)
        yield process.pid


def _wait_for_words(log: Path, words: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while words not in log.read_text(encoding="utf-8"):
        if time.monotonic() > end or process.poll() is not None:
            sys.exit(f"The worker does not start. It said:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@contextmanager
def sink(folder: Path) -> Iterator[int]:
    """The fast SMTP server; its port."""
    port = free_port()
    log = folder / "sink.log"
    command = [sys.executable, "-m", "tests.bench.sink", str(port)]
    with running(command, dict(os.environ), log) as process:
        wait_for_port(port, process, log)
        yield port


class Job:
    """``python -m tests.bench.inside NAME``: says when it is ready, waits, works, answers."""

    def __init__(self, stage: Stage, name: str, options: dict[str, Any] | None = None) -> None:
        command = [sys.executable, "-m", "tests.bench.inside", name, json.dumps(options or {})]
        self.name = name
        self._errors = (stage.folder / f"{name}.log").open("a+", encoding="utf-8")
        self._process = subprocess.Popen(
            command,
            env=stage.env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self._read("ready")

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """What the job found, once it is done."""
        line = self._read("{")
        self._process.wait(PATIENCE)
        self._errors.close()
        return json.loads(line)["answer"]

    def _read(self, wanted: str) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(wanted):
                return line
        self._process.wait(PATIENCE)
        self._errors.seek(0)
        sys.exit(f"The job “{self.name}” failed. It said:\n{self._errors.read()[-3000:]}")


def inside(stage: Stage, name: str, options: dict[str, Any] | None = None) -> Any:
    """Run one job from start to end."""
    job = Job(stage, name, options)
    job.go()
    return job.answer()
