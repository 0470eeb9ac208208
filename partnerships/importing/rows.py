"""The rows of an import as they stand in the database."""

from __future__ import annotations

from dataclasses import asdict

from ..models import Import, ImportRow
from .planning import Decision, Plan

_BATCH = 500


def rows_of(draft: Import, plan: Plan) -> list[ImportRow]:
    """A row for each decision, not saved yet."""
    return [_row(draft, decision) for decision in plan.decisions]


def replace_rows(draft: Import, rows: list[ImportRow]) -> None:
    draft.rows.all().delete()
    ImportRow.objects.bulk_create(rows, batch_size=_BATCH)


def differ(draft: Import, plan: Plan) -> bool:
    """Whether the plan is another one than the rows that staff saw."""
    seen = draft.rows.order_by("number").values_list("number", "outcome", "same_as", "facts")
    planned = [(d.row, d.outcome.value, d.same_as, asdict(d.facts)) for d in plan.decisions]
    return list(seen) != planned


def asked_before(plan: Plan) -> set[str]:
    """Fingerprints of the plan's reviews that were put to the staff by an import before."""
    wanted = {decision.fingerprint for decision in plan.reviews}
    return wanted & set(ImportRow.objects.asked().values_list("fingerprint", flat=True))


def changes_something(plan: Plan) -> bool:
    """Whether importing it would write anything: a partnership, a year, a task."""
    if plan.entries or plan.fills:
        return True
    return bool({decision.fingerprint for decision in plan.reviews} - asked_before(plan))


def _row(draft: Import, decision: Decision) -> ImportRow:
    return ImportRow(
        of=draft,
        number=decision.row,
        line=decision.line,
        outcome=decision.outcome,
        same_as=decision.same_as,
        facts=asdict(decision.facts),
        written=decision.written,
        reasons=[reason.stored() for reason in decision.reasons],
        before={"year_established": None, "year_is_uncertain": False} if decision.fill else {},
        fingerprint=decision.fingerprint if decision.outcome == ImportRow.Outcome.REVIEW else "",
    )
