"""Ends workers with SIGKILL in the middle of their work, at moments that nothing foresees."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable

from .processes import Process, wait_for


def kill_by_progress(
    start: Callable[[], Process],
    workers: list[Process],
    progress: Callable[[], int],
    busy: Callable[[], Iterable[int]],
    *,
    kills: int,
    total: int,
    seed: int,
) -> int:
    """Kill and replace a worker ``kills`` times, spread over the way to ``total``.

    ``busy`` gives the ids of processes that send right now: one of those is hit where there is
    one. Returns how many of the kills hit a busy worker.
    """
    chance = random.Random(seed)
    hits = 0
    for made in range(kills):
        step = (2 * made + 1) * total // (2 * kills + 2)
        wait_for(f"progress to {step}", lambda step=step: progress() >= step)
        time.sleep(chance.uniform(0, 0.05))
        groups = set(groups_of(busy()))
        at_work = [n for n, worker in enumerate(workers) if worker.pid in groups]
        victim = chance.choice(at_work or range(len(workers)))
        hits += bool(at_work)
        workers[victim].kill()
        workers[victim] = start()
    return hits


def groups_of(processes: Iterable[int]) -> list[int]:
    """The process groups of those that still live; a worker leads the group of its children."""
    groups = []
    for process in processes:
        try:
            groups.append(os.getpgid(process))
        except ProcessLookupError:
            continue
    return groups


def replace_ended(start: Callable[[], Process], workers: list[Process]) -> int:
    """Replace workers that ended by themselves, as a supervisor does; returns how many."""
    ended = [number for number, worker in enumerate(workers) if not worker.lives]
    for number in ended:
        workers[number].kill()
        workers[number] = start()
    return len(ended)
