"""Which drills there are, in which parts, and how long each may take."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BOTH = ("sqlite", "postgresql")
SQLITE, POSTGRESQL = BOTH[:1], BOTH[1:]


@dataclass(frozen=True)
class Part:
    """One run on a fresh database. ``control`` parts have a guard off, which must be noticed.

    ``seconds`` is the end of patience; ``env`` goes to all processes of the part, ``quick_env``
    besides where numbers are small: for controls always, for all parts in the quick cut, which
    runs the part on the databases in ``quick``.
    """

    key: str
    title: str
    seconds: int
    control: bool = False
    env: dict[str, str] = field(default_factory=dict)
    quick: tuple[str, ...] = BOTH
    quick_env: dict[str, str] = field(default_factory=dict)

    @property
    def drill(self) -> str:
        return self.key.partition(".")[0]

    def load(self) -> Callable[[Any], list[Any]]:
        """The function that performs the part: ``clock.each_once`` in ``drill_clock``."""
        module, _, name = self.key.partition(".")
        function = getattr(importlib.import_module(f"tests.drills.drill_{module}"), name)
        return function  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Drill:
    """What is done, in one sentence for the report."""

    letter: str
    name: str
    title: str
    what: str
    parts: tuple[Part, ...]


SHORT_LEASE = {"MAIL_LEASE_SECONDS": "6"}
#: For small drills beside each other: on a busy machine a sender may stand still for seconds.
LONGER_LEASE = {"MAIL_LEASE_SECONDS": "20"}
RESTORED = {"DRILL_REMIND": "2"}
#: In one process, without any server beside it.
ALONE = {
    "EMAIL_URL": "mailbox://",
    "CELERY_BROKER_URL": "memory://",
    "CACHE_URL": "locmemcache://",
}

DRILLS = (
    Drill(
        "a",
        "seats",
        "2,000 answers for 100 seats",
        "2,000 guests follow their link, read their page and say yes, each POST sent one to "
        "three times in random order, 500 requests at a time through gunicorn as the portal "
        "starts it (4 threads on SQLite, 2 × 4 on PostgreSQL).",
        (
            Part("seats.exact", "as it is", 600),
            Part(
                "seats.without_lock",
                "without the lock",
                360,
                control=True,
                env={"DRILL_WITHOUT": "seat_lock"},
                quick=SQLITE,
            ),
            Part(
                "seats.without_lock_and_constraints",
                "without lock and constraints",
                360,
                control=True,
                env={"DRILL_WITHOUT": "seat_lock"},
                quick=POSTGRESQL,
            ),
        ),
    ),
    Drill(
        "b",
        "crashes",
        "5,000 mails, workers killed 20 times",
        "5,000 invitations, two Celery workers and beat; 20 times a worker that is sending gets "
        "kill -9 and is started again. Lease 6 s, sweep every 2 s instead of 60 and 30.",
        (
            Part(
                "crashes.outbox",
                "as it is",
                600,
                env=SHORT_LEASE,
                quick=POSTGRESQL,
                quick_env=LONGER_LEASE,
            ),
            Part(
                "crashes.naive",
                "sender that marks after a batch of 100",
                480,
                control=True,
                quick=SQLITE,
            ),
        ),
    ),
    Drill(
        "c",
        "broker",
        "The broker is emptied, killed, silent, absent",
        "5,000 invitations on their way while guests answer and pages are read; the broker is "
        "emptied ten times and (Redis) killed three times, then a portal starts without one.",
        (
            Part(
                "broker.vanishing",
                "emptied and killed",
                600,
                env=SHORT_LEASE,
                quick=POSTGRESQL,
                quick_env=LONGER_LEASE,
            ),
            Part(
                "broker.absent",
                "absent from the start",
                600,
                env=SHORT_LEASE,
                quick=POSTGRESQL,
                quick_env=LONGER_LEASE,
            ),
            Part(
                "broker.plain", "one Celery task for each mail", 360, control=True, quick=POSTGRESQL
            ),
        ),
    ),
    Drill(
        "d",
        "smtp",
        "A hostile mail server",
        "A server that refuses connections for two minutes, then answers every command after "
        "30 s for one minute, then says 4xx to 20 % and 5xx to 2 % of 1,000 mails, 421 after 20 "
        "mails of a connection, breaks off before, during and after DATA; 11 poisoned mails.",
        (
            Part(
                "smtp.hostile",
                "as it is",
                900,
                env={"MAIL_LEASE_SECONDS": "20"},
                quick_env={"MAIL_LEASE_SECONDS": "15", "DRILL_MAIL_PATIENCE": "10"},
                quick=POSTGRESQL,
            ),
            Part("smtp.naive", "sender that tries each mail once", 360, control=True),
        ),
    ),
    Drill(
        "e",
        "clock",
        "Both changes of the clock in 2027",
        "Three threads call remind(at=…) over the changes in Europe (28 March, 31 October) and in "
        "the USA (14 March, 7 November), every minute of three hours around each due time; times "
        "are compared with a table written by hand.",
        (
            Part("clock.each_once", "as it is", 600),
            Part("clock.naive", "naive arithmetic in UTC", 360, control=True, quick=SQLITE),
            Part(
                "clock.without_lock",
                "without the lock (the unique key stands)",
                360,
                control=True,
                env={"DRILL_WITHOUT": "reminder_lock"},
                quick=SQLITE,
            ),
            Part(
                "clock.without_lock_and_key",
                "without lock and unique key",
                360,
                control=True,
                env={"DRILL_WITHOUT": "reminder_lock,reminder_key"},
                quick=POSTGRESQL,
            ),
        ),
    ),
    Drill(
        "f",
        "scanners",
        "Mail scanners open every link",
        "1,000 requests for each type of link that stands in a mail or on a personal page: GET, "
        "HEAD and OPTIONS in turn, with and without the guest's cookie; then a robot that "
        "presses every button as it finds it.",
        (
            Part("scanners.silent", "as it is", 600, env={"EMAIL_URL": "mailbox://"}, quick=SQLITE),
            Part(
                "scanners.acting_link",
                "a link that answers when opened",
                240,
                control=True,
                env={"DRILL_WITHOUT": "quiet_links"},
                quick=SQLITE,
            ),
        ),
    ),
    Drill(
        "g",
        "hostile",
        "Hostile senders",
        "Requests drawn by chance for each member of the cast, 3,000 on PostgreSQL and 500 on "
        "SQLite, over all addresses and all forms as they stand on the pages, own and foreign, "
        "administration included: filled as meant, then spoilt (Unicode, NUL, 800 kB in a field, "
        "numbers beyond every column, wrong types, lists, files, foreign ids, broken bodies and "
        "cookies), with foreign `Host`, forged `X-Forwarded-*` and other methods. In process, by "
        "Django's test client without CSRF checks; rows are compared and put back each time.",
        (
            Part(
                "hostile.public",
                "stranger and guest",
                1500,
                env=ALONE,
                quick=POSTGRESQL,
            ),
            Part(
                "hostile.cities",
                "people of cities",
                1500,
                env=ALONE,
                quick=POSTGRESQL,
            ),
            Part("hostile.team", "the team", 1500, env=ALONE, quick=POSTGRESQL),
            Part(
                "hostile.guards_off",
                "guards switched off",
                600,
                control=True,
                env=ALONE,
                quick=SQLITE,
            ),
        ),
    ),
    Drill(
        "h",
        "restore",
        "A backup under load, restored elsewhere",
        "1,500 invitations leave and guests answer while `manage.py backup` runs; then links are "
        "revoked, people erased, reminders sent, and the machine is lost with half of the mails "
        "out. `manage.py restore` makes a second portal of it, which runs for 20 s before staff "
        "press “Send all”.",
        (
            Part("restore.held", "as it is", 720, env=RESTORED, quick=POSTGRESQL),
            Part(
                "restore.without_closing",
                "without closing the outbox",
                360,
                control=True,
                env={**RESTORED, "DRILL_WITHOUT": "closed_outbox"},
                quick=SQLITE,
            ),
            Part(
                "restore.without_ledger",
                "without the ledger",
                360,
                control=True,
                env=RESTORED,
                quick=SQLITE,
            ),
        ),
    ),
    Drill(
        "i",
        "deadline",
        "200 offices hand in before a deadline",
        "200 offices write a last text, sign and hand in: three of four in the last seconds before "
        "the deadline, some twice, the others after it. The rows of all applications are locked "
        "from before until after the deadline, so that nobody's request is worked on in time.",
        (
            Part("deadline.in_time", "as it is", 600),
            Part(
                "deadline.after_the_lock",
                "the clock is read when the row is locked",
                360,
                control=True,
                env={"DRILL_WITHOUT": "arrival"},
                quick=SQLITE,
            ),
            Part(
                "deadline.without_doorkeeper",
                "a request arrives when a thread is free",
                360,
                control=True,
                env={"DRILL_WITHOUT": "doorkeeper"},
                quick=POSTGRESQL,
            ),
        ),
    ),
    Drill(
        "j",
        "decisions",
        "A batch of decisions, web server and worker killed",
        "Staff release 200 drafted decisions with one press of a button; 12 times web server and "
        "worker get kill -9 in the middle of it, are started again, and staff press again. Each "
        "city's letter and mail must exist exactly when its decision does.",
        (
            Part("decisions.whole", "as it is", 600, env=SHORT_LEASE, quick=POSTGRESQL),
            Part(
                "decisions.letters_later",
                "letters are written in a second step",
                360,
                control=True,
                env={"DRILL_WITHOUT": "whole_release"},
                quick=SQLITE,
            ),
        ),
    ),
)


def part_of(key: str) -> Part:
    return next(part for drill in DRILLS for part in drill.parts if part.key == key)


def drill_of(name: str) -> Drill:
    """By letter or by name; raises ``StopIteration`` for neither."""
    return next(drill for drill in DRILLS if name in (drill.letter, drill.name))
