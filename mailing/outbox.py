"""What the outbox page shows: rows, counts, facts of one mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, When
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from . import restoring
from .models import Mail
from .queries import plain_reason
from .registry import kind_of

State = Mail.State
PROBLEMS = [State.FAILED, State.UNCERTAIN]
_BADGES: dict[str, str] = {
    State.SENT: "success",
    State.FAILED: "danger",
    State.UNCERTAIN: "warning",
    State.HELD: "warning",
}
_LATE = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, in the reader's language."""

    pk: int
    subject: str
    to: str
    kind: str
    written: str
    state: str
    badge: str
    reason: str


def mails(filters: dict[str, str]) -> models.QuerySet[Mail]:
    """The mails that fit, those with a problem first, then the newest."""
    found = Mail.objects.defer("text", "html", "calendar")
    if words := filters.get("q"):
        found = found.filter(Q(to__icontains=words) | Q(subject__icontains=words))
    if state := filters.get("state"):
        found = found.filter(state=state)
    if kind := filters.get("kind"):
        found = found.filter(kind=kind)
    problem_first = Case(When(state__in=PROBLEMS, then=0), default=1)
    return found.order_by(problem_first, "-created_at", "-pk")


def rows(found: Iterable[Mail]) -> list[Row]:
    return [
        Row(
            pk=mail.pk,
            subject=mail.subject,
            to=mail.to,
            kind=kind_label(mail.kind),
            written=moment(mail.created_at),
            state=mail.get_state_display(),
            badge=_BADGES.get(mail.state, "info"),
            reason=mail.server_answer if mail.state == State.SENT else plain_reason(mail),
        )
        for mail in found
    ]


def counts() -> list[tuple[str, int]]:
    """How many mails are in which state, as (label, number); one query."""
    found = Mail.objects.order_by().values_list("state").annotate(number=Count("pk"))
    numbers = dict(found)
    return [(str(state.label), numbers[state]) for state in State if numbers.get(state)]


def oldest_due(at: dt.datetime) -> str:
    """When the mail was due that waits longest; nothing while all is on time (5 minutes)."""
    late = Mail.objects.due(at - _LATE).order_by("next_attempt_at")
    due = late.values_list("next_attempt_at", flat=True).first()
    return moment(due) if due else ""


def restored() -> dict[str, Any] | None:
    """What staff must know to open the outbox after a backup was restored; else ``None``."""
    restoration = restoring.undecided()
    if restoration is None:
        return None
    return {
        "backup_of": moment(restoration.backup_of),
        "restored_at": moment(restoration.restored_at),
        "held": restoring.held().count(),
        "written_since": restoring.written_since().count(),
    }


def facts(mail: Mail) -> list[tuple[str, Any]]:
    """All there is to know about a mail, as (label, value); empty ones left out."""
    found = [
        (_("To"), mail.to),
        (_("Reply to"), mail.reply_to),
        (_("Kind of mail"), kind_label(mail.kind)),
        (_("Language"), mail.get_language_display()),
        (_("State"), mail.get_state_display()),
        (_("Server's answer"), mail.server_answer),
        (_("Written"), moment(mail.created_at)),
        (_("Next attempt"), moment(mail.next_attempt_at) if mail.state == State.QUEUED else ""),
        (_("Not after"), moment(mail.not_after)),
        (_("Handed to the server"), moment(mail.handed_over_at)),
        (_("Accepted by the server"), moment(mail.sent_at)),
        (_("Attempts put off by the server"), mail.attempts),
        (_("Interrupted attempts"), mail.crashes),
        (_("May have arrived twice"), _("yes") if mail.may_be_duplicate else ""),
        (_("Text erased"), moment(mail.erased_at)),
        (_("Campaign"), mail.campaign),
        ("Message-ID", mail.message_id),
        (_("Key"), mail.key),
    ]
    return [(label, value) for label, value in found if value]


def kind_label(key: str) -> str:
    """The kind's name, or its key where no app knows it any more."""
    try:
        return str(kind_of(key).label)
    except LookupError:
        return key


def moment(at: dt.datetime | None) -> str:
    """Date and time for staff, in the portal's zone."""
    local = timezone.localtime(at) if at else None
    return formats.date_format(local, "SHORT_DATETIME_FORMAT") if local else ""
