"""One part of a drill on one fresh database: ``python -m tests.drills.stage PART RESULT``.

The runner prepares the database and DATA_DIR; the stage picks free ports, starts what the part
asks for, and stops everything when the part ends, however it ends.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from tests.ports import free_port

from .findings import Result
from .plan import Part, part_of
from .processes import Process, listens, wait_for

#: Each run starts at another random point; a failed one can be repeated with its number.
SEED = int(os.environ.get("DRILL_SEED") or random.SystemRandom().randrange(10_000))


class Stage:
    """The processes of one part, and what they leave behind."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick
        self.folder = Path(os.environ["DATA_DIR"])
        self.port = int(os.environ["PORT"])
        self.redis_port = int(os.environ.get("DRILL_REDIS_PORT", "0"))
        self.processes: list[Process] = []

    def size(self, full: int) -> int:
        """A tenth of a number in a quick run."""
        return max(1, full // 10) if self.quick else full

    def start(self, name: str, command: list[str], **extra: str) -> Process:
        process = Process(name, command, self.folder, extra)
        self.processes.append(process)
        return process

    def close(self) -> None:
        for process in reversed(self.processes):
            process.stop(grace=3)

    # The portal's own processes ------------------------------------------------------------

    def web(self) -> Any:
        """Gunicorn as the portal starts it; returns who makes requests to it."""
        from ude_portal import pieces

        from .guests import Load

        self.start("web", pieces.command("web"))
        wait_for("web server", lambda: listens(self.port))
        load = Load(self.port)
        asyncio.run(load.warm_up())
        return Load(self.port)

    def worker(self) -> Process:
        """A Celery worker with one sender."""
        from ude_portal import pieces

        return self.start("worker", pieces.command("worker"))

    def beat(self) -> Process:
        from ude_portal import pieces

        return self.start("beat", pieces.command("beat"))

    # The world outside ---------------------------------------------------------------------

    def sink(self, *commands: str) -> Process:
        port = os.environ["EMAIL_URL"].rpartition(":")[2]
        command = [sys.executable, "-m", "tests.drills.sink", port, str(self.folder / "kept")]
        sink = self.start("sink", command)
        wait_for("mail server", lambda: listens(int(port)))
        for line in commands:
            sink.tell(line)
        return sink

    def kept(self) -> Counter[str]:
        """Message-ID → how often the mail server kept it."""
        return Counter(row["id"] for row in self._rows())

    def kept_to(self) -> set[str]:
        """The addresses whose mail the server kept."""
        return {row["to"] for row in self._rows()}

    def kept_count(self) -> int:
        """How many messages the mail server kept so far; repeated ones count again."""
        return self._log().count(b"\n")

    def _rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log().splitlines()]

    def _log(self) -> bytes:
        path = self.folder / "kept"
        return path.read_bytes() if path.exists() else b""

    def redis(self) -> Process:
        """A Redis of our own, without anything on disk; an earlier one must be gone."""
        command = ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1"]
        server = self.start("redis", [*command, "--save", "", "--appendonly", "no"])
        wait_for("redis", lambda: listens(self.redis_port))
        return server


def furnish(part: Part, database: str, *, quick: bool) -> None:
    """Put free ports, the addresses made of them and the size into the environment."""
    os.environ["PORT"] = str(free_port())
    os.environ["SITE_URL"] = f"http://localhost:{os.environ['PORT']}"
    os.environ["WORKER_CONCURRENCY"] = "1"  # so that a kill ends one sender
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{free_port()}"
    if database == "postgresql":
        os.environ["DRILL_REDIS_PORT"] = str(free_port())
        redis = f"redis://127.0.0.1:{os.environ['DRILL_REDIS_PORT']}"
        os.environ["CELERY_BROKER_URL"], os.environ["CACHE_URL"] = f"{redis}/0", f"{redis}/1"
    os.environ.update(part.env | (part.quick_env if quick else {}))


def leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(f"stopped by {signal.Signals(number).name}")


def perform(part: Part, database: str, *, quick: bool) -> Result:
    """Run the part; an exception breaks it off and is reported like a broken promise."""
    import django

    django.setup()
    from ude_portal import preparing

    preparing.tidy_broker()
    began, stage = time.monotonic(), Stage(quick=quick)
    findings, broke_off = [], ""
    try:
        findings = part.load()(stage)
    except Exception as error:
        traceback.print_exc()
        broke_off = f"{type(error).__name__}: {error}"
    finally:
        stage.close()
    date = dt.datetime.now(dt.UTC).isoformat(timespec="minutes")
    seconds = round(time.monotonic() - began, 1)
    return Result(part.drill, part.key, database, date, seconds, quick, findings, broke_off)


def main(arguments: list[str]) -> None:
    key, target = arguments
    signal.signal(signal.SIGTERM, leave)
    database = os.environ["DRILL_DATABASE"]
    part = part_of(key)
    quick = bool(os.environ.get("DRILL_QUICK"))
    furnish(part, database, quick=quick)
    result: Any = perform(part, database, quick=quick)
    Path(target).write_text(result.to_json(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
