"""What this room shows on the page of an application: letters, trip, the way to object."""

from __future__ import annotations

from typing import Any

from ..door import Case
from ..drafting.panels import Panel
from ..models import Letter, Trip
from ..policies import Action
from ..states import DECIDED, FUNDED
from ..sums import euros


def context(case: Case) -> dict[str, Any] | None:
    """The city's own letters, the newest first; nothing before a decision."""
    application = case.application
    letters = Letter.objects.kept().filter(party=case.party, decision__application=application)
    letters = letters.select_related("decision__application__call")
    found = [
        (letter.subject, letter.day, case.address("letter", letter.pk))
        for letter in letters.order_by("-decision__number")
    ]
    if not found:
        return None
    has_trip = application.state in FUNDED and Trip.objects.filter(application=application).exists()
    decision = application.decisions.filter(released_at__isnull=False).first()
    conditions = list(decision.conditions.all()) if decision else []
    return {
        "decision": decision if application.state in DECIDED else None,
        "sum": euros(decision.amount) if decision and decision.amount else "",
        "conditions": len(conditions),
        "met": sum(one.met_at is not None for one in conditions),
        "letters": found,
        "trip": case.address("trip") if has_trip else "",
        "complain": case.address("complain") if case.may(Action.COMPLAIN) else "",
    }


PANEL = Panel("decision", "exchanges/deciding/_panel.html", context, order=10)
