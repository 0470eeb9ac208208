"""Drill d: a mail server that refuses, stalls, breaks off; mails that nobody can send."""

from __future__ import annotations

import itertools
import sys
import time

from django.db.models import Max

from mailing.claims import MAX_CRASHES
from mailing.models import Mail

from . import poison, world
from .drill_crashes import account
from .findings import Finding, at_most, equal, more_than, without_errors
from .killer import replace_ended
from .processes import Process, wait_for
from .stage import Stage
from .visitors import watched

State = Mail.State
#: First word of the address → how many of 1,000 (see ``sink``); the others meet no fault.
SHARES = {"later": 100, "datalater": 100, "gone": 10, "spam": 10, "breaks": 5, "lost": 5, "kept": 5}
FOR_NOW, FOR_EVER, NO_ANSWER = ("later", "datalater"), ("gone", "spam"), ("lost", "kept")
VICTIMS = [f"victim-{number}@stadt.example" for number in range(11)]
MAILS, REFUSED, TARPIT = 1_000, 120, 60
#: The sink's answers in the tarpit take longer than the portal's patience (20 s; quick 10 s).
TARPIT_ANSWER = 30


def hostile(stage: Stage) -> list[Finding]:
    addresses = crowd(stage.size(MAILS))
    world.invite_many(world.event_with_seats(100), [*addresses, *VICTIMS])
    poison.spoil(list(Mail.objects.filter(to__in=VICTIMS)))
    load = stage.web()
    sink = stage.sink("closed", "hang up 20")
    if stage.redis_port:
        stage.redis()
    workers = [stage.worker() for _ in range(2)]
    stage.beat()
    with watched(load):
        refused = refuse(stage)
        sink.tell(f"slow {TARPIT_ANSWER}")
        sink.tell("open")
        time.sleep(max(15, stage.size(TARPIT)))
        sink.tell("slow 0")
        finish(stage, workers)
    return [
        *refused,
        at_most(
            "longest time without a turn for other tasks",
            gap(stage),
            30,
            " s",
            judged=not stage.quick,
        ),
        without_errors(load),
        *arrivals(stage, addresses),
        *refusals(addresses),
    ]


def naive(stage: Stage) -> list[Finding]:
    """Tries each mail once, while the server answers at once; poison left out."""
    addresses = crowd(stage.size(MAILS))
    world.invite_many(world.event_with_seats(100), addresses)
    stage.sink("hang up 20")
    sender = stage.start("naive", [sys.executable, "-m", "tests.drills.naive", "100"])
    wait_for("the sender's end", lambda: not sender.lives)
    missing = len(deliverable(addresses) - stage.kept_to())
    return [more_than("deliverable mails that never arrived", missing, 0)]


def crowd(count: int) -> list[str]:
    """Addresses, one in each fault's share; the rest meets no fault."""
    faulty = [
        f"{word}-{number}@stadt.example"
        for word, share in SHARES.items()
        for number in range(max(1, share * count // MAILS))
    ]
    return faulty + [f"gast-{number}@stadt.example" for number in range(count - len(faulty))]


def of(addresses: list[str], *words: str) -> list[str]:
    """The addresses that meet one of these faults."""
    return [address for address in addresses if address.partition("-")[0] in words]


def deliverable(addresses: list[str]) -> set[str]:
    return set(addresses) - set(of(addresses, *FOR_EVER))


def refuse(stage: Stage) -> list[Finding]:
    """The server's port is closed; nothing may be used up by that."""
    time.sleep(max(6, stage.size(REFUSED)))
    tried = Mail.objects.filter(attempts__gt=0).count()
    given_up = Mail.objects.filter(state=State.FAILED, to__startswith="gast-").count()
    return [
        equal("while the server refused: mails that used up a try", tried, 0),
        equal("while the server refused: mails given up", given_up, 0),
    ]


def finish(stage: Stage, workers: list[Process]) -> None:
    """Until nothing moves; workers that a mail killed come back, as under a supervisor."""

    def done() -> bool:
        replace_ended(stage.worker, workers)
        time.sleep(0.2)
        return not world.moving_mails()

    wait_for("the end of all mails", done, 600)


def arrivals(stage: Stage, addresses: list[str]) -> list[Finding]:
    good = deliverable(addresses)
    found = account(stage.kept())
    uncertain = len(of(addresses, *NO_ANSWER))
    return [
        equal(
            f"of {len(good):,} deliverable mails arrived", len(good & stage.kept_to()), len(good)
        ),
        equal("arrived twice without a flag", found.secret, 0),
        equal("flagged: no answer came after DATA", found.flagged, uncertain),
    ]


def refusals(addresses: list[str]) -> list[Finding]:
    for_now, for_ever = of(addresses, *FOR_NOW), of(addresses, *FOR_EVER)
    sent = Mail.objects.filter(to__in=for_now, state=State.SENT)
    failed = Mail.objects.filter(state=State.FAILED).exclude(server_answer="", reason="")
    poisoned = failed.exclude(to__in=addresses)
    crashes = Mail.objects.aggregate(worst=Max("crashes"))["worst"]
    return [
        # The tarpit may swallow a first answer; the mail is then offered once more at once.
        equal(
            "4xx: sent at the second try at the latest",
            sent.filter(attempts__lte=1).count(),
            len(for_now),
        ),
        more_than(
            "4xx: waited, since the server said so",
            sent.filter(attempts=1).count(),
            len(for_now) * 9 // 10,
        ),
        equal(
            "5xx: failed after one try, with the server's words",
            failed.filter(to__in=for_ever, attempts=0).count(),
            len(for_ever),
        ),
        equal("poisoned mails put aside with a reason", poisoned.count(), len(VICTIMS)),
        at_most("workers that one mail could kill", crashes, MAX_CRASHES),
    ]


def gap(stage: Stage) -> float:
    """The longest time between two ticks, in seconds."""
    ticks = [float(line) for line in (stage.folder / "ticks").read_text().split()]
    return max(later - sooner for sooner, later in itertools.pairwise(ticks))
