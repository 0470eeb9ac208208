"""What this room shows on the page of an application."""

from __future__ import annotations

from typing import Any

from ..door import Case
from ..drafting.panels import Panel, register
from ..policies import TABLE, Action
from ..sections import parties_of
from . import rules, standing
from .questions import question_of


def next_steps(case: Case) -> dict[str, Any] | None:
    """While cities write: the staff's question, what is missing, and where one signs."""
    application = case.application
    if application.state not in TABLE[Action.SIGN][0]:
        return None
    question = question_of(application)
    return {
        "missing": len(rules.missing(standing.results(application))),
        "question": question,
        "opened": standing.opened(question, parties_of(application)) if question else [],
        "sign_address": case.address("sign") if case.may(Action.SIGN) else "",
        "hand_in_address": case.address("hand_in"),
    }


def handed_in(case: Case) -> dict[str, Any] | None:
    """The versions, and for signatories of the submitting city the way out."""
    newest = case.application.submissions.defer("content").first()
    withdraws, because = case.may(Action.WITHDRAW), case.application.withdrawn_because
    if newest is None and not withdraws and not because:
        return None
    return {
        "newest": newest,
        "versions_address": case.address("versions"),
        "withdraw_address": case.address("withdraw") if withdraws else "",
        "because": because,
    }


def register_panels() -> None:
    steps = "exchanges/submitting/_next_steps.html"
    register(Panel("next_steps", steps, next_steps, place="above", order=20))
    done = "exchanges/submitting/_handed_in.html"
    register(Panel("handed_in", done, handed_in, place="below", order=20))
