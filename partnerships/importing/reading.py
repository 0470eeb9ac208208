"""From the bytes of a file to rows of text: encoding, separator, sheet."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .columns import headings_in
from .sheets import OLD_OFFICE, ZIP, read_sheet

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 20_000, 100

#: In the order in which they are tried; UTF-16 needs its byte order mark.
ENCODINGS = {
    "utf-8-sig": _("UTF-8 with byte order mark"),
    "utf-8": _("UTF-8"),
    "cp1252": _("Windows-1252"),
    "utf-16": _("UTF-16"),
}
SEPARATORS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab")}
TEXT_FILES = {".csv", ".txt", ".tsv"}
WORKBOOKS = {".xlsx"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
#: Excel's own way to name the separator, as the first line of a CSV file.
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Table:
    """Rows of text with the line (in a workbook: the row) each begins at.

    ``encoding`` and ``separator`` are empty for a workbook, ``sheet`` for a text file.
    """

    rows: Lines
    encoding: str = ""
    separator: str = ""
    sheet: str = ""


def read(content: bytes, name: str, *, encoding: str = "", separator: str = "") -> Table:
    """The table in a file; ``encoding`` and ``separator`` are found out unless given.

    Raises ``ValidationError`` with a sentence for whatever is not a table we read.
    """
    extension = PurePath(name).suffix.lower()
    if extension not in TEXT_FILES | WORKBOOKS:
        raise ValidationError(
            _("Only XLSX and CSV files are read. Please save the table as XLSX or CSV."),
            code="extension",
        )
    if len(content) > LARGEST:
        raise ValidationError(_("The file is larger than 10 MB."), code="size")
    if not content.strip():
        raise ValidationError(_("The file is empty."), code="empty")
    if extension in WORKBOOKS:
        sheet, rows = read_sheet(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        table = Table(rows, sheet=sheet)
    else:
        table = _text_table(content, encoding, separator)
    if not table.rows:
        raise ValidationError(_("The file is empty."), code="empty")
    return table


def _text_table(content: bytes, encoding: str, separator: str) -> Table:
    if content.startswith((ZIP, OLD_OFFICE, b"%PDF")):
        raise ValidationError(
            _("The content of the file is not what its name says."), code="content"
        )
    text, encoding = _decoded(content, encoding)
    first = 1
    if named := _NAMED_SEPARATOR.match(text):
        text, first = text[named.end() :], 2
        separator = separator or (named[1] if named[1] in SEPARATORS else "")
    separator = separator or _separator(text)
    return Table(_parsed(text, separator, first), encoding, separator)


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    """The text and its encoding: by its mark, else strict UTF-8, else Windows-1252."""
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    for attempt in [encoding] if encoding else marked or ["utf-8", "cp1252"]:
        try:
            text = content.decode(attempt)
        except UnicodeError:
            continue
        if not _CONTROLS.search(text):
            return text.removeprefix("\ufeff"), attempt
    raise ValidationError(
        _("The file is not text in an encoding we read (UTF-8, Windows-1252)."), code="encoding"
    )


def _separator(text: str) -> str:
    """The separator that shows the most headings we know, else the most frequent one."""
    head = "".join(text.splitlines(keepends=True)[:20])
    return max(SEPARATORS, key=lambda one: (headings_in(_quietly(head, one)), head.count(one)))


def _quietly(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _parsed(text: str, separator: str, first: int) -> Lines:
    rows: Lines = []
    for line, cells in _records(text, separator, first):
        if len(rows) > MOST_ROWS:
            raise ValidationError(
                _("The file has more than %(limit)s rows."),
                code="rows",
                params={"limit": MOST_ROWS},
            )
        if len(cells) > MOST_COLUMNS:
            raise ValidationError(
                _("Line %(line)s has more than %(limit)s columns."),
                code="columns",
                params={"line": line, "limit": MOST_COLUMNS},
            )
        rows.append((line, cells))
    return rows


def _records(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins at; cells may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise ValidationError(
            _("The file is not readable as CSV (line %(line)s)."),
            code="csv",
            params={"line": line},
        ) from error
