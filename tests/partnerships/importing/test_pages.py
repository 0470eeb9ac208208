"""The wizard as staff see it: upload, dry run, correcting, importing, taking back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from journal.models import Entry
from mailing.models import Mail
from partnerships.models import City, Import, ImportRow, Partnership
from tests.factories import make_city, make_partner_city, make_staff, make_topic

from .files import HEAD, as_csv, as_xlsx, row
from .stored import make_draft, make_import, make_import_row
from .test_reading import NO_TABLES

pytestmark = pytest.mark.django_db
LIST, UPLOAD = "/staff/imports/", "/staff/imports/upload/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff(name="Kim Beispiel"))
    return client


@pytest.fixture(autouse=True)
def _cities() -> None:
    make_city("Köln", slug="koeln")
    make_partner_city("Indianapolis", region="Indiana")


def send(client: Client, content: bytes, name: str = "liste.csv", source: str = "Verband") -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), "source": source})


def uploaded(client: Client, *rows: Any, head: Any = HEAD) -> str:
    """The address of the draft."""
    return send(client, as_csv([head, *rows])).headers["Location"]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def messages(client: Client) -> list[str]:
    return [str(message) for message in client.get(LIST).context["messages"]]


# Uploading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", as_csv([HEAD, row()])),
        ("liste.xlsx", as_xlsx([HEAD, row()])),
        ("Liste 2023 (alt).CSV", as_csv([HEAD, row()], "utf-8-sig", ",")),
    ],
)
def test_an_upload_leads_to_its_dry_run_and_imports_nothing(
    staff: Client, name: str, content: bytes
) -> None:
    page = staff.get(send(staff, content, name).headers["Location"])
    assert [(r.home, r.partner, r.outcome) for r in page.context["rows"]] == [
        ("Köln", "Indianapolis", "neu")
    ]
    assert Partnership.objects.count() == 0


#: What is smaller than any request may be.
SENT = {name: file for name, file in NO_TABLES.items() if name != "50 MB"}
SENT["11 MB"] = ("a.csv", b"a" * 11_000_000, "size")


@pytest.mark.parametrize(("name", "content", "code"), SENT.values(), ids=SENT)
def test_what_is_no_table_gets_a_sentence_and_keeps_what_was_typed(
    staff: Client, name: str, content: bytes, code: str
) -> None:
    response = send(staff, content, name, source="RGRE 2023")
    form = response.context["form"]
    assert (response.status_code, len(form.errors["file"])) == (200, 1)
    assert form["source"].value() == "RGRE 2023"
    assert (Import.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_file_and_its_source_are_needed(staff: Client) -> None:
    form = staff.post(UPLOAD, {}).context["form"]
    assert form.errors == {"file": ["Dieses Feld ist zwingend erforderlich."]} | {
        "source": ["Dieses Feld ist zwingend erforderlich."]
    }


def test_more_than_the_portal_takes_at_all_is_refused_before_it_is_read(staff: Client) -> None:
    response = staff.post(UPLOAD, {}, CONTENT_LENGTH="50000001")
    assert (response.status_code, Import.objects.count()) == (413, 0)


# The dry run -------------------------------------------------------------------------------


def test_the_dry_run_shows_how_the_file_was_read(staff: Client) -> None:
    page = staff.get(uploaded(staff, row()))
    assert page.context["facts"][:5] == [
        ("Quelle", "Verband"),
        ("Hochgeladen von", Import.objects.get().by),
        ("Zeichenkodierung", "Windows-1252"),
        ("Trennzeichen", "Semikolon"),
        ("Zeile mit den Überschriften", 1),
    ]
    assert page.context["columns"][0] == ("Deutsche Stadt", "B: Deutsche Stadt")
    assert page.context["columns"][-1] == ("Nicht importiert", "A: Lfd. Nr., I: Kontakt")
    assert "Importieren: 1 Partnerschaft (ohne E-Mail)" in text(page)


def test_a_workbook_names_its_sheet(staff: Client) -> None:
    page = staff.get(send(staff, as_xlsx([HEAD, row()]), "a.xlsx").headers["Location"])
    assert ("Tabellenblatt", "Tabelle1") in page.context["facts"]
    assert list(page.context["reading_form"].fields) == ["header"]


def test_each_reader_has_the_reasons_in_their_language(staff: Client) -> None:
    address = uploaded(staff, row(kind="Patenschaft"))
    for prefix, outcome, reason in (
        ("", "neu mit Hinweis", "Eine Patenschaft wird als Freundschaft eingetragen"),
        ("/en", "new with a notice", "A “Patenschaft” is entered as a friendship"),
    ):
        (shown,) = staff.get(prefix + address).context["rows"]
        assert (shown.outcome, shown.reasons[0].startswith(reason)) == (outcome, True)


def test_rows_are_filtered_by_outcome(staff: Client) -> None:
    address = uploaded(staff, row(), row(german_city=""), row(german_city="Atlantis"))
    for outcome, numbers in (("reject", [2]), ("review", [3]), ("merge", []), ("x", [1, 2, 3])):
        page = staff.get(address, {"outcome": outcome})
        assert [shown.number for shown in page.context["rows"]] == numbers
    assert page.context["numbers"] == [("neu", 1), ("zu klären", 1), ("abgelehnt", 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_dry_run_takes_the_same_queries_for_any_number_of_rows(
    staff: Client, django_assert_num_queries: Any, number: int
) -> None:
    draft = make_draft()
    for extra in range(2, number + 1):
        make_import_row(draft, number=extra)
    staff.get(f"{LIST}{draft.pk}/")
    with django_assert_num_queries(9):
        page = staff.get(f"{LIST}{draft.pk}/")
    assert len(page.context["rows"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_imports(
    staff: Client, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        make_import_row(make_import(state="done"), task="open")
    with django_assert_num_queries(5):
        page = staff.get(LIST)
    assert [(one.made, one.tasks) for one in page.context["page"]] == [(0, 1)] * number
    assert page.context["open_tasks"] == number


def test_the_newest_list_stands_first(staff: Client) -> None:
    for name in ("alt.csv", "neu.csv"):
        make_import(file_name=name)
    page = staff.get(LIST)
    assert [one.file_name for one in page.context["page"]] == ["neu.csv", "alt.csv"]


def test_what_stands_in_cells_is_escaped(staff: Client) -> None:
    address = uploaded(staff, row(german_city="<script>alert(1)</script>"))
    assert "<script>alert" not in staff.get(address).content.decode()


# Correcting --------------------------------------------------------------------------------


def test_unknown_headings_are_assigned_by_hand(staff: Client) -> None:
    address = uploaded(staff, ["Köln", "Indianapolis", "USA"], head=["A", "B", "C"])
    page = staff.get(address)
    assert page.context["missing"] == "Deutsche Stadt, Partnerstadt"
    assert "Importieren:" not in text(page)
    chosen = {"german_city": "0", "partner_city": "1", "partner_country": "2"}
    staff.post(f"{address}columns/", chosen)
    assert [shown.outcome for shown in staff.get(address).context["rows"]] == ["neu"]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"german_city": "0"}, "partner_city"),
        ({"german_city": "0", "partner_city": "0"}, "partner_city"),
        ({"german_city": "0", "partner_city": "99"}, "partner_city"),
        ({"german_city": "x", "partner_city": "1"}, "german_city"),
    ],
)
def test_a_wrong_assignment_is_refused_beside_its_field(
    staff: Client, chosen: dict[str, str], field: str
) -> None:
    address = uploaded(staff, row())
    form = staff.post(f"{address}columns/", chosen).context["columns_form"]
    assert list(form.errors) == [field]
    assert Import.objects.get().columns["german_city"] == 1


def test_encoding_separator_and_headings_are_corrected(staff: Client) -> None:
    address = uploaded(staff, ["Stadt", "Partnerstadt"], ["Köln", "Kiel"], head=["Stand", "2023"])
    chosen = {"encoding": "cp1252", "separator": ";", "header": "2"}
    staff.post(f"{address}reading/", chosen)
    assert Import.objects.get().headings == ["Stadt", "Partnerstadt"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"encoding": "utf-8"}, "encoding"),
        ({"encoding": "latin-1"}, "encoding"),
        ({"separator": "|"}, "separator"),
        ({"header": "9"}, "header"),
        ({"header": "0"}, "header"),
        ({"header": "eins"}, "header"),
    ],
)
def test_a_way_of_reading_that_fails_is_refused_beside_its_field(
    staff: Client, changed: dict[str, str], field: str
) -> None:
    address = uploaded(staff, row())
    chosen = {"encoding": "cp1252", "separator": ";", "header": "1", **changed}
    form = staff.post(f"{address}reading/", chosen).context["reading_form"]
    assert list(form.errors) == [field]


# Importing and taking back -----------------------------------------------------------------


def test_importing_enters_what_was_shown(staff: Client) -> None:
    address = uploaded(staff, row(), row(german_city="Atlantis"))
    page = staff.post(f"{address}run/", follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Die Liste ist importiert. Es wurde keine E-Mail versandt."
    ]
    assert (Partnership.objects.count(), ImportRow.objects.open_tasks().count()) == (1, 1)
    assert Mail.objects.count() == 0
    assert [shown.address for shown in page.context["rows"]] == [
        *("/partnerships/koeln-indianapolis/", ""),
    ]


def test_importing_twice_imports_once(staff: Client) -> None:
    address = uploaded(staff, row())
    for _ in range(2):
        staff.post(f"{address}run/")
    assert messages(staff)[-1] == "Diese Datei wurde inzwischen importiert oder verworfen."
    assert Partnership.objects.count() == 1


def test_after_a_change_of_the_directory_the_dry_run_is_shown_anew(staff: Client) -> None:
    first, second = uploaded(staff, row()), uploaded(staff, row())
    staff.post(f"{first}run/")
    page = staff.post(f"{second}run/", follow=True)
    assert [shown.outcome for shown in page.context["rows"]] == ["zusammengeführt"]
    assert "Das Verzeichnis hat sich seitdem geändert" in text(page)
    assert "Diese Datei enthält nichts Neues." in text(page)


def test_a_discarded_file_is_gone(staff: Client) -> None:
    address = uploaded(staff, row())
    staff.post(f"{address}discard/")
    assert (Import.objects.count(), staff.get(address).status_code) == (0, 404)
    assert messages(staff) == ["Die Datei ist verworfen. Es wurde nichts importiert."]


def test_an_import_that_is_done_is_not_discarded(staff: Client) -> None:
    address = uploaded(staff, row())
    staff.post(f"{address}run/")
    staff.post(f"{address}discard/")
    assert Import.objects.get().is_done


def test_an_import_is_taken_back_on_its_page(staff: Client) -> None:
    address = uploaded(staff, row())
    staff.post(f"{address}run/")
    page = staff.post(f"{address}undo/", follow=True)
    assert Partnership.objects.count() == 0
    assert "Was dieser Import angelegt hatte, ist entfernt." in text(page)
    assert [entry.verb for entry in page.context["entries"]] == [
        *("partnerships.import_undone", "partnerships.imported", "partnerships.import_uploaded"),
    ]


def test_what_somebody_worked_on_is_listed_and_nothing_is_taken_back(staff: Client) -> None:
    address = uploaded(staff, row())
    staff.post(f"{address}run/")
    made = Partnership.objects.get()
    made.topic_links.create(topic=make_topic())
    page = staff.post(f"{address}undo/")
    assert page.context["edited"] == [made]
    assert "An 1 Partnerschaft hat jemand weitergearbeitet." in text(page)
    assert Partnership.objects.count() == 1


def test_what_is_not_imported_cannot_be_taken_back(staff: Client) -> None:
    staff.post(f"{uploaded(staff, row())}undo/")
    assert messages(staff) == ["Dieser Import lässt sich nicht (mehr) zurücknehmen."]


@pytest.mark.parametrize("number", [1, 3])
def test_the_result_takes_the_same_queries_for_any_number_of_rows(
    staff: Client, django_assert_num_queries: Any, number: int
) -> None:
    done = make_import(state="done")
    for _ in range(number):
        make_import_row(done)
    staff.get(f"{LIST}{done.pk}/")
    with django_assert_num_queries(7):
        page = staff.get(f"{LIST}{done.pk}/")
    assert len(page.context["rows"]) == number


def test_the_report_holds_every_row_and_no_formula(staff: Client) -> None:
    address = uploaded(staff, row(remark="=1+1"), row(german_city="Atlantis"))
    response = staff.post(f"{address}report/")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    assert rows[0][:4] == ["Nr.", "Zeile", "Ergebnis", "Deutsche Stadt"]
    assert rows[1][:5] == [1, 2, "neu mit Hinweis", "Köln", "Indianapolis"]
    assert (rows[0][-1], rows[1][-1]) == ("In der Datei: Bemerkung", "=1+1")
    assert "f" not in {cell.data_type for cells in sheet.iter_rows() for cell in cells}
    assert Entry.objects.first().verb == "partnerships.import_exported"


def test_pages_are_not_kept_by_browsers(staff: Client) -> None:
    address = uploaded(staff, row())
    for page in (LIST, address, "/staff/import-tasks/"):
        assert "no-store" in staff.get(page).headers["Cache-Control"]


def test_cities_of_the_file_are_those_of_the_directory(staff: Client) -> None:
    staff.post(f"{uploaded(staff, row())}run/")
    assert City.objects.count() == 2
