"""The guest list as a file: typed cells, no formulas, and a journal entry."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory
from django.utils import timezone, translation
from openpyxl import load_workbook

from events.exports import COLUMNS, guests_of
from events.models import Event
from journal.models import Entry
from partnerships.exporting.operations import ExportFile, export
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_invitation_mail,
    make_seated,
    make_staff,
)

HOSTILE = ["=1+1", "@SUM(A1:A9)", "-5+3", "+49 228", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1"]


def exported(event: Event, form: str, by: Any = None, **filters: Any) -> ExportFile:
    """All columns, the personal ones too."""
    of = guests_of(event)
    return export(
        of=of,
        chosen=of.find(RequestFactory().get("/", filters)),
        columns=of.columns,
        form=form,
        purpose="Einlass",
        by=by or make_staff(),
    )


def workbook(event: Event, **filters: Any) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(exported(event, "xlsx", **filters).content)).active
    return [list(row) for row in sheet.iter_rows()]


def lines(event: Event, **filters: Any) -> list[list[str]]:
    text = exported(event, "csv", **filters).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def column(label: str) -> int:
    return [str(one.label) for one in COLUMNS].index(label)


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_is_typed_as_text_in_the_workbook(text: str) -> None:
    guest = make_invitation(name=text, message=text)
    with translation.override("en"):
        row = workbook(guest.event)[1]
        cells = [row[column("Name")], row[column("Message to the organisers")]]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert [cell.value.strip() for cell in cells] == [text.strip(), text.strip()]


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_never_starts_a_formula_in_the_csv(text: str) -> None:
    guest = make_invitation(name=text)
    with translation.override("en"):
        value = lines(guest.event)[1][column("Name")]
    assert value == (text if text == "+49 228" else f"'{text}")


@pytest.mark.django_db
def test_control_characters_do_not_break_the_workbook() -> None:
    guest = make_invitation(name="Eri\x0bka")
    with translation.override("en"):
        assert workbook(guest.event)[1][column("Name")].value == "Erika"


@pytest.mark.django_db
def test_numbers_and_times_are_typed_in_the_workbook() -> None:
    answered = dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC)
    guest = make_seated(make_event(), 5, answered_at=answered)
    with translation.override("en"):
        row = workbook(guest.event)[1]
        place, time = row[column("Place on the waiting list")], row[column("Answered")]
        empty = row[column("Withdrawn")]
    assert (place.data_type, place.value) == ("n", 1)
    assert (time.is_date, str(time.value)) == (True, "2027-03-01 14:05:00")
    assert empty.value is None


@pytest.mark.django_db
def test_the_csv_opens_in_german_spreadsheet_programs() -> None:
    guest = make_invitation(name='Erika "E"; Beispiel', city=make_city("Köln"))
    file = exported(guest.event, "csv")
    assert file.content.startswith(b"\xef\xbb\xbfName;Funktion;Stadt;Staat;")
    assert file.content.endswith(b"\r\n")
    assert lines(guest.event)[1][:4] == ['Erika "E"; Beispiel', "", "Köln", "Deutschland"]


@pytest.mark.django_db
def test_delivery_and_answer_stand_in_the_row_of_their_guest() -> None:
    event = make_event()
    make_invitation_mail(make_invitation(event, name="A"), state="failed", reason="no_such_user")
    sent = make_invitation(event, name="B", choice="no", answered_at=timezone.now())
    make_invitation_mail(sent)
    with translation.override("en"):
        rows = {row[0]: row for row in lines(event)}
        delivery, answer = column("Delivery"), column("Answer")
    assert (rows["A"][delivery], rows["A"][answer]) == ("failed", "")
    assert (rows["B"][delivery], rows["B"][answer]) == ("accepted by the server", "no")
    assert rows["B"][delivery + 1].endswith("250 2.0.0 Ok")


@pytest.mark.django_db
def test_the_filters_choose_who_is_in_the_file() -> None:
    event = make_event()
    make_invitation(event, name="spricht")
    make_invitation(event, name="hört", right="listen")
    make_invitation(name="anderswo")
    assert [row[0] for row in lines(event, right="listen")[1:]] == ["hört"]
    assert [row[0].value for row in workbook(event, right="speak")[1:]] == ["spricht"]


@pytest.mark.django_db
def test_a_filter_the_list_does_not_know_hands_out_nobody() -> None:
    event = make_event()
    with pytest.raises(BadRequest):
        exported(event, "csv", delegation="999")
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_the_journal_keeps_who_took_how_many_guests_and_what_for() -> None:
    event, staff = make_event(), make_staff()
    make_invitation(event, name="Erika")
    file = exported(event, "csv", by=staff, q="Erika", right="speak")
    entry = Entry.objects.about(event).get()
    assert (entry.verb, entry.by) == ("partnerships.people_exported", staff)
    facts = entry.facts
    assert facts["filters"] == {"q": "…", "right": "speak"}
    assert (facts["count"], facts["format"], facts["purpose"]) == (1, "csv", "Einlass")
    assert file.name == f"ude-guests-{event.slug}-{timezone.localdate():%Y-%m-%d}.csv"


@pytest.mark.django_db
def test_names_addresses_and_messages_are_personal() -> None:
    personal = {one.name for one in guests_of(make_event()).personal}
    assert personal == {"name", "email", "answered_by", "message", "cause"}


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_guests(
    django_assert_num_queries: Any,
) -> None:
    event, staff = make_event(), make_staff()
    exported(event, "csv", by=staff)  # content types are looked up once
    for expected in (1, 3):
        while event.invitations.count() < expected:
            make_invitation_mail(make_seated(event, city=make_city()))
        with django_assert_num_queries(9):
            file = exported(event, "csv", by=staff)
        assert file.count == expected
