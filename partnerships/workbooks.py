"""Tables as files: a workbook, or CSV that German spreadsheet programs open well.

User text never becomes a formula: in the workbook every text is typed as text, in CSV what a
program would compute gets a leading apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

Value = str | int | float | dt.datetime | None
#: Heading, and width in characters.
Column = tuple[str | Promise, int]
Rows = Sequence[Sequence[Value]]

_HARMLESS = re.compile(r"-?\d+([.,]\d+)?|\+[\d ]+")
_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # full-width ones count, too


def as_xlsx(title: str, columns: Sequence[Column], rows: Rows) -> bytes:
    """One sheet with bold headings that stay in sight, and a filter."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    for number, (_label, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    headings = [_cell(sheet, str(label)) for label, _width in columns]
    for heading in headings:
        heading.font = Font(bold=True)
    for row in (headings, *([_cell(sheet, value) for value in row] for row in rows)):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(columns: Sequence[Column], rows: Rows, *, show: Callable[[dt.datetime], str]) -> bytes:
    """Semicolons, CRLF and a byte order mark, as Excel with German settings expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(label) for label, _width in columns])
    writer.writerows(_plain(row, show) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula; plain numbers stay as they are."""
    if _HARMLESS.fullmatch(text):
        return text
    if text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_STARTS_FORMULA):
        return f"'{text}"
    return text


def _plain(row: Iterable[Value], show: Callable[[dt.datetime], str]) -> list[str]:
    texts = (show(value) if isinstance(value, dt.datetime) else value for value in row)
    return [neutral("" if value is None else str(value)) for value in texts]


def _cell(sheet: Any, value: Value) -> Any:
    """A typed cell: text stays text whatever it starts with, times are times."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        cell.number_format = "@"
        return cell
    if isinstance(value, dt.datetime):
        cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None))
        cell.number_format = "DD.MM.YYYY HH:MM"
        return cell
    return WriteOnlyCell(sheet, value)
