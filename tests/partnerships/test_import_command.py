"""``manage.py import_partnerships``: the file, the report, and what a wrong file gets."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Import, Partnership
from tests.factories import make_city, make_partner_city
from ude_portal.reference.rows import DATA

pytestmark = pytest.mark.django_db
HEAD = (
    "german_city,german_state,partner_city,partner_region,partner_country,"
    "year_established,kind,source"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    make_city("Köln", slug="koeln")
    make_partner_city("Indianapolis", region="Indiana")
    path = tmp_path / "liste.csv"
    path.write_text(
        f"\ufeff{HEAD}\n"
        "Köln,Nordrhein-Westfalen, Indianapolis ,Indiana,US,1988,partnership,koeln.de\n"
        "Köln,,Atlantis,,US,,partnership,koeln.de\n",
        encoding="utf-8",
    )
    return path


def run(*args: object, **options: object) -> list[str]:
    out = StringIO()
    call_command("import_partnerships", *args, stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_report_says_how_the_file_was_read_and_what_became_of_each_line(file: Path) -> None:
    assert run(file) == [
        "Zeichenkodierung: UTF-8 mit Byte-Reihenfolge-Marke, Trennzeichen: Komma",
        "Spalten: german_city → Deutsche Stadt; german_state → Bundesland; "
        "partner_city → Partnerstadt; partner_region → Region der Partnerstadt; "
        "partner_country → Staat der Partnerstadt; year_established → Jahr; "
        "kind → Art; source → Quelle",
        "Zeile 2 (Nr. 1): Köln – Indianapolis: neu",
        "Zeile 3 (Nr. 2): Köln – Atlantis: zu klären: "
        "Atlantis (USA) steht nicht in der Liste der Städte.",
        "neu: 1, neu mit Hinweis: 0, zusammengeführt: 0, zu klären: 1, abgelehnt: 0, "
        "übersprungen: 0",
    ]
    assert (Partnership.objects.count(), Import.objects.get().by) == (1, None)


def test_a_second_run_finds_everything_in_place(file: Path) -> None:
    run(file)
    assert run(file)[-1].startswith("neu: 0, neu mit Hinweis: 0, zusammengeführt: 1")
    assert "Diese Partnerschaft steht schon im Verzeichnis." in run(file, verbosity=2)[2]
    assert (Partnership.objects.count(), Import.objects.count()) == (1, 1)


def test_a_dry_run_writes_nothing_and_says_so(file: Path) -> None:
    report = run(file, "--dry-run")
    assert report[2] == "Zeile 2 (Nr. 1): Köln – Indianapolis: neu"
    assert report[-1] == "Probelauf: Es wurde nichts geschrieben."
    assert (Partnership.objects.count(), Import.objects.count()) == (0, 0)


def test_the_dry_run_prints_rows_as_json(file: Path) -> None:
    first, second = json.loads("\n".join(run(file, "--dry-run", "--json")))
    assert first == {
        "row": 1,
        "outcome": "create",
        "german_city": "Köln",
        "partner_city": "Indianapolis",
        "partner_region": "Indiana",
        "partner_country": "US",
        "year_established": 1988,
        "kind": "partnership",
        "reason": "",
    }
    assert list(second) == list(first)
    assert (second["outcome"], second["partner_city"], second["year_established"]) == (
        *("review", "Atlantis", None),
    )
    assert second["reason"] == "Atlantis (USA) steht nicht in der Liste der Städte."
    assert Partnership.objects.count() == 0


def test_the_source_can_be_named(file: Path) -> None:
    file.write_text("Stadt;Partnerstadt;Land\nKöln;Indianapolis;USA\n", encoding="cp1252")
    run(file, source="Verband 2023")
    assert Partnership.objects.get().source == "Verband 2023"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "Die Datei ist leer"),
        ("a.csv", b"a;b\n1;2\n", "Es fehlen Spalten: Deutsche Stadt, Partnerstadt"),
        ("a.csv", b"Stadt;b\n1;2\n", "Es fehlen Spalten: Partnerstadt"),
        ("a.csv", HEAD.encode() + b"\n" + b"x" * 200_000 + b"\n", "nicht als CSV lesbar"),
        ("a.xlsx", b"PK", "nicht als XLSX lesbar"),
        ("a.pdf", b"%PDF", "Nur XLSX- und CSV-Dateien"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gibt-es-nicht\.csv"):
        run(tmp_path / "gibt-es-nicht.csv")


def test_short_rows_and_empty_lines_do_not_break_the_report(file: Path) -> None:
    file.write_text(f"{HEAD}\n\nKöln\n", encoding="utf-8")
    assert run(file)[2:4] == [
        "Zeile 2 (Nr. 1): übersprungen: Leere Zeile.",
        "Zeile 3 (Nr. 2): Köln: abgelehnt: Die Partnerstadt fehlt.",
    ]


def test_the_shipped_list_is_in_the_format_it_documents() -> None:
    assert (DATA / "partnerships.csv").read_text(encoding="utf-8").startswith(f"{HEAD}\n")
