"""What this room shows on the page of an application: sums, climate, copies for paper."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ..door import Case
from ..drafting.panels import Panel
from ..policies import Action
from .climate import estimate, sentences
from .totals import facts, too_much, totals


def context(case: Case) -> dict[str, Any]:
    application = case.application
    found = totals(application)
    journey = estimate(application, timezone.localdate())
    return {
        "sums": facts(found) if found.costs else [],
        "too_much": list(too_much(application, found)) if found.costs else [],
        "journey": list(sentences(journey)) if journey else [],
        "per_diem": case.address("per_diem") if case.may(Action.EDIT) else "",
        "print": case.address("print"),
    }


PANEL = Panel("money", "exchanges/money/_panel.html", context, place="below", order=30)
