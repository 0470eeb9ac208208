"""Writing a decision down, before anybody hears of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record

from ...actors import Actor
from ...locking import locked
from ...models import Application, Condition, Decision, LetterBlock, Outcome
from ...policies import Action

#: Outcomes that grant money.
GRANTING = frozenset({Outcome.APPROVED, Outcome.CONDITIONS})


@dataclass(frozen=True)
class Wording:
    """A text in both languages; where one is missing, readers get the other."""

    de: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.de or self.en)


@dataclass(frozen=True)
class Verdict:
    """What is decided, as the form gives it; sums in euros, conditions with their day."""

    outcome: Outcome
    amount: Decimal = Decimal(0)
    rank: int | None = None
    reason: Wording = Wording()
    internal_reason: str = ""
    conditions: Sequence[tuple[Wording, dt.date | None]] = ()
    blocks: Sequence[LetterBlock] = field(default_factory=tuple)


@transaction.atomic
def draft_decision(
    *, application: Application, verdict: Verdict, seen_version: int | None, by: Actor
) -> Decision:
    """Write the draft, or write it anew; whoever wrote it last is its author.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``conflict`` when a colleague changed
    the draft since, and ``reason``, ``amount``, ``conditions`` or ``rank`` for what is missing or
    does not belong to the outcome.
    """
    application = locked(application)
    by.check(Action.DRAFT_DECISION, application)
    _check_verdict(verdict)
    decision = application.decisions.filter(released_at__isnull=True).first()
    if (decision.version if decision else None) != seen_version:
        raise conflict()
    decision = decision or Decision(
        application=application, number=application.decisions.count() + 1
    )
    decision.outcome, decision.amount, decision.rank = verdict.outcome, verdict.amount, verdict.rank
    decision.reason_de, decision.reason_en = verdict.reason.de, verdict.reason.en
    decision.internal_reason = verdict.internal_reason
    decision.drafted_by, decision.drafted_at = by.user, timezone.now()
    decision.save()
    decision.blocks.set(verdict.blocks)
    _write_conditions(decision, verdict)
    record("exchanges.decision_drafted", application, by=by.user, outcome=decision.outcome)
    return decision


@transaction.atomic
def discard_decision(*, decision: Decision, by: Actor) -> None:
    """Throw a draft away; one that is gone already is fine.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, or ``released``.
    """
    application = locked(decision.application)
    by.check(Action.DRAFT_DECISION, application)
    stored = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if stored is None:
        return
    if stored.is_released:
        raise ValidationError(_("This decision is released already."), code="released")
    stored.delete()
    record("exchanges.decision_discarded", application, by=by.user)


def conflict() -> ValidationError:
    return ValidationError(
        _(
            "A colleague changed this decision meanwhile. Your input is still here; compare it "
            "with the stored draft and save again."
        ),
        code="conflict",
    )


def _check_verdict(verdict: Verdict) -> None:
    grants = verdict.outcome in GRANTING
    if not verdict.reason and verdict.outcome in (Outcome.DECLINED, Outcome.RESERVE):
        raise ValidationError({"reason_de": _required(_("Please give the applicant a reason."))})
    if verdict.amount and not grants:
        raise ValidationError(
            {"amount": ValidationError(_("Nothing is granted with this decision."), code="amount")}
        )
    if bool(verdict.conditions) != (verdict.outcome == Outcome.CONDITIONS):
        sentence = (
            _("Please write at least one condition.")
            if verdict.outcome == Outcome.CONDITIONS
            else _("Conditions belong to “approved with conditions” only.")
        )
        raise ValidationError({"condition_0_de": ValidationError(sentence, code="conditions")})
    if verdict.rank is not None and verdict.outcome != Outcome.RESERVE:
        raise ValidationError(
            {"rank": ValidationError(_("Only the reserve list has places."), code="rank")}
        )


def _required(sentence: object) -> ValidationError:
    return ValidationError(str(sentence), code="reason")


def _write_conditions(decision: Decision, verdict: Verdict) -> None:
    decision.conditions.all().delete()
    for order, (text, due_on) in enumerate(verdict.conditions):
        Condition.objects.create(
            decision=decision, order=order, text_de=text.de, text_en=text.en, due_on=due_on
        )
