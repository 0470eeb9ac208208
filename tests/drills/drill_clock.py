"""Drill e: reminders over the changes of the clock, with three schedulers at once."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connection

from events import reminding_plan
from events.models import Event, Invitation, Reminder, ReminderRule
from events.operations import remind, reminding
from mailing.models import Mail
from tests.factories import make_event, make_invitation_mail

from . import guards, world
from .findings import Finding, at_most, equal, more_than
from .stage import Stage

SCHEDULERS = 3
GUESTS = 5
MINUTE = dt.timedelta(minutes=1)
LONG_BEFORE = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Case:
    """A rule of an event, and when it is due: written by hand, as people read a clock.

    ``due`` says the same moment with the offset in force then, so that nothing of the
    portal's own arithmetic decides what is right.
    """

    start: str
    zone: str
    days_before: int
    at_time: str
    due: str

    @property
    def due_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.due)


BERLIN, LONDON, NEW_YORK = "Europe/Berlin", "Europe/London", "America/New_York"
#: Each change of the clock: first and last minute (UTC) of the walk, and what falls due in it.
CHANGES = {
    "USA, 14 March": (
        ("2027-03-13T13:30", "2027-03-14T09:00"),
        (
            Case("2027-03-16T10:00", NEW_YORK, 3, "09:00", "2027-03-13T09:00-05:00"),
            Case("2027-03-16T10:00", NEW_YORK, 2, "02:30", "2027-03-14T03:30-04:00"),
        ),
    ),
    "Europe, 28 March": (
        ("2027-03-27T07:30", "2027-03-28T13:30"),
        (
            Case("2027-04-01T14:00", BERLIN, 5, "09:00", "2027-03-27T09:00+01:00"),
            Case("2027-04-01T14:00", BERLIN, 4, "09:00", "2027-03-28T09:00+02:00"),
            Case("2027-03-29T14:00", BERLIN, 1, "02:30", "2027-03-28T03:30+02:00"),
            Case("2027-03-29T15:00", LONDON, 1, "01:30", "2027-03-28T02:30+01:00"),
            Case("2027-03-30T10:00", NEW_YORK, 2, "09:00", "2027-03-28T09:00-04:00"),
        ),
    ),
    "Europe, 31 October": (
        ("2027-10-30T06:30", "2027-10-31T13:30"),
        (
            Case("2027-11-03T14:00", BERLIN, 4, "09:00", "2027-10-30T09:00+02:00"),
            Case("2027-11-03T14:00", BERLIN, 3, "09:00", "2027-10-31T09:00+01:00"),
            Case("2027-11-01T14:00", BERLIN, 1, "02:30", "2027-10-31T02:30+02:00"),
            Case("2027-11-01T15:00", LONDON, 1, "01:30", "2027-10-31T01:30+01:00"),
            Case("2027-11-02T10:00", NEW_YORK, 2, "09:00", "2027-10-31T09:00-04:00"),
        ),
    ),
    "USA, 7 November": (
        ("2027-11-06T12:30", "2027-11-07T07:00"),
        (
            Case("2027-11-09T10:00", NEW_YORK, 3, "09:00", "2027-11-06T09:00-04:00"),
            Case("2027-11-09T10:00", NEW_YORK, 2, "01:30", "2027-11-07T01:30-04:00"),
        ),
    ),
}
ALL_CASES = [case for _walk, cases in CHANGES.values() for case in cases]


def each_once(stage: Stage) -> list[Finding]:
    rules, ticks = walk_all(near_the_due_times if stage.quick else for_hours)
    wanted = len(rules) * GUESTS
    written = Counter(Reminder.objects.values_list("rule_id", "invitation_id"))
    mails = Counter(Mail.objects.filter(kind="events.reminder").values_list("key", flat=True))
    return [
        equal(f"{ticks:,} ticks of {SCHEDULERS} schedulers: reminders", len(written), wanted),
        equal("reminders written twice", sum(n - 1 for n in written.values()), 0),
        equal("reminder mails", sum(mails.values()), wanted),
        at_most("furthest from the due time", furthest(rules), 60, " s"),
        equal("reminders missed", Reminder.objects.filter(state="missed").count(), 0),
    ]


def naive(stage: Stage) -> list[Finding]:
    """The start in UTC minus days, at the wall time the zone has today at the start."""

    def due_at(rule: ReminderRule) -> dt.datetime:
        offset = rule.event.starts_at.astimezone(rule.event.zone).utcoffset() or dt.timedelta()
        start = rule.event.starts_at + offset
        day = start.date() - dt.timedelta(days=rule.days_before)
        return dt.datetime.combine(day, rule.at_time, tzinfo=dt.UTC) - offset

    reminding_plan.due_at = reminding.due_at = due_at  # type: ignore[assignment]
    rules, _ticks = walk_all(near_the_due_times)
    return [more_than("furthest from the due time", furthest(rules), 60, " s")]


def without_lock(stage: Stage) -> list[Finding]:
    """The unique key refuses what the lock would have put in line: an error, no double."""
    refused = Refusals()
    logging.getLogger("events.operations.reminding").addHandler(refused)
    rules, _ticks = walk_all(at_the_due_times)
    written = Reminder.objects.count()
    return [
        more_than("ticks that the unique key had to refuse", refused.count, 0),
        Finding("reminders written", f"{written} of {len(rules) * GUESTS}"),
    ]


def without_lock_and_key(stage: Stage) -> list[Finding]:
    guards.drop_constraint(Reminder, "reminder_once")
    rules, _ticks = walk_all(at_the_due_times)
    mails = Mail.objects.filter(kind="events.reminder").count()
    return [more_than(f"mails for {len(rules) * GUESTS} reminders", mails, len(rules) * GUESTS)]


class Refusals(logging.Handler):
    """Counts what the portal logs about rules that failed."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


