"""Cases ready to be decided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from exchanges.actors import Actor
from exchanges.deciding import operations
from exchanges.deciding.operations.drafting import Verdict, Wording
from exchanges.models import Application, Decision, LetterBlock, Outcome
from tests.exchanges.scenes import as_staff, complete, make_application
from tests.factories import make_membership, make_user

REASON = Wording("Das Vorhaben überzeugt.", "The plan is convincing.")
CONDITION = (Wording("Bitte nennen Sie eine Jugendvertretung.", "Please name a youth."), None)


def make_case(**extra: Any) -> Application:
    """Under review, with dates, and a coordinator in each of its two cities."""
    application = complete(make_application(state="reviewing", **extra))
    for number, party in enumerate(application.parties.all()):
        user = make_user(language="en" if number else "de")
        make_membership(user, party.city, "coordinator")
    return application


def make_block(slug: str = "intro", **extra: Any) -> LetterBlock:
    values = {"text_de": "Sehr geehrte Damen und Herren,", "text_en": "Dear Sir or Madam,"}
    return LetterBlock.objects.create(slug=slug, **{**values, **extra})


def verdict(outcome: str = "approved", **extra: Any) -> Verdict:
    values: dict[str, Any] = {"reason": REASON}
    if outcome in {"approved", "conditions"}:
        values["amount"] = Decimal(4_000)
    if outcome == "conditions":
        values["conditions"] = [CONDITION]
    return Verdict(outcome=Outcome(outcome), **{**values, **extra})


def draft(
    application: Application, outcome: str = "approved", *, by: Actor | None = None, **extra: Any
) -> Decision:
    return operations.draft_decision(
        application=application,
        verdict=verdict(outcome, **extra),
        seen_version=None,
        by=by or as_staff(),
    )


def decided(outcome: str = "approved", **extra: Any) -> Application:
    """A case whose decision is released, by two people."""
    application = make_case(**extra)
    decision = draft(application, outcome)
    operations.release(decision=decision, seen_version=decision.version, by=as_staff())
    application.refresh_from_db()
    return application


def in_days(application: Application, days: int) -> dt.date:
    assert application.ends_on is not None
    return application.ends_on + dt.timedelta(days=days)
