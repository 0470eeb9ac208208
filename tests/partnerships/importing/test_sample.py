"""The spreadsheet as people really send it, in every form, against its expected outcome.

``sample.csv`` and ``sample_expected.csv`` are invented rows about real cities.
"""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from journal.models import Entry
from mailing.models import Mail
from partnerships.importing.looking import look
from partnerships.importing.operations import bring_in
from partnerships.models import City, Import, ImportRow, Partnership, Party

from .files import as_csv, as_xlsx, typed

pytestmark = pytest.mark.usefixtures("reference")
HERE = Path(__file__).parent
SAMPLE = (HERE / "sample.csv").read_bytes()
EXPECTED = list(
    csv.DictReader((HERE / "sample_expected.csv").read_text(encoding="utf-8").splitlines())
)
ROWS = list(csv.reader(SAMPLE.decode("cp1252").splitlines(), delimiter=";"))
TYPED = [ROWS[0], *([typed(cell) for cell in cells] for cells in ROWS[1:])]

FORMS = {
    "as sent": ("sample.csv", SAMPLE),
    **{
        f"{encoding}, {separator!r}": ("liste.csv", as_csv(ROWS, encoding, separator))
        for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16")
        for separator in (";", ",", "\t")
    },
    "Excel's first line": ("liste.csv", b"sep=;\r\n" + SAMPLE),
    "line ends of Unix": ("liste.csv", SAMPLE.replace(b"\r\n", b"\n")),
    "XLSX, all text": ("liste.xlsx", as_xlsx(ROWS)),
    "XLSX, numbers and dates": ("liste.XLSX", as_xlsx(TYPED)),
    "XLSX below a title": ("liste.xlsx", as_xlsx([["Partnerschaften 2023"], [], *TYPED])),
    "CSV below a title": ("liste.csv", b"Partnerschaften;;\r\n;;\r\n" + SAMPLE),
}


def shown(name: str, content: bytes) -> list[tuple[str, ...]]:
    return [
        (
            str(decision.row),
            decision.outcome_text,
            *(str(value or "") for value in asdict(decision.facts).values()),
        )
        for decision in look(content, name).plan.decisions
    ]


@pytest.mark.parametrize(("name", "content"), FORMS.values(), ids=FORMS)
def test_every_form_of_the_sample_gives_its_expected_outcome(name: str, content: bytes) -> None:
    columns = [column for column in EXPECTED[0] if column != "explanation"]
    assert shown(name, content) == [tuple(row[column] for column in columns) for row in EXPECTED]


def test_the_dry_run_shows_encoding_separator_and_columns() -> None:
    found = look(SAMPLE, "sample.csv")
    assert (found.table.encoding, found.table.separator) == ("cp1252", ";")
    assert (found.layout.header, found.layout.columns) == (
        1,
        {
            "german_city": 1,
            "german_state": 2,
            "partner_city": 3,
            "partner_region": 4,
            "partner_country": 5,
            "year_established": 6,
            "kind": 7,
            "remark": 9,
        },
    )


def test_rows_name_the_line_of_the_file() -> None:
    decisions = look(SAMPLE, "sample.csv").plan.decisions
    assert [(d.row, d.line) for d in decisions][:2] == [(1, 2), (2, 3)]
    below = look(FORMS["CSV below a title"][1], "liste.csv").plan.decisions
    assert (below[0].row, below[0].line) == (1, 4)


def test_typographic_quotes_survive() -> None:
    remark = look(SAMPLE, "sample.csv").plan.decisions[4].written["remark"]
    assert remark == "„Oktoberfest Zinzinnati“ – jährlich"


def test_contact_details_are_not_imported() -> None:
    bring_in(content=SAMPLE, name="sample.csv", source="Verband")
    assert "@koeln.example" not in str(list(ImportRow.objects.values()))
    assert not Partnership.objects.exclude(note_de=None).exclude(note_de="").exists()


def snapshot() -> list[Any]:
    models = (Partnership, Party, City, Import, ImportRow, Entry)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("again", ["as sent", "utf-8-sig, ','", "XLSX, numbers and dates"])
def test_a_second_import_changes_nothing(again: str) -> None:
    bring_in(content=SAMPLE, name="sample.csv", source="Verband")
    before = snapshot()
    name, content = FORMS[again]
    bring_in(content=content, name=name, source="Verband")
    assert snapshot() == before
    assert (Partnership.objects.count(), Import.objects.count()) == (14, 1)


def test_a_dry_run_writes_nothing_and_an_import_mails_nobody(
    django_assert_num_queries: Any,
) -> None:
    before = snapshot()
    with django_assert_num_queries(5):
        look(SAMPLE, "sample.csv")
    assert snapshot() == before
    bring_in(content=SAMPLE, name="sample.csv", source="Verband")
    assert Mail.objects.count() == 0


def test_the_import_enters_what_the_dry_run_said() -> None:
    bring_in(content=SAMPLE, name="sample.csv", source="Verband 2023")
    made = Partnership.objects.get(slug="wuerzburg-faribault")
    assert (made.kind, made.year_established, made.state, made.source) == (
        *("friendship", 1949, "listed", "Verband 2023"),
    )
    assert [party.city.slug for party in made.parties.all()] == ["wuerzburg", "faribault"]
    assert Partnership.objects.get(slug="dortmund-buffalo").year_established is None
    verbs = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    assert list(verbs) == ["partnerships.imported", "partnerships.listed"]
