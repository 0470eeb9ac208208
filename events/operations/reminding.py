"""Reminders: everything due and not yet written, at any tick, exactly once."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from journal.operations import record
from mailing.operations import enqueue_all

from .. import mails
from ..models import Event, Reminder, ReminderRule
from ..reminding_plan import due_at, sort_out, useful_until

logger = logging.getLogger(__name__)


def remind(*, at: dt.datetime) -> int:
    """Write every reminder that is due at that moment; returns how many mails were written.

    Within a rule's window the silent or the coming are reminded; after it, whoever was not
    is recorded as missed and never mailed. One broken rule does not stop the others.
    """
    rules = ReminderRule.objects.filter(
        is_active=True, event__state=Event.State.PUBLISHED, event__ends_at__gte=at
    )
    return sum(_try(rule, at) for rule in rules.select_related("event"))


def _try(rule: ReminderRule, at: dt.datetime) -> int:
    try:
        return _apply(pk=rule.pk, at=at) if _has_work(rule, at) else 0
    except Exception:
        logger.exception("reminder rule %s failed", rule.pk)
        return 0


def _has_work(rule: ReminderRule, at: dt.datetime) -> bool:
    """Asked without a lock, at every tick: SQLite has one for all writers."""
    if at < due_at(rule) or rule.settled_version >= rule.event.anchor_version:
        return False
    return at > useful_until(rule) or bool(sort_out(rule)[0])


@transaction.atomic
def _apply(*, pk: int, at: dt.datetime) -> int:
    """One rule at one tick; the lock on the rule keeps two ticks from meeting."""
    rules = ReminderRule.objects.select_for_update(of=("self",)).select_related("event")
    rule = rules.get(pk=pk)
    if at < due_at(rule) or rule.settled_version >= rule.event.anchor_version:
        return 0
    if at > useful_until(rule):
        _settle_missed(rule, at)
        return 0
    chosen, _left_out = sort_out(rule)
    _write(rule, chosen, Reminder.State.SENT, at)
    enqueue_all([mails.reminder(guest, rule) for guest in chosen])
    if chosen:
        record("events.reminded", rule.event, count=len(chosen))
    return len(chosen)


def _settle_missed(rule: ReminderRule, at: dt.datetime) -> None:
    """The window is over: note whom nobody reminded, unless the rule is younger than it."""
    if rule.created_at <= useful_until(rule):
        missed, _left_out = sort_out(rule)
        _write(rule, missed, Reminder.State.MISSED, at)
        if missed:
            record("events.reminders_missed", rule.event, count=len(missed))
    rule.settled_version = rule.event.anchor_version
    rule.save(update_fields=["settled_version"])


def _write(rule: ReminderRule, guests: list, state: str, at: dt.datetime) -> None:
    Reminder.objects.bulk_create(
        Reminder(
            rule=rule,
            invitation=guest,
            anchor_version=rule.event.anchor_version,
            due_at=due_at(rule),
            state=state,
            at=at,
        )
        for guest in guests
    )
