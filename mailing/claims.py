"""Who may send which mail: leases, the fence before the server, and recovery after a crash.

Every step is a conditional UPDATE whose row count decides. That a claim skips locked rows only
saves two PostgreSQL workers from waiting for each other; SQLite has one writer at a time.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import F

from journal.prepared import Prepared, keeping_cursor

from .models import UNCLAIMED, Mail
from .registry import kinds

State = Mail.State
MAX_CRASHES = 3
REST = dt.timedelta(seconds=30)
EVERY = models.Q()
UNREACHABLE = "unreachable"
#: Mails due within this time go at once: clocks of machines differ, and SQLite's is coarse.
SLACK = dt.timedelta(seconds=2)
_TIME = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')",
}
_CLAIM = """WITH due (pk) AS MATERIALIZED (%s%s)
    UPDATE mailing_mail SET state = 'claimed', lease_owner = %%s, lease_until = %%s,
    handed_over_at = NULL WHERE id IN (SELECT pk FROM due) AND state = 'queued'"""
#: The two statements that each mail costs.
_FENCE = """UPDATE mailing_mail SET handed_over_at = %s, lease_until = %s
    WHERE id = %s AND state = 'claimed' AND lease_owner = %s AND lease_until > %s"""
_SENT = """UPDATE mailing_mail SET state = 'sent', reason = '', server_answer = %s, sent_at = %s,
    lease_owner = '', lease_until = NULL
    WHERE id = %s AND state = 'claimed' AND lease_owner = %s"""
_SKIPPING = {"postgresql": " FOR UPDATE SKIP LOCKED", "sqlite": ""}
_UNHURRIED = {
    "postgresql": " AND set_config('synchronous_commit', 'off', true) = 'off'",
    "sqlite": "",
}


class Clock:
    """The database's time, so that leases do not depend on a worker's own clock.

    Asked once and carried on by the monotonic clock; ``at`` sets another start.
    """

    def __init__(self, at: dt.datetime | None = None) -> None:
        self._start = at or _database_time()
        self._began = time.monotonic()

    def now(self) -> dt.datetime:
        return self._start + dt.timedelta(seconds=time.monotonic() - self._began)


def _database_time() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute(_TIME[connection.vendor])
        return dt.datetime.fromisoformat(str(cursor.fetchone()[0]))


def lease() -> dt.timedelta:
    return dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def handing_over() -> dt.timedelta:
    """The longest time one hand-over may take: it always ends before its lease."""
    return lease() * 2 / 3


def _unreachable(at: dt.datetime) -> models.QuerySet[Mail]:
    """The rows that remember that the server was unreachable a moment ago."""
    waiting = Mail.objects.filter(state=State.QUEUED, reason=UNREACHABLE)
    return waiting.filter(next_attempt_at__gt=at)


def waiting(at: dt.datetime) -> bool:
    """Whether there is something to do and no worker was turned away a moment ago.

    Asks without taking SQLite's write lock.
    """
    return bool(_any_waiting(at + SLACK, at))


_any_waiting = Prepared(
    lambda soon, at: (
        Mail.objects.due(soon)
        .exclude(models.Exists(_unreachable(at)))
        .order_by()
        .values_list("pk", flat=True)[:1]
    ),
    dt.datetime,
    dt.datetime,
)


def rest(at: dt.datetime, answer: str) -> dict[str, Any]:
    """The values of a queued mail that makes every worker leave the server alone."""
    return {"reason": UNREACHABLE, "server_answer": answer, "next_attempt_at": at + REST}


def put_off(at: dt.datetime, answer: str) -> None:
    """Remember at the first mails in the queue that the server cannot be reached."""
    first = list(Mail.objects.due(at + SLACK).values_list("pk", flat=True)[: settings.MAIL_BATCH])
    Mail.objects.filter(pk__in=first, state=State.QUEUED).update(**rest(at, answer))


class Batch(list[Mail]):
    """Claimed mails in their order; ``is_all``: no other was due."""

    is_all = False


def take(owner: str, clock: Clock) -> Batch:
    """Claim the next batch of due mails for ``owner``; empty when there is none.

    A mail that was claimed during a crash is taken alone, so that it cannot drag others down.
    """
    claimed = _claim(owner, clock.now())
    claimed.sort(key=lambda mail: (mail.priority, mail.next_attempt_at, mail.pk))
    batch = Batch(_alone_or_together(claimed))
    batch.is_all = len(batch) == len(claimed) < settings.MAIL_BATCH
    if rest := claimed[len(batch) :]:
        hand_back(owner, models.Q(pk__in=[mail.pk for mail in rest]))
    return batch


def _claim(owner: str, now: dt.datetime) -> list[Mail]:
    """The first mails that are due and that nobody else is about to claim, in one statement.

    PostgreSQL does not wait for its disk: the fence of the first mail does, behind this.
    """
    due, values = _first_due(settings.MAIL_BATCH).written(now + SLACK)
    until = connection.ops.adapt_datetimefield_value(now + lease())
    claim = _CLAIM % (due, _SKIPPING[connection.vendor]) + _UNHURRIED[connection.vendor]
    return list(Mail.objects.raw(f"{claim} RETURNING *", [*values, owner, until]))


@cache
def _first_due(number: int) -> Prepared:
    """Primary keys of the first mails that are due."""
    return Prepared(
        lambda soon: Mail.objects.due(soon).values_list("pk", flat=True)[:number], dt.datetime
    )


def _alone_or_together(mails: list[Mail]) -> list[Mail]:
    together = list(itertools.takewhile(lambda mail: not mail.crashes, mails))
    return together or mails[:1]


def fence(mail: Mail, owner: str, clock: Clock) -> bool:
    """Note that the mail goes to the server now; ``False``: it is not ours any more."""
    now = clock.now()
    return _update_one(_FENCE, now, now + lease(), mail.pk, owner, now)


def settle(mail: Mail, owner: str, **outcome: Any) -> bool:
    """Write the outcome of a claimed mail and end the lease; ``False``: somebody else did."""
    mine = Mail.objects.filter(pk=mail.pk, state=State.CLAIMED, lease_owner=owner)
    return bool(mine.update(**outcome, **UNCLAIMED))


def settle_sent(mail: Mail, owner: str, *, answer: str, at: dt.datetime) -> bool:
    """``settle`` for what the server accepted; does not wait for PostgreSQL's disk.

    If the machine dies in that moment, the mail is uncertain, as after any crash behind the
    fence; the fence itself always waits.
    """
    return _update_one(_SENT + _UNHURRIED[connection.vendor], answer, at, mail.pk, owner)


def _update_one(statement: str, *values: Any) -> bool:
    """Run a hot statement; written by hand, because the ORM takes longer than the database."""
    adapt = connection.ops.adapt_datetimefield_value
    fitted = [adapt(value) if isinstance(value, dt.datetime) else value for value in values]
    with keeping_cursor(connection) as cursor:
        cursor.execute(statement, fitted)
        return bool(cursor.rowcount)


def hand_back(owner: str, which: models.Q = EVERY, **changes: Any) -> int:
    """Return what ``owner`` has claimed and not handed over; returns how many."""
    mine = Mail.objects.filter(state=State.CLAIMED, lease_owner=owner, handed_over_at=None)
    return mine.filter(which).update(state=State.QUEUED, **changes, **UNCLAIMED)


def recover(*, at: dt.datetime | None = None) -> None:
    """Heal what crashed workers left behind: expired leases go back or become uncertain."""
    now = Clock(at).now()
    expired = Mail.objects.filter(state=State.CLAIMED, lease_until__lte=now)
    if expired.exists():
        unsent = expired.filter(handed_over_at=None)
        crashed: dict[str, Any] = {"crashes": F("crashes") + 1, **UNCLAIMED}
        unsent.filter(crashes__gte=MAX_CRASHES - 1).update(
            state=State.FAILED, reason="crash_loop", **crashed
        )
        unsent.update(state=State.QUEUED, next_attempt_at=now, **crashed)
        expired.update(state=State.UNCERTAIN, reason="no_answer", **UNCLAIMED)
    resend_uncertain(now)
    erase_finished(now)


def resend_uncertain(now: dt.datetime) -> int:
    """Queue uncertain mails once more, flagged; kinds that wait are left to a person."""
    once = [kind.key for kind in kinds() if kind.when_uncertain == "resend"]
    uncertain = Mail.objects.filter(state=State.UNCERTAIN, may_be_duplicate=False)
    return uncertain.filter(kind__in=once).update(
        state=State.QUEUED, may_be_duplicate=True, next_attempt_at=now, handed_over_at=None
    )


def erase_finished(now: dt.datetime) -> int:
    """Drop the text of sign-in codes and the like once they are no longer on their way."""
    erasing = [kind.key for kind in kinds() if kind.erase_when_sent]
    done = Mail.objects.filter(kind__in=erasing, erased_at=None).exclude(
        state__in=[State.QUEUED, State.HELD, State.CLAIMED]
    )
    return done.update(text="", html="", erased_at=now)
