"""Reading a workbook: its best sheet by the headings, formulas as the text they are."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from .columns import headings_in

ZIP = b"PK\x03\x04"
#: Excel before 2007, and encrypted workbooks of any age.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MOST_ENTRIES, LARGEST_UNPACKED = 2000, 50 * 1024 * 1024
MOST_SHEETS = 10
#: So far behind the limit is looked for rows that would be cut off.
_ROWS_BEYOND = 1000
_MAIN_PART = "xl/workbook.xml"
#: ``B4:B6``: cells that the sheet shows as one; only the first of them has a value.
_MERGED = re.compile(rb'mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')


def read_sheet(
    content: bytes, *, most_rows: int, most_columns: int
) -> tuple[str, list[tuple[int, list[str]]]]:
    """Name and rows of the first sheet whose headings we know, else of the first sheet.

    Rows carry their number in the sheet; empty ones at the end are left out. Raises
    ``ValidationError`` for what is no workbook, holds macros or unpacks into a flood.
    """
    _check(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheets = [
            (sheet.title, _rows(sheet, most_rows, most_columns))
            for sheet in book.worksheets[:MOST_SHEETS]
        ]
    except ValidationError:
        raise
    except Exception as error:  # a broken workbook makes openpyxl raise nearly anything
        raise ValidationError(_("The file is not readable as XLSX."), code="xlsx") from error
    if not sheets:
        raise ValidationError(_("The workbook has no sheet with a table."), code="sheets")
    return max(sheets, key=lambda one: headings_in([cells for _line, cells in one[1][:20]]))


def _check(content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        raise ValidationError(
            _("This is an old or protected Excel file. Please save it as XLSX, unprotected."),
            code="old",
        )
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValidationError(_("The file is not readable as XLSX."), code="xlsx") from error
    names = {entry.filename for entry in entries}
    if _MAIN_PART not in names:
        raise ValidationError(
            _("The content of the file is not what its name says."), code="content"
        )
    if any(
        name.lower().endswith(("vbaproject.bin", ".xlm")) or "macrosheets/" in name
        for name in names
    ):
        raise ValidationError(
            _("The workbook holds macros. Please save it as XLSX without macros."), code="macros"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED:
        raise ValidationError(_("The workbook unpacks into too much data."), code="bomb")


def _rows(sheet: Any, most_rows: int, most_columns: int) -> list[tuple[int, list[str]]]:
    """Rows up to the last one with something in it; dimensions the file claims are ignored."""
    sheet.reset_dimensions()
    rows: list[tuple[int, list[str]]] = []
    last = 0
    limits = {"max_row": most_rows + _ROWS_BEYOND, "max_col": most_columns + 1}
    for number, values in enumerate(sheet.iter_rows(**limits, values_only=True), start=1):
        width = next((n for n in range(len(values), 0, -1) if values[n - 1] is not None), 0)
        if width:
            last = number
        if last > most_rows + 1 or width > most_columns:
            raise ValidationError(
                _("The sheet has more than %(rows)s rows or %(columns)s columns."),
                code="rows",
                params={"rows": most_rows, "columns": most_columns},
            )
        rows.append((number, [_text(value) for value in values[:width]]))
    rows = rows[:last]
    with sheet._get_source() as part:
        _fill_merged(rows, part.read(), most_columns)
    return rows


def _fill_merged(rows: list[tuple[int, list[str]]], part: bytes, most_columns: int) -> None:
    """A cell that reaches over several lines is said in each, as people read it.

    A line without anything else stays empty; of ranges that overlap the upper one counts.
    """
    found = [
        (column_index_from_string(column.decode()), int(top), int(bottom))
        for column, top, bottom in _MERGED.findall(part)
    ]
    reached = [0] * (most_columns + 1)
    for column, top, bottom in sorted(found):
        if column > most_columns or not reached[column] < top <= len(rows):
            continue
        value = "".join(rows[top - 1][1][column - 1 : column])
        reached[column] = bottom
        for _number, cells in rows[top:bottom] if value else []:
            if any(cells):
                cells += [""] * (column - len(cells))
                cells[column - 1] = cells[column - 1] or value


def _text(value: Any) -> str:
    """A cell as people see it; dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))
