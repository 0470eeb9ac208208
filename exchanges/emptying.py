"""What applications lose five years after their decision: words and posts, not counts and states.

Rows stay, so that statistics of the programme stay what they were; their texts are emptied.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from privacy.periods import FIVE_YEARS

from .models import (
    Application,
    ApplicationGoal,
    BudgetLine,
    Complaint,
    Condition,
    Decision,
    Host,
    InformationRequest,
    Letter,
    ProgrammeSlot,
    SignOff,
    Traveller,
)

#: Stands where a text is gone without which a row says nothing, or that the database asks for.
GONE = "–"
_POST = {"function": "", "position": None}
#: Table, the way from there to the application, and what its fields become.
EMPTIED: tuple[tuple[type[Any], str, dict[str, str | None]], ...] = (
    (Traveller, "application", _POST),
    (Host, "application", _POST),
    (ProgrammeSlot, "application", {"text": GONE}),
    (BudgetLine, "application", {"text": ""}),
    (ApplicationGoal, "application", {"why": ""}),
    (InformationRequest, "application", {"message": GONE, "asked_by": None}),
    (SignOff, "party__application", {"cancelled_because": ""}),
    (SignOff, "party__application", {"reason": GONE}),
    (
        Decision,
        "application",
        {
            "reason_de": "",
            "reason_en": "",
            "internal_reason": "",
            "drafted_by": None,
            "released_by": None,
        },
    ),
    (
        Condition,
        "decision__application",
        {"text_de": GONE, "text_en": GONE, "note": "", "met_by": None},
    ),
    (Letter, "decision__application", {"subject": "", "body": ""}),
    (Complaint, "decision__application", {"text": GONE, "by": None, "answered_by": None}),
    (Complaint, "decision__application", {"answer": GONE}),
    (
        Application,
        "",
        {"extended_because": "", "withdrawn_because": "", "handled_by": None},
    ),
)


def settled_before(moment: dt.datetime) -> QuerySet[Application]:
    """Decided for the last time before ``moment``; started before it where never decided."""
    last = Coalesce(Max("decisions__released_at"), F("created_at"))
    return Application.objects.alias(settled=last).filter(settled__lt=moment)


def empty_decided(at: dt.datetime, dry_run: bool) -> int:
    """Texts and posts of cases, five years after they were decided or came to nothing."""
    cases = settled_before(at - FIVE_YEARS).order_by().values("pk")
    count = 0
    for table, way, fields in EMPTIED:
        of_cases = table.objects.filter(**{f"{way}__in" if way else "pk__in": cases})
        due = of_cases.filter(_something_left(fields))
        count += due.count() if dry_run else due.update(**fields)
    return count


def _something_left(fields: dict[str, str | None]) -> Q:
    """Rows in which one of the fields is not yet what it shall become."""
    found = Q()
    for name, value in fields.items():
        if value is None:
            found |= Q(**{f"{name}__isnull": False})
        else:
            found |= Q(**{f"{name}__gt": ""}) & ~Q(**{name: value})
    return found
