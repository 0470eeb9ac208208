"""Which reminder is due when, for whom, and whom it leaves out: reads only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.operations import blocked

from .models import Event, Invitation, Reminder, ReminderRule

#: Whoever was invited (or confirmed) later than this before the reminder is due gets none.
JOINED_LATE = dt.timedelta(hours=24)

SKIPPED = {
    "late": _("invited or confirmed less than a day before"),
    "not_delivered": _("the invitation has not arrived"),
    "blocked": _("opted out or bounced"),
    "limit": _("has had enough reminders"),
    "reminded": _("already reminded"),
}


@dataclass(frozen=True)
class PlanRow:
    """One rule of an event as the reminders page shows it; times are aware, in UTC."""

    rule: ReminderRule
    due_at: dt.datetime
    useful_until: dt.datetime
    state: str
    count: int
    skipped: dict[str, int] = field(default_factory=dict)


def anchor(rule: ReminderRule) -> dt.datetime:
    """The moment a rule counts back from."""
    event = rule.event
    return event.closes_at if rule.anchor == ReminderRule.Anchor.DEADLINE else event.starts_at


def due_at(rule: ReminderRule) -> dt.datetime:
    """The rule's wall time in the event's zone, as UTC.

    ``zoneinfo`` with fold 0 moves a time that does not exist forward by the gap and takes the
    first of two equal ones.
    """
    zone = rule.event.zone
    day = anchor(rule).astimezone(zone).date() - dt.timedelta(days=rule.days_before)
    return dt.datetime.combine(day, rule.at_time, tzinfo=zone).astimezone(dt.UTC)


def useful_until(rule: ReminderRule) -> dt.datetime:
    """When a reminder would come too late: after its hours, or at the anchor itself."""
    return min(due_at(rule) + dt.timedelta(hours=rule.useful_for_hours), anchor(rule))


def addressed(rule: ReminderRule) -> Any:
    """Everybody a rule speaks to, before anyone is left out."""
    guests = Invitation.objects.filter(event_id=rule.event_id)
    return guests.silent() if rule.to == ReminderRule.To.SILENT else guests.coming()


def sort_out(rule: ReminderRule) -> tuple[list[Invitation], Counter[str]]:
    """Whom a rule reminds, and how many it leaves out for which reason."""
    delivered = Mail.objects.filter(
        about_type=ContentType.objects.get_for_model(Invitation),
        about_id=OuterRef("pk"),
        kind="events.invitation",
        state__in=[Mail.State.SENT, Mail.State.UNCERTAIN],
    )
    this_one = Q(reminders__rule=rule, reminders__anchor_version=rule.event.anchor_version)
    guests = list(
        addressed(rule)
        .annotate(
            delivered=Exists(delivered),
            had=Count("reminders", filter=Q(reminders__state=Reminder.State.SENT)),
            had_this=Count("reminders", filter=this_one),
        )
        .order_by("pk")
    )
    refused = blocked([guest.email for guest in guests])
    latest = due_at(rule) - JOINED_LATE
    chosen, left_out = [], Counter[str]()
    for guest in guests:
        reason = _reason_to_skip(rule, guest, latest, refused)
        if reason:
            left_out[reason] += 1
        else:
            chosen.append(guest)
    return chosen, left_out


def _reason_to_skip(
    rule: ReminderRule, guest: Any, latest: dt.datetime, refused: dict[str, str]
) -> str:
    joined = guest.created_at if rule.to == ReminderRule.To.SILENT else guest.answered_at
    if guest.had_this:
        return "reminded"
    if joined > latest:
        return "late"
    if rule.to == ReminderRule.To.SILENT and not guest.delivered:
        return "not_delivered"
    if guest.email in refused:
        return "blocked"
    if guest.had >= rule.event.reminder_limit:
        return "limit"
    return ""


def plan(event: Event, at: dt.datetime) -> list[PlanRow]:
    """What goes out when, to how many: one row per rule, the earliest first."""
    rules = event.reminder_rules.select_related("event")
    return sorted((_row(rule, at) for rule in rules), key=lambda row: row.due_at)


def _row(rule: ReminderRule, at: dt.datetime) -> PlanRow:
    counted = rule.reminders.filter(anchor_version=rule.event.anchor_version).aggregate(
        sent=Count("pk", filter=Q(state=Reminder.State.SENT)),
        missed=Count("pk", filter=Q(state=Reminder.State.MISSED)),
    )
    due, until = due_at(rule), useful_until(rule)
    if not rule.is_active or rule.event.state != Event.State.PUBLISHED:
        return PlanRow(rule, due, until, "off", 0)
    if counted["missed"]:
        return PlanRow(rule, due, until, "missed", counted["missed"])
    if at > until:
        return PlanRow(rule, due, until, "done", counted["sent"])
    chosen, left_out = sort_out(rule)
    if at >= due and counted["sent"]:
        return PlanRow(rule, due, until, "done", counted["sent"], dict(left_out))
    state = "due" if at >= due else "planned"
    return PlanRow(rule, due, until, state, len(chosen), dict(left_out))
