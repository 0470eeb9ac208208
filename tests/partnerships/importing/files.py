"""Tables as files in every form that people send, and their decisions in short."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEAD = (
    *("Lfd. Nr.", "Deutsche Stadt", "Bundesland", "Partnerstadt", "Region / Bundesstaat", "Land"),
    *("Partnerschaft seit", "Art der Verbindung", "Kontakt", "Bemerkung"),
)
FIELDS = ("german_city", "german_state", "partner_city", "partner_region", "partner_country")
COLUMNS = (*FIELDS, "year_established", "kind")
Rows = Sequence[Sequence[Any]]


def as_csv(rows: Rows, encoding: str = "cp1252", separator: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Rows, *, title: str = "Tabelle1") -> bytes:
    """Text stays text, except that what begins with ``=`` is a real formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def row(**cells: Any) -> list[Any]:
    """A row of the usual columns that would be created, with some cells changed."""
    values = {
        "german_city": "Köln",
        "german_state": "",
        "partner_city": "Indianapolis",
        "partner_region": "",
        "partner_country": "USA",
        "year_established": "1988",
        "kind": "Städtepartnerschaft",
        "remark": "",
        **cells,
    }
    return ["1", *(values[name] for name in COLUMNS), "", values["remark"]]


def typed(value: str) -> Any:
    """As a spreadsheet program would keep it: numbers and dates are not text."""
    if value.isdigit():
        return int(value)
    try:
        return dt.datetime.strptime(value, "%d.%m.%Y")  # noqa: DTZ007 (a date in a cell)
    except ValueError:
        return value
