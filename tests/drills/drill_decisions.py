"""Drill: a batch of decisions is released while web server and worker are killed."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass

from django.db.models import Count

from exchanges.models import Application, Decision, Letter, Trip
from journal.models import Entry
from mailing.models import Mail

from . import world
from .desk import Desk, draft_decisions
from .drill_crashes import account
from .findings import Finding, at_most, equal, more_than
from .processes import wait_for
from .stage import SEED, Stage

CASES, CASES_QUICK, KILLS, KILLS_QUICK = 200, 24, 12, 3
#: Each application of the drill is one of two cities.
CITIES = 2
#: Seconds after which somebody presses a button again that seems to do nothing.
AGAIN = 10.0


@dataclass
class Batch:
    """What was done: how many cases, how many kills, what was seen torn right after them."""

    cases: int
    kills: int
    hits: int
    torn: int


def whole(stage: Stage) -> list[Finding]:
    batch = perform(stage)
    wait_for("the end of the mails", lambda: not world.moving_mails(), 300)
    found, letters = account(stage.kept()), CITIES * batch.cases
    mails = Mail.objects.filter(kind="exchanges.decision")
    waiting = mails.filter(state="uncertain").count()
    granted = Application.objects.filter(state="approved").count()
    return [
        equal("seen after a kill: decisions without their letters, or the reverse", batch.torn, 0),
        equal(f"decisions released, of {batch.cases:,}", released(), batch.cases),
        equal("letters, one for each city", Letter.objects.count(), letters),
        equal("decisions that stand in the journal once", journalled(), batch.cases),
        equal("trips of those approved", Trip.objects.count(), granted),
        equal("mails, one for each letter", mails.count(), letters),
        equal("mails lost without a word", found.lost, 0),
        equal("mails that arrived twice", found.secret + found.doubled, 0),
        at_most("letters' mails that wait for a person", waiting, batch.kills),
        Finding("kills in the middle of a batch", f"{batch.hits} of {batch.kills}"),
    ]


def letters_later(stage: Stage) -> list[Finding]:
    """Letters and mails are written in a second step, once the decision is stored."""
    batch = perform(stage)
    return [more_than("decisions seen without their letters after a kill", batch.torn, 0)]


def perform(stage: Stage) -> Batch:
    """Staff release all drafts; each kill ends web server and worker; staff press again."""
    cases = CASES_QUICK if stage.quick else CASES
    kills = KILLS_QUICK if stage.quick else KILLS
    desk = Desk(stage, draft_decisions(cases))
    stage.sink()
    if stage.redis_port:
        stage.redis()
    stage.beat()
    batch, chance = Batch(cases, kills, 0, 0), random.Random(SEED)
    for kill in range(kills):
        web, worker = desk.open(), stage.worker()
        presses = press_until(desk, (kill + 1) * cases // (kills + 1))
        time.sleep(chance.uniform(0, 0.05))
        batch.hits += released() < cases
        web.kill()
        worker.kill()
        for press in presses:
            press.join()
        batch.torn += torn()
    desk.open()
    stage.worker()
    for press in press_until(desk, cases):
        press.join()
    return batch


def press_until(desk: Desk, enough: int) -> list[threading.Thread]:
    """Staff press the button until so many are released: once more when nothing comes of it."""
    presses: list[threading.Thread] = []
    pressed_at = 0.0

    def is_enough() -> bool:
        nonlocal pressed_at
        if released() >= enough:
            return True
        if not presses or time.monotonic() - pressed_at > AGAIN:
            pressed_at = time.monotonic()
            presses.append(threading.Thread(target=desk.release_all, daemon=True))
            presses[-1].start()
        return False

    wait_for(f"{enough} decisions", is_enough)
    return presses


def released() -> int:
    return Decision.objects.filter(released_at__isnull=False).count()


def torn() -> int:
    """Released decisions without a letter for each city, and letters of mere drafts."""
    counted = Decision.objects.annotate(written=Count("letters"))
    incomplete = counted.filter(released_at__isnull=False).exclude(written=CITIES)
    early = counted.filter(released_at__isnull=True, written__gt=0)
    return incomplete.count() + early.count()


def journalled() -> int:
    """How many applications have exactly one entry about their decision."""
    entries = Entry.objects.filter(verb="exchanges.decided").order_by().values("about_id")
    return entries.annotate(times=Count("pk")).filter(times=1).count()
