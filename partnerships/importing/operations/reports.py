"""An import as a spreadsheet; what stood in cells is text there and never a formula."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from ...models import Import
from ...workbooks import Column, as_xlsx
from ..columns import FIELDS
from ..showing import shown_rows

COLUMNS: list[Column] = [
    (_("Row"), 8),
    (_("Line"), 8),
    (_("Outcome"), 24),
    (_("German city"), 28),
    (_("Partner city"), 28),
    (_("Region and country"), 28),
    (_("Year"), 8),
    (_("Kind"), 18),
    (_("Why"), 60),
]


@transaction.atomic
def export_report(*, of: Import, by: User) -> bytes:
    """Every row with its outcome and what stood in the cells, as XLSX."""
    written = [name for name in FIELDS if name in of.columns]
    columns = [*COLUMNS, *((_in_the_file(name), 24) for name in written)]
    rows = list(of.rows.select_related("partnership"))
    lines = [
        [*_line(shown), *(row.written.get(name, "") for name in written)]
        for row, shown in zip(rows, shown_rows(rows), strict=True)
    ]
    record("partnerships.import_exported", of, by=by)
    return as_xlsx(str(_("Import")), columns, lines)


def _line(shown: Any) -> list[Any]:
    why = " ".join(shown.reasons)
    row = [shown.number, shown.line, shown.outcome, shown.home, shown.partner, shown.place]
    return [*row, shown.year, shown.kind, why]


def _in_the_file(name: str) -> str:
    return str(_("In the file: %(column)s") % {"column": FIELDS[name]})
