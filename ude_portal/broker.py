"""Celery's messages as files, for a portal on one machine without Redis.

Kombu's own file transport lets a worker pick up a file before it is written, which ends the
worker (seen: 1 message in 10 when both are fast), and it moves files through the system's
temporary folder. Here a message appears whole or not at all, and stays in its folder.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

UNFINISHED, TAKEN = ".unfinished", ".taken"


class Channel(filesystem.Channel):
    """Writes by rename, takes by rename: both are atomic within one folder."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / (name + UNFINISHED)
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / (name + TAKEN)
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue
            message: dict[str, Any] = loads(taken.read_text(encoding="utf-8"))
            taken.unlink()
            return message
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel


def clear(*folders: str) -> int:
    """Create the folders and delete what an earlier run left; returns the number of files.

    Nothing is lost: messages only say "look into the outbox", and beat says so again.
    Call it only while no worker runs.
    """
    removed = 0
    for folder in map(Path, folders):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.is_file():
                path.unlink()
                removed += 1
    return removed
