"""Drill b: senders that are killed in the middle of a campaign."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass

from mailing.models import Mail

from . import world
from .findings import Finding, at_most, equal, more_than
from .killer import kill_by_progress
from .processes import Process, wait_for
from .stage import SEED, Stage

MAILS, KILLS, SENDERS = 5_000, 20, 2


def outbox(stage: Stage) -> list[Finding]:
    count, kills = stage.size(MAILS), max(3, stage.size(KILLS))
    campaign(count)
    stage.sink()
    if stage.redis_port:
        stage.redis()
    workers = [stage.worker() for _ in range(SENDERS)]
    stage.beat()
    hits = kill_by_progress(
        stage.worker,
        workers,
        stage.kept_count,
        world.senders_at_work,
        kills=kills,
        total=count,
        seed=SEED,
    )
    wait_for("the end of the campaign", lambda: not world.moving_mails(), 300)
    found = account(stage.kept())
    return [
        equal(f"mails lost, of {count:,}", found.lost, 0),
        equal("mails that arrived twice without a flag", found.secret, 0),
        equal("mails said to be sent that the server never kept", found.invented, 0),
        at_most(f"mails flagged as uncertain, {kills} kills", found.flagged, kills),
        Finding("of these, arrived twice", f"{found.doubled}"),
        Finding("kills that hit a worker while it was sending", f"{hits} of {kills}"),
    ]


def naive(stage: Stage) -> list[Finding]:
    count, kills = stage.size(MAILS), max(3, stage.size(KILLS))
    campaign(count)
    stage.sink("slow 0.002")  # or the sender has finished before anybody kills it

    def start() -> Process:
        return stage.start("naive", [sys.executable, "-m", "tests.drills.naive", "100"])

    senders = [start()]
    # It repeats what it lost, so the way is longer than the number of mails.
    kill_by_progress(
        start, senders, stage.kept_count, lambda: [], kills=kills, total=count, seed=SEED
    )
    wait_for("the end of the campaign", lambda: not world.moving_mails(), 300)
    doubled = sum(times > 1 for times in stage.kept().values())
    return [more_than("mails that arrived twice without a flag", doubled, 50 * kills // KILLS)]


def campaign(count: int) -> None:
    event = world.event_with_seats(100)
    world.invite_many(event, [f"gast{number}@stadt.example" for number in range(count)])


@dataclass(frozen=True)
class Account:
    """What the outbox says against what the mail server kept; numbers of mails."""

    lost: int
    secret: int
    invented: int
    flagged: int
    doubled: int


def account(kept: Counter[str]) -> Account:
    """Compare every mail's row with the server's log."""
    rows = list(Mail.objects.values_list("message_id", "state", "may_be_duplicate"))
    return reckon(rows, kept)


def reckon(rows: list[tuple[str, str, bool]], kept: Counter[str]) -> Account:
    """``rows`` are (Message-ID, state, flagged).

    Lost: never kept, although nothing tells staff so. Flagged mails and uncertain ones do.
    """
    flagged = {name for name, state, flag in rows if flag or state == "uncertain"}
    silent = [name for name, _state, _flag in rows if name not in flagged]
    sent = {name for name, state, _flag in rows if state == "sent"}
    return Account(
        lost=sum(not kept[name] for name in silent),
        secret=sum(kept[name] > 1 for name in silent),
        invented=sum(not kept[name] for name in sent),
        flagged=len(flagged),
        doubled=sum(kept[name] > 1 for name in flagged),
    )
