"""From bytes to rows: encodings, separators, workbooks, and files that are none."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from partnerships.importing import reading, sheets
from partnerships.importing.columns import fields_in
from partnerships.importing.reading import read

from .files import HEAD, as_csv, as_xlsx

ROWS = [["Deutsche Stadt", "Partnerstadt"], ["Köln", "Liverpool"]]


COUNTRY_AND_STATE = ("partner_country", "partner_region")


def repacked(content: bytes, extra: dict[str, bytes]) -> bytes:
    """The workbook with further parts, or with parts replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in {*old.namelist(), *extra}:
            new.writestr(name, extra[name] if name in extra else old.read(name))
    return target.getvalue()


def workbook(*cells: Any) -> bytes:
    book = Workbook()
    for number, value in enumerate(cells, start=1):
        book.active.cell(row=number, column=1).value = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_found_out(encoding: str, separator: str) -> None:
    table = read(as_csv(ROWS, encoding, separator), "liste.csv")
    assert (table.encoding, table.separator) == (encoding, separator)
    assert table.rows == [(1, ROWS[0]), (2, ROWS[1])]


def test_windows_1252_is_not_taken_for_latin_1() -> None:
    table = read("Stadt;Partnerstadt\n„Köln“ – €;x".encode("cp1252"), "a.csv")
    assert table.rows[1][1][0] == "„Köln“ – €"


def test_plain_ascii_is_utf_8() -> None:
    assert read(b"Stadt,Partnerstadt\nBonn,Oxford\n", "a.csv").encoding == "utf-8"


def test_commas_in_the_headings_do_not_make_the_separator() -> None:
    content = b'"Partnerschaft seit";Stadt;Partnerstadt;"Bemerkung, Notiz, a, b, c"\n'
    assert read(content, "a.csv").separator == ";"


def test_a_separator_that_the_file_names_counts() -> None:
    table = read(b"sep=,\r\nStadt,Partnerstadt\r\nBonn,Oxford\r\n", "a.csv")
    assert (table.separator, table.rows[1]) == (",", (3, ["Bonn", "Oxford"]))


def test_encoding_and_separator_can_be_given() -> None:
    content = "Köln;Liverpool".encode()
    table = read(content, "a.csv", encoding="cp1252", separator=",")
    assert table.rows == [(1, ["KÃ¶ln;Liverpool"])]


def test_rows_know_the_line_they_begin_at() -> None:
    content = b'Stadt;Partnerstadt\n\n"Bonn\nBad Godesberg";Oxford\nKiel;Coventry\n'
    assert [line for line, _cells in read(content, "a.csv").rows] == [1, 2, 3, 5]


def test_a_workbook_gives_the_sheet_with_the_headings() -> None:
    book = Workbook()
    book.active.title = "Deckblatt"
    book.active.append(["Partnerschaften"])
    sheet = book.create_sheet("Liste")
    sheet.append(HEAD)
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue(), "a.xlsx").sheet == "Liste"


def test_cells_of_a_workbook_are_read_as_people_see_them() -> None:
    cells = [1964, 1964.0, 1964.5, dt.datetime(1988, 11, 28), dt.date(1988, 11, 28), True]  # noqa: DTZ001
    found = read(workbook("x", *cells), "a.xlsx").rows
    assert [row[0] for _line, row in found][1:] == [
        *("1964", "1964", "1964.5", "1988-11-28", "1988-11-28", "True"),
    ]


def test_formulas_of_a_workbook_are_text() -> None:
    array = ArrayFormula("A3", "=SUM(A1:A2)")
    rows = read(workbook("x", '=HYPERLINK("http://x.example")', array), "a.xlsx").rows
    assert [row[0] for _line, row in rows] == [
        *("x", '=HYPERLINK("http://x.example")', "=SUM(A1:A2)"),
    ]


def merged(*ranges: str) -> list[list[str]]:
    """A list in which Köln stands once for two partner cities."""
    book = Workbook()
    for cells in (HEAD[1:4], ["Köln", "NRW", "Liverpool"], [None, None, "Indianapolis"], []):
        book.active.append(cells)
    book.active.append([None, None, "Palo Alto"])
    for one in ranges:
        book.active.merge_cells(one)
    content = io.BytesIO()
    book.save(content)
    return [cells for _line, cells in read(content.getvalue(), "a.xlsx").rows][2:]


def test_headings_in_other_words_and_another_order_are_known() -> None:
    head = ["Land", "Partnerort", "Kommune", "Beziehungsform", "Land (Deutschland)"]
    assert [*fields_in(head)] == [
        *("partner_country", "partner_city", "german_city", "kind"),
        "german_state",
    ]


@pytest.mark.parametrize(
    ("head", "land", "staat"),
    [
        (["Stadt", "Land", "Partnerstadt", "Staat", "Region"], "german_state", "partner_country"),
        (["Stadt", "Partnerstadt", "Staat", "Land"], "partner_country", "partner_region"),
        (["Stadt", "Bundesland", "Land", "Partnerstadt", "Staat"], *COUNTRY_AND_STATE),
        (["Stadt", "Partnerstadt", "Region", "Land", "Staat"], "partner_country", None),
    ],
)
def test_land_and_staat_side_by_side_are_told_apart(
    head: list[str], land: str, staat: str | None
) -> None:
    found = {column: field for field, column in fields_in(head).items()}
    assert found[head.index("Land")] == land
    assert found.get(head.index("Staat")) == staat


