"""The page and the file of a list: what is ticked, what is refused, what the journal keeps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from journal.models import Entry
from partnerships.exporting.lists import Chosen, ListColumn, ListExport, registered
from partnerships.exporting.operations import export
from tests.factories import make_city, make_position, make_staff, make_user
from tests.page_forms import forms_of

from .files import PAGE, PURPOSE, ask, cells, lines

pytestmark = pytest.mark.django_db

POSITIONS = PAGE.format("positions")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff(email="toni@skew.example"))
    return client


@pytest.fixture
def post() -> Any:
    return make_position(
        make_city("Aachen"), holder="Erika Beispiel", email="amt@aachen.example", title="Amt"
    )


def names(columns: list[ListColumn]) -> list[str]:
    return [column.name for column in columns]


@pytest.mark.parametrize("name", sorted(registered()))
def test_no_personal_column_is_ticked_beforehand(staff: Client, name: str) -> None:
    (form,) = forms_of(staff.get(PAGE.format(name)).content.decode(), PAGE.format(name))
    of = registered()[name]
    assert form.untouched()["columns"] == names(of.plain)
    assert form.untouched()["format"] == ["xlsx"]
    assert "personal" not in form.untouched()
    offered = form.controls["personal"].choices if of.personal else []
    assert offered == names(of.personal)
    assert form.action == f"{PAGE.format(name)}file/"


def test_the_untouched_form_hands_out_nothing_personal(staff: Client, post: Any) -> None:
    (form,) = forms_of(staff.get(POSITIONS).content.decode(), POSITIONS)
    response = staff.post(form.action, form.untouched())
    written = str([[cell.value for cell in row] for row in cells(response)])
    assert "Aachen" in written
    assert "Erika" not in written
    assert "amt@" not in written


def test_ticked_personal_columns_are_handed_out_for_a_purpose(staff: Client, post: Any) -> None:
    """Negative control of the test above."""
    found = ask(staff, "positions", columns=["place"], personal=["email"], purpose=PURPOSE)
    assert lines(found) == [
        ["Stadt oder Organisation", "E-Mail-Adresse"],
        ["Aachen", "amt@aachen.example"],
    ]
    entry = Entry.objects.get()
    assert (entry.verb, entry.by_id) == ("partnerships.people_exported", entry.about_id)
    assert entry.facts == {
        "list": "positions",
        "label": "Stellen",
        "count": 1,
        "format": "csv",
        "columns": ["place", "email"],
        "filters": {},
        "purpose": PURPOSE,
    }
    assert PURPOSE in entry.sentence


@pytest.mark.parametrize("purpose", ["", "   ", "\t\r\n"])
def test_personal_columns_need_a_purpose(staff: Client, post: Any, purpose: str) -> None:
    refused = ask(staff, "positions", "q=Aachen", personal=["email"], purpose=purpose)
    html = refused.content.decode()
    assert "Bitte sagen Sie, wofür." in html
    assert re.search(r'value="email"[^>]* checked', html)
    assert f'action="{POSITIONS}file/?q=Aachen"' in html
    assert Entry.objects.count() == 0


def test_the_operation_refuses_personal_columns_without_a_purpose() -> None:
    of = registered()["positions"]
    chosen = Chosen(count=0, rows=list, filters={}, back="/")
    how: dict[str, Any] = {"of": of, "chosen": chosen, "form": "csv", "by": make_staff()}
    with pytest.raises(ValueError, match="purpose"):
        export(columns=of.personal, purpose="", **how)
    assert export(columns=of.plain, purpose="", **how).count == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"columns": ["nothing"]},
        {"columns": ["email"]},  # personal, but ticked where it is not
        {"personal": ["place"], "purpose": PURPOSE},
        {"columns": ["place", "password"]},
        {"columns": ["place"], "format": "pdf"},
        {"columns": ["place"], "format": ""},
        {"columns": ["place"], "purpose": "x" * 201},
        {},
    ],
)
def test_what_the_form_does_not_offer_is_refused(
    staff: Client, post: Any, sent: dict[str, Any]
) -> None:
    response = ask(staff, "positions", **sent)
    assert "Content-Disposition" not in response
    assert "error-summary" in response.content.decode()
    assert Entry.objects.count() == 0


def test_a_file_has_its_name_its_type_and_is_kept_by_no_cache(staff: Client, post: Any) -> None:
    response = ask(staff, "positions", columns=["place"], format="xlsx")
    name = f"ude-positions-{timezone.localdate():%Y-%m-%d}.xlsx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "no-store" in response["Cache-Control"]


def test_columns_come_in_the_order_of_the_list_whatever_was_sent(staff: Client, post: Any) -> None:
    head, _row = lines(ask(staff, "positions", columns=["function", "country", "place"]))
    assert head == ["Stadt oder Organisation", "Staat", "Funktion"]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1:A9)", "-5+3", "\t=1+1", "  =1+1", "＝1+1"])
def test_no_cell_is_a_formula(staff: Client, text: str) -> None:
    make_position(make_city("Aachen"), title=text, holder=text)
    how = {"columns": ["function"], "personal": ["holder"], "purpose": PURPOSE}
    assert lines(ask(staff, "positions", **how))[1] == [f"'{text}", f"'{text}"]
    row = cells(ask(staff, "positions", format="xlsx", **how))[1]
    assert [cell.data_type for cell in row] == ["s", "s"]


def test_the_words_of_a_search_stay_out_of_the_journal(staff: Client, post: Any) -> None:
    query = "q=Erika&is_active__exact=1"
    assert len(lines(ask(staff, "positions", query, columns=["place"]))) == 2
    entry = Entry.objects.get()
    assert entry.verb == "partnerships.list_exported"
    assert entry.facts["filters"] == {"q": "…", "is_active__exact": "1"}


def test_the_page_says_how_many_rows_and_leads_back(staff: Client, post: Any) -> None:
    make_position(make_city("Bonn"))
    html = staff.get(f"{POSITIONS}?q=Aachen&p=3").content.decode()
    assert "enthält mit den jetzigen Filtern 1 Zeile." in html
    assert 'href="/admin/partnerships/position/?q=Aachen"' in html


@pytest.mark.parametrize("path", ["", "file/"])
def test_for_everybody_but_staff_there_are_no_lists(client: Client, path: str) -> None:
    assert client.post(f"{POSITIONS}{path}").status_code == 302  # to the sign-in
    client.force_login(make_user())
    assert client.post(f"{POSITIONS}{path}", {"columns": "place"}).status_code == 404


def test_a_get_hands_out_no_file_and_a_post_to_the_page_nothing(staff: Client) -> None:
    assert staff.get(f"{POSITIONS}file/").status_code == 405
    assert staff.post(POSITIONS).status_code == 405


@pytest.mark.parametrize("path", ["nothing/", "nothing/file/"])
def test_an_unknown_list_is_not_found(staff: Client, path: str) -> None:
    assert staff.post(f"/staff/lists/{path}").status_code in {404, 405}
    assert staff.get(f"/staff/lists/{path}").status_code in {404, 405}


def test_a_list_of_personal_columns_alone_can_be_exported(staff: Client) -> None:
    column = ListColumn("name", "Name", 10, str, is_personal=True)
    of = ListExport("x", "[Liste]: " + "x" * 40, (column,), lambda request: chosen)
    chosen = Chosen(count=1, rows=lambda: ["Erika"], filters={"a": ""}, back="/")
    made = export(of=of, chosen=chosen, columns=[column], form="xlsx", purpose="p", by=make_staff())
    assert made.count == 1
    assert Entry.objects.get().facts["filters"] == {}


def test_a_long_name_of_a_list_ends_with_a_whole_word_in_the_workbook(staff: Client) -> None:
    response = ask(staff, "silent", format="xlsx", columns=["partnership"])
    assert cells(response)[0][0].parent.title == "Partnerschaften, für die …"
