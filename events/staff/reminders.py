"""What goes out when: the event's reminders, planned, done and missed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..models import Event
from ..reminding_plan import SKIPPED, PlanRow, plan
from ..when import moment, place_of
from .fetching import crumbs, event_or_404

STATES: dict[str, tuple[str | Promise, str]] = {
    "planned": (gettext_lazy("planned"), "info"),
    "due": (gettext_lazy("due now"), "warning"),
    "done": (gettext_lazy("done"), "success"),
    "missed": (gettext_lazy("missed, not sent"), "danger"),
    "off": (gettext_lazy("switched off"), ""),
}


@dataclass(frozen=True)
class ReminderRow:
    """A plan row ready to print; times are local to the event, with their zone."""

    rule: str
    due: str
    until: str
    state: str
    kind: str
    count: int
    skipped: list[tuple[str, int]]


@require_safe
def reminders(request: HttpRequest, slug: str) -> HttpResponse:
    event = event_or_404(slug)
    rows = [reminder_row(event, row) for row in plan(event, timezone.now())]
    context = {"event": event, "rows": rows, "breadcrumb": crumbs(event, (_("Reminders"), ""))}
    return render(request, "events/staff/reminders.html", context)


def reminder_row(event: Event, row: PlanRow) -> ReminderRow:
    label, kind = STATES[row.state]
    return ReminderRow(
        rule=str(row.rule),
        due=moment(row.due_at, event.time_zone, place=place_of(event)),
        until=moment(row.useful_until, event.time_zone, place=place_of(event)),
        state=str(label),
        kind=kind,
        count=row.count,
        skipped=[(str(SKIPPED.get(code, code)), count) for code, count in row.skipped.items()],
    )
