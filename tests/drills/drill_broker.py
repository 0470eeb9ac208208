"""Drill c: the broker is emptied, killed, or was never there."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import redis
from django.conf import settings

from . import tasks, world
from .drill_crashes import account, campaign
from .findings import Finding, at_most, equal, more_than, without_errors
from .processes import Process, wait_for
from .stage import Stage
from .visitors import Visitors

MAILS, PLAIN, GUESTS = 5_000, 2_000, 1_000
EMPTYINGS, KILLS = 10, 3
#: Seconds. Nobody waits for the broker; the machine may be busy.
SLOWEST = 10.0


def vanishing(stage: Stage) -> list[Finding]:
    count = stage.size(MAILS)
    visitors = visitors_of(stage)
    campaign(count)
    stage.sink("slow 0.002")
    server = stage.redis() if stage.redis_port else None
    workers = start_workers(stage)
    visitors.start()
    killed = disturb(stage, count, server)
    visitors.stop()
    wait_for("the end of the campaign", lambda: not world.moving_mails(), 300)
    return [
        Finding("emptied, killed", f"{EMPTYINGS} times, {killed} times"),
        equal("workers that ended with it", sum(not one.lives for one in workers), 0),
        *kept(stage, visitors, count),
    ]


def absent(stage: Stage) -> list[Finding]:
    """Redis refuses, then never answers, then comes. The file broker needs no server at all."""
    visitors = visitors_of(stage)
    stage.sink()
    workers = start_workers(stage)
    visitors.start()
    found = outage(stage) if stage.redis_port else []
    time.sleep(max(3, stage.size(10)))
    visitors.stop()
    wait_for("all mails", lambda: stage.kept_count() and not world.moving_mails(), 300)
    ended = sum(not one.lives for one in workers)
    found.append(equal("workers that gave up", ended, 0))
    return [*found, *kept(stage, visitors, 0)]


def plain(stage: Stage) -> list[Finding]:
    """Emptied once, with a tenth of the tasks done."""
    count = stage.size(PLAIN)
    stage.sink()
    if stage.redis_port:
        stage.redis()
    for number in range(count):
        tasks.plain.delay(f"gast{number}@stadt.example")
    stage.worker()
    wait_for("the first mails", lambda: stage.kept_count() >= count // 10)
    empty(stage)
    return [more_than(f"mails lost, of {count:,}", count - settled(stage), 0)]


def visitors_of(stage: Stage) -> Visitors:
    event = world.event_with_seats(GUESTS // 2)
    return Visitors(stage.web(), world.guests_of(event, GUESTS))


def start_workers(stage: Stage) -> list[Process]:
    """Two workers and beat."""
    return [stage.worker(), stage.worker(), stage.beat()]


def kept(stage: Stage, visitors: Visitors, mails: int) -> list[Finding]:
    found, load = account(stage.kept()), visitors.load
    return [
        equal(f"mails lost, of {mails + visitors.answered:,}", found.lost, 0),
        equal("mails that arrived twice", found.secret + found.doubled, 0),
        more_than("answers given meanwhile", visitors.answered, 0),
        without_errors(load),
        at_most(
            f"slowest request ({load.slowest[1]})",
            load.slowest[0],
            SLOWEST,
            " s",
            judged=not stage.quick,
        ),
    ]


def disturb(stage: Stage, count: int, server: Process | None) -> int:
    """Empty the broker ten times and kill it three times on the way to ``count`` mails."""
    kills = KILLS if server else 0
    steps = EMPTYINGS + kills
    turns = set(range(3, steps, steps // KILLS)[:kills])
    for turn in range(steps):
        step = (turn + 1) * count // (steps + 2)
        wait_for(f"progress to {step}", lambda step=step: stage.kept_count() >= step)
        if server and turn in turns:
            server.kill()
            time.sleep(2)
            server = stage.redis()
        else:
            empty(stage)
    return kills


def empty(stage: Stage) -> None:
    """FLUSHALL; for the file broker, every message file goes."""
    if stage.redis_port:
        with redis.Redis(port=stage.redis_port) as client:
            client.flushall()
        return
    for path in Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).iterdir():
        path.unlink(missing_ok=True)


def outage(stage: Stage) -> list[Finding]:
    time.sleep(max(5, stage.size(10)))
    with silent_server(stage.redis_port):
        time.sleep(max(5, stage.size(10)))
    before = stage.kept_count()
    stage.redis()
    return [
        Finding("mails that waited for the broker", f"{world.moving_mails():,}"),
        equal("mails sent without a broker", before, 0),
    ]


@contextlib.contextmanager
def silent_server(port: int) -> Iterator[None]:
    """Takes connections and never says a word, like a broker behind a broken network."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen(200)
        yield


def settled(stage: Stage, quiet: float = 5) -> int:
    """The number of mails kept, once it has not changed for ``quiet`` seconds."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < quiet:
        now = stage.kept_count()
        if now != before:
            before, since = now, time.monotonic()
        time.sleep(0.1)
    return before