def test_a_cell_merged_over_several_lines_is_said_in_each() -> None:
    second, empty, below = merged("A2:A4", "B2:B3", "C2:D2")
    assert (second, empty) == (["Köln", "NRW", "Indianapolis"], [])
    assert below == ["", "", "Palo Alto"]
    assert merged()[0] == ["", "", "Indianapolis"]


def test_merged_cells_never_reach_beyond_the_table() -> None:
    ranges = b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:A3"/><mergeCell ref="ZZZ1:ZZZ2"/>'
    rows = [(1, ["Köln"]), (2, ["", "x"]), (3, ["Bonn"])]
    sheets._fill_merged(rows, ranges, 100)
    assert rows == [(1, ["Köln"]), (2, ["Köln", "x"]), (3, ["Bonn"])]


def test_empty_rows_count_within_a_workbook_and_not_at_its_end() -> None:
    rows = read(workbook("Stadt", None, "Bonn", None, ""), "a.xlsx").rows
    assert [(number, row[:1]) for number, row in rows] == [(1, ["Stadt"]), (2, []), (3, ["Bonn"])]


PRINTED = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]))


@given(st.lists(st.lists(PRINTED), max_size=4))
def test_no_text_is_changed_by_the_way_it_was_stored(rows: list[list[str]]) -> None:
    """The last row is a byte that cannot begin a letter of UTF-8, or ``Ã¶`` could mean ``ö``."""
    table = [["Deutsche Stadt", "Partnerstadt"], *([f"x{c}" for c in row] for row in rows), ["„"]]
    read_rows = [
        [cells for _line, cells in read(as_csv(table, encoding, separator), "a.csv").rows]
        for encoding in ("cp1252", "utf-8-sig", "utf-16")
        for separator in (";", ",")
    ]
    assert read_rows == [table] * 6


XLSX = as_xlsx(ROWS)
OLD = sheets.OLD_OFFICE + b"\0" * 600
NO_TABLES = {
    "another kind by its name": ("bild.png", b"\x89PNG", "extension"),
    "no extension": ("liste", as_csv(ROWS), "extension"),
    "macros by its name": ("liste.xlsm", XLSX, "extension"),
    "old Excel by its name": ("liste.xls", OLD, "extension"),
    "LibreOffice": ("liste.ods", XLSX, "extension"),
    "nothing": ("a.csv", b"", "empty"),
    "only a mark": ("a.csv", b"\xef\xbb\xbf", "empty"),
    "an empty sheet": ("a.xlsx", workbook(), "empty"),
    "blank": ("a.csv", b" \r\n", "empty"),
    "50 MB": ("a.csv", b"a" * 50_000_000, "size"),
    "a workbook called CSV": ("a.csv", XLSX, "content"),
    "a PDF called CSV": ("a.csv", b"%PDF-1.7\n", "content"),
    "CSV called a workbook": ("a.xlsx", as_csv(ROWS), "xlsx"),
    "old Excel called XLSX": ("a.xlsx", OLD, "old"),
    "half a workbook": ("a.xlsx", XLSX[:2000], "xlsx"),
    "macros inside": ("a.xlsx", repacked(XLSX, {"xl/vbaProject.bin": b"x"}), "macros"),
    "old macros": ("a.xlsx", repacked(XLSX, {"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
    "a broken sheet": ("a.xlsx", repacked(XLSX, {"xl/worksheets/sheet1.xml": b"<x"}), "xlsx"),
    "a broken book": ("a.xlsx", repacked(XLSX, {"xl/workbook.xml": b"<x/>"}), "sheets"),
    "a zip bomb": ("a.xlsx", repacked(XLSX, {"xl/media/x": b"\0" * 60_000_000}), "bomb"),
    "many parts": ("a.xlsx", repacked(XLSX, {f"x/{n}": b"" for n in range(2001)}), "bomb"),
    "a program": ("a.csv", b"MZ\x90\x00\x03\x00", "encoding"),
    "a byte that Windows-1252 lacks": ("a.csv", b"Stadt;Partnerstadt\n\x81\x8d;x", "encoding"),
    "a cell without an end": ("a.csv", b'Stadt;"' + b"x" * 200_000, "csv"),
    "too many rows": ("a.csv", b"Stadt;Partnerstadt\n" + b"x;y\n" * 20_001, "rows"),
    "too many columns": ("a.csv", b"x;" * 101, "columns"),
}


@pytest.mark.parametrize(("name", "content", "code"), NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_is_refused_with_a_sentence(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(content, name)
    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")


def test_another_office_document_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(ValidationError) as refusal:
        read(target.getvalue(), "a.xlsx")
    assert refusal.value.code == "content"


def test_a_sheet_that_is_too_wide_or_too_long_is_refused() -> None:
    for row, column in ((1, 101), (20_002, 1)):
        book = Workbook()
        book.active.cell(row=row, column=column).value = "x"
        content = io.BytesIO()
        book.save(content)
        with pytest.raises(ValidationError) as refusal:
            read(content.getvalue(), "a.xlsx")
        assert refusal.value.code == "rows"


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(XLSX)).read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert lying != sheet
    table = read(repacked(XLSX, {"xl/worksheets/sheet1.xml": lying}), "a.xlsx")
    assert len(table.rows) == 2


def test_entities_do_not_explode() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{levels}]><worksheet>&a11;</worksheet>'
    with pytest.raises(ValidationError) as refusal:
        read(repacked(XLSX, {"xl/worksheets/sheet1.xml": bomb.encode()}), "a.xlsx")
    assert refusal.value.code == "xlsx"


def test_the_limits_are_those_the_sentences_name() -> None:
    assert (reading.LARGEST, reading.MOST_ROWS) == (10 * 1024 * 1024, 20_000)
