"""Drill: offices hand in during the last seconds before a deadline, while rows are locked."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from exchanges.models import Application, Submission
from exchanges.submitting.parts import sha256_of
from journal.models import Entry
from mailing.models import Mail

from .findings import Finding, equal, more_than, without_errors
from .offices import Dated, Office, crowd, give_time
from .stage import SEED, Stage

OFFICES, OFFICES_QUICK = 200, 16
#: Seconds from the first request to the deadline, and how long the rows stay locked after it.
BEFORE, BEFORE_QUICK, AFTER = 4.0, 2.0, 0.8


@dataclass
class Rush:
    """What was done: offices surely in time, surely late, and how many are neither."""

    load: Dated
    offices: list[Office]
    early: list[Office]
    late: list[Office]
    unclear: int
    deadline: datetime


def in_time(stage: Stage) -> list[Finding]:
    rush = perform(stage)
    early, late = rush.early, rush.late
    versions = list(Submission.objects.all())
    return [
        equal(f"{len(early):,} offices sent in time: handed in", handed_in(early), len(early)),
        equal(f"{len(late):,} offices sent after the deadline: handed in", handed_in(late), 0),
        equal("of these, told that their draft stays", sum(o.was_refused for o in late), len(late)),
        more_than("in time, yet worked on only after the deadline", worked_on_late(rush), 0),
        equal("versions with the text saved last", frozen(rush.offices), len(versions)),
        equal("late drafts with the text saved last", drafts(late), len(late)),
        equal("versions whose hash fits", sum(map(is_genuine, versions)), len(versions)),
        equal("receipts", Mail.objects.filter(kind="exchanges.received").count(), len(versions)),
        Finding("requests sent over the deadline, which count as neither", f"{rush.unclear:,}"),
        without_errors(rush.load),
    ]


def after_the_lock(stage: Stage) -> list[Finding]:
    """The deadline is compared with the clock once the row is locked."""
    return refused_in_time(perform(stage))


def without_doorkeeper(stage: Stage) -> list[Finding]:
    """A request arrives when a thread is free for it."""
    return refused_in_time(perform(stage))


def refused_in_time(rush: Rush) -> list[Finding]:
    lost = len(rush.early) - handed_in(rush.early)
    return [
        more_than("offices that sent in time and were refused", lost, 0),
        Finding("offices that sent in time", f"{len(rush.early):,}"),
    ]


def perform(stage: Stage) -> Rush:
    """All write and sign; three of four hand in before the deadline, the others after it."""
    load = stage.web()
    dated = Dated(load.port)
    dated.sent = {}
    offices = crowd(dated, OFFICES_QUICK if stage.quick else OFFICES)
    give_time(3600)
    asyncio.run(write(offices))
    early, late = split(offices)
    deadline = give_time(BEFORE_QUICK if stage.quick else BEFORE)
    lock = Locked(deadline.timestamp() + AFTER)
    lock.start()
    lock.holds.wait(timeout=60)
    asyncio.run(press(early, late, deadline.timestamp()))
    lock.join()
    end = deadline.timestamp()
    in_time = [one for one in early if dated.sent[one.address][1] < end]
    too_late = [one for one in late if dated.sent[one.address][0] >= end]
    unclear = len(offices) - len(in_time) - len(too_late)
    return Rush(dated, offices, in_time, too_late, unclear, deadline)


def split(offices: list[Office]) -> tuple[list[Office], list[Office]]:
    chance = random.Random(SEED)
    chance.shuffle(offices)
    late = max(1, len(offices) // 4)
    return offices[late:], offices[:late]


async def write(offices: list[Office]) -> None:
    """Everybody saves a last text and signs again, then opens the page with the button."""
    await asyncio.gather(*(one.write(f"Letzter Text {n}") for n, one in enumerate(offices)))
    await asyncio.gather(*(one.prepare() for one in offices))


async def press(early: list[Office], late: list[Office], deadline: float) -> None:
    """Some press twice, as people do whose page does not answer."""
    chance = random.Random(SEED)
    presses = [one for one in early for _ in range(chance.randint(1, 2))]
    first = asyncio.gather(*(one.hand_in() for one in presses))
    await asyncio.sleep(max(0.0, deadline + 0.2 - time.time()))
    await asyncio.gather(first, *(one.hand_in() for one in late))


class Locked(threading.Thread):
    """Holds the rows of all applications (on SQLite: the one lock there is) until a moment."""

    def __init__(self, until: float) -> None:
        super().__init__(name="lock", daemon=True)
        self.until = until
        self.holds = threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                list(Application.objects.select_for_update().order_by("pk"))
                self.holds.set()
                time.sleep(max(0.0, self.until - time.time()))
        finally:
            connections.close_all()


def handed_in(offices: list[Office]) -> int:
    """How many have exactly one version."""
    pks = [one.application.pk for one in offices]
    found = Submission.objects.filter(application__in=pks).values_list("application", "number")
    rows = list(found)
    return len(rows) if len(rows) == len(set(rows)) else -1


def frozen(offices: list[Office]) -> int:
    versions = {one.application_id: one for one in Submission.objects.all()}
    return sum(
        text_in(versions[one.application.pk].content) == one.text
        for one in offices
        if one.application.pk in versions
    )


def text_in(content: dict[str, Any]) -> str:
    need = next(one for one in content["pieces"].values() if one["part"] == "need")
    return str(need["texts"].get("text", ""))


def drafts(offices: list[Office]) -> int:
    """Late ones that are drafts still, with what was saved last."""
    return sum(
        one.application.sections.get(key="need").content.get("text") == one.text
        for one in offices
        if Application.objects.get(pk=one.application.pk).state == "draft"
    )


def is_genuine(version: Submission) -> bool:
    return version.sha256 == sha256_of(version.content)


def worked_on_late(rush: Rush) -> int:
    entries = Entry.objects.filter(verb="exchanges.submitted", at__gte=rush.deadline)
    return entries.count()
