"""The import itself, in one transaction."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from ...models import Import, ImportRow, Partnership
from .. import entering
from ..looking import Look, look, look_again
from ..planning import Plan
from ..reasons import Reason
from ..rows import asked_before, changes_something, differ, replace_rows, rows_of
from ..waiting import lock_draft, new_draft, one_at_a_time


@transaction.atomic
def run(*, draft: Import, by: User) -> Import:
    """Import what the dry run showed.

    Raises ``ValidationError``: ``changed`` where the directory changed so that other things
    would happen than were shown, ``nothing`` where nothing would, ``state`` for no draft.
    """
    one_at_a_time()
    draft = lock_draft(draft)
    found = look_again(draft)
    if differ(draft, found.plan):
        raise ValidationError(
            _("The directory has changed since. Please look at the dry run once more."),
            code="changed",
        )
    if not changes_something(found.plan):
        raise ValidationError(_("There is nothing new in this file."), code="nothing")
    return _enter(draft, found, by)


@transaction.atomic
def bring_in(*, content: bytes, name: str, source: str, by: User | None = None) -> Look:
    """Import a file without a look before; if nothing in it is new, not a row is written."""
    one_at_a_time()
    found = look(content, name)
    if changes_something(found.plan):
        draft = new_draft(
            content=content,
            name=name,
            source=source,
            by=by,
            table=found.table,
            layout=found.layout,
        )
        _enter(draft, found, by)
    return found


@transaction.atomic
def list_partnerships(*, path: Path) -> Look:
    """Add what a file of the reference data has and the directory lacks; never changes a row."""
    one_at_a_time()
    found = look(path.read_bytes(), path.name)
    entries = found.plan.entries
    entering.save_new_cities(entries, found.registry)
    entering.save_entries(entries, found.registry, source=path.name)
    return found


def _enter(draft: Import, found: Look, by: User | None) -> Import:
    entries, fills = found.plan.entries, found.plan.fills
    draft.new_cities.set(entering.save_new_cities(entries, found.registry))
    made = entering.save_entries(entries, found.registry, source=draft.source, by=by)
    filled = entering.save_fills(fills, by=by)
    rows = rows_of(draft, found.plan)
    _link(rows, found.plan, made, filled)
    _ask(rows, asked_before(found.plan))
    replace_rows(draft, rows)
    draft.state, draft.done_at, draft.content = Import.State.DONE, timezone.now(), b""
    draft.save()
    record(
        "partnerships.imported", draft, by=by, count=len(made), years=len(filled), rows=len(rows)
    )
    return draft


def _link(
    rows: list[ImportRow], plan: Plan, made: list[Partnership], filled: list[Partnership]
) -> None:
    """Note at each row which partnership it made, filled in or met."""
    by_row = {entry.row: one for entry, one in zip(plan.entries, made, strict=True)}
    touched = {partnership.pk: partnership for partnership in filled}
    for row, decision in zip(rows, plan.decisions, strict=True):
        if decision.entry:
            row.partnership = by_row[decision.entry.row]
            row.made_it = decision.entry.row == decision.row
        elif decision.known:
            row.partnership_id = decision.known
        if row.made_it:
            row.seen_version = 1
        elif decision.fill and decision.known:
            row.seen_version = touched[decision.known].version


def _ask(rows: list[ImportRow], asked: set[str]) -> None:
    """Make a task of each row for a person, once for the same places."""
    for row in rows:
        if row.fingerprint in asked:
            row.reasons.append(Reason("task_known").stored())
        elif row.fingerprint:
            row.task = ImportRow.Task.OPEN
            asked.add(row.fingerprint)
