"""Processor time of processes, read from Linux' ``/proc``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def milliseconds(pid: int) -> float:
    """User and system time of a living process and of its children that ended; else 0."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) * 1000 / TICKS if fields else 0.0


def family(pid: int) -> list[int]:
    """The process and everything it started that lives."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def _stat(pid: int) -> list[str]:
    """The fields after the command's name, which may hold spaces; empty for a dead process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


class Meter:
    """Processor time that processes use from ``start`` to ``stop``; ``pids`` lists them anew."""

    def __init__(self, pids: Callable[[], Iterable[int]]) -> None:
        self._pids = pids
        self._before: dict[int, float] = {}

    def start(self) -> None:
        self._before = {pid: milliseconds(pid) for pid in self._pids()}

    def stop(self) -> float:
        """Milliseconds; a process that came meanwhile counts from its birth."""
        now = {pid: milliseconds(pid) for pid in self._pids()}
        return sum(used - self._before.get(pid, 0.0) for pid, used in now.items())