Walk = Callable[[tuple[str, str], tuple[Case, ...]], Iterator[dt.datetime]]


def every_minute(walk: tuple[str, str], cases: tuple[Case, ...]) -> Iterator[dt.datetime]:
    at, end = (dt.datetime.fromisoformat(one).replace(tzinfo=dt.UTC) for one in walk)
    while at <= end:
        yield at
        at += MINUTE


def for_hours(walk: tuple[str, str], cases: tuple[Case, ...]) -> Iterator[dt.datetime]:
    """Every minute from an hour and a half before each due time to as long after it."""
    moments = [case.due_at for case in cases]
    yield from around(moments, walk, cases, 90 * MINUTE)


def near_the_due_times(walk: tuple[str, str], cases: tuple[Case, ...]) -> Iterator[dt.datetime]:
    """A minute around each due time, and around an hour before and after it."""
    hour = 60 * MINUTE
    moments = [case.due_at + apart for case in cases for apart in (-hour, 0 * hour, hour)]
    yield from around(moments, walk, cases)


def at_the_due_times(walk: tuple[str, str], cases: tuple[Case, ...]) -> Iterator[dt.datetime]:
    """A minute around each due time: enough for a race."""
    yield from around([case.due_at for case in cases], walk, cases)


def around(
    moments: list[dt.datetime],
    walk: tuple[str, str],
    cases: tuple[Case, ...],
    apart: dt.timedelta = MINUTE,
) -> Iterator[dt.datetime]:
    for at in every_minute(walk, cases):
        if any(abs(at - moment) <= apart for moment in moments):
            yield at


def walk_all(steps: Walk) -> tuple[dict[int, Case], int]:
    """Walk over every change; returns rule → case and how many ticks each scheduler made."""
    rules: dict[int, Case] = {}
    ticks = 0
    for walk, cases in CHANGES.values():
        rules |= rules_of(cases)
        minutes = list(steps(walk, cases))
        ticks += len(minutes)
        tick_together(minutes)
        Event.objects.update(state=Event.State.CANCELLED)
    return rules, ticks


def rules_of(cases: tuple[Case, ...]) -> dict[int, Case]:
    """A published event with silent guests for each start, and its rules."""
    events: dict[tuple[str, str], Event] = {}
    rules = {}
    for case in cases:
        event = events.get((case.start, case.zone)) or event_of(case)
        events[case.start, case.zone] = event
        rule = ReminderRule.objects.create(
            event=event,
            to=ReminderRule.To.SILENT,
            anchor=ReminderRule.Anchor.START,
            days_before=case.days_before,
            at_time=dt.time.fromisoformat(case.at_time),
            created_at=LONG_BEFORE,
        )
        rules[rule.pk] = case
    return rules


def event_of(case: Case) -> Event:
    start = dt.datetime.fromisoformat(case.start).replace(tzinfo=ZoneInfo(case.zone))
    event = make_event(
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        time_zone=case.zone,
        answer_by=None,
        reminder_limit=5,
    )
    for guest in world.guests_of(event, GUESTS):
        Invitation.objects.filter(pk=guest.pk).update(created_at=LONG_BEFORE)
        make_invitation_mail(guest)
    return event


def tick_together(minutes: list[dt.datetime]) -> None:
    """Every scheduler ticks at every minute, all at once."""
    gate = threading.Barrier(SCHEDULERS)
    failed: list[BaseException] = []

    def schedule() -> None:
        try:
            for at in minutes:
                gate.wait(timeout=60)
                remind(at=at)
        except BaseException as error:
            failed.append(error)
            gate.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=schedule) for _ in range(SCHEDULERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def furthest(rules: dict[int, Case]) -> float:
    """Seconds between a reminder and the moment it was due, at worst; a day for none at all."""
    written = Reminder.objects.filter(state="sent").values_list("rule_id", "at")
    apart = [abs((at - rules[rule].due_at).total_seconds()) for rule, at in written]
    return max(apart, default=86_400.0)
