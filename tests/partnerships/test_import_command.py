"""``manage.py import_partnerships``: the file, the report, and what a wrong file gets."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnerships.importing import COLUMNS
from partnerships.models import Partnership
from tests.factories import make_city, make_partner_city

pytestmark = pytest.mark.django_db
HEAD = ",".join(COLUMNS)


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


def test_the_report_says_what_became_of_each_line(file: Path) -> None:
    assert run(file) == [
        "Zeile 2: Köln – Indianapolis: angelegt",
        "Zeile 3: Köln – Atlantis: abgelehnt (Atlantis (US) steht nicht in der Liste der Städte.)",
        "angelegt: 1, vorhanden: 0, abgelehnt: 1",
    ]
    assert Partnership.objects.count() == 1


def test_a_second_run_finds_everything_in_place(file: Path) -> None:
    run(file)
    assert run(file)[-1] == "angelegt: 0, vorhanden: 1, abgelehnt: 1"
    assert run(file, verbosity=2)[0] == "Zeile 2: Köln – Indianapolis: vorhanden"


def test_a_dry_run_writes_nothing_and_says_so(file: Path) -> None:
    report = run(file, "--dry-run")
    assert report[0] == "Zeile 2: Köln – Indianapolis: angelegt"
    assert report[-1] == "Probelauf: Es wurde nichts geschrieben."
    assert Partnership.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Es fehlen Spalten: german_city, german_state"),
        (b"a;b\n1;2\n", "Es fehlen Spalten: german_city"),
        (HEAD.encode() + "\nKöln,,,,,,,\n".encode("cp1252"), "nicht in UTF-8 gespeichert"),
        (HEAD.encode() + b"\n" + b"x" * 200_000 + b"\n", "nicht als CSV lesbar"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "falsch.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gibt-es-nicht\.csv"):
        run(tmp_path / "gibt-es-nicht.csv")


def test_short_rows_and_empty_lines_do_not_break_the_report(file: Path) -> None:
    file.write_text(f"{HEAD}\n\nKöln\n", encoding="utf-8")
    assert run(file)[0] == "Zeile 3: Köln – : abgelehnt („“ ist kein Ländercode.)"
