"""Writing a list into a file, and into the journal that it was."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import formats, timezone

from accounts.models import User
from journal.operations import record

from ..workbooks import CSV, XLSX, as_csv, as_xlsx
from .lists import Chosen, ListColumn, ListExport, kept_filters


@dataclass(frozen=True)
class ExportFile:
    """A finished file; ``count`` is the number of rows in it."""

    name: str
    content_type: str
    content: bytes
    count: int


@transaction.atomic
def export(
    *,
    of: ListExport,
    chosen: Chosen,
    columns: Sequence[ListColumn],
    form: str,
    purpose: str,
    by: User,
) -> ExportFile:
    """The chosen rows as ``xlsx`` or ``csv``; the journal keeps who took what, and what for.

    Needs a purpose where a column is personal: ``ValueError`` otherwise, the form asks for it.
    """
    is_personal = any(column.is_personal for column in columns)
    if is_personal and not purpose:
        raise ValueError("personal columns need a purpose")
    rows = [[column.value(row) for column in columns] for row in chosen.rows()]
    headings = [(column.label, column.width) for column in columns]
    record(
        "partnerships.people_exported" if is_personal else "partnerships.list_exported",
        of.about or by,
        by=by,
        list=of.name,
        label=str(of.label),
        count=len(rows),
        format=form,
        columns=[column.name for column in columns],
        filters=kept_filters(chosen.filters),
        purpose=purpose,
    )
    name = f"ude-{of.name}-{timezone.localdate():%Y-%m-%d}.{form}"
    if form == "csv":
        return ExportFile(name, CSV, as_csv(headings, rows, show=_moment), len(rows))
    return ExportFile(name, XLSX, as_xlsx(_sheet(of), headings, rows), len(rows))


def _sheet(of: ListExport) -> str:
    """Excel takes 31 characters and none of these; what is too long ends with a whole word."""
    name = "".join(sign for sign in str(of.label) if sign not in "[]:*?/\\")
    return textwrap.shorten(name, 31, placeholder=" …")


def _moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
