"""The export of the guest list: the button, the page and the file."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from journal.models import Entry
from tests.factories import make_event, make_invitation
from tests.page_forms import forms_of

from .page_addresses import address

pytestmark = pytest.mark.django_db


def fetch(client: Client, slug: str, query: str = "", **sent: Any) -> Any:
    where = address("export_file", slug) + (f"?{query}" if query else "")
    return client.post(where, {"format": "csv", "columns": ["function"], **sent})


@pytest.mark.parametrize(
    ("form", "content_type", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfFunction"),
    ],
)
def test_the_list_is_handed_out_under_its_name_and_date(
    staff_client: Client, form: str, content_type: str, start: bytes
) -> None:
    event = make_invitation(make_event(slug="runder-tisch")).event
    response = fetch(staff_client, event.slug, format=form)
    name = f"ude-guests-runder-tisch-{timezone.localdate():%Y-%m-%d}.{form}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == content_type
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(start)


def test_the_filters_of_the_page_choose_the_guests(staff_client: Client) -> None:
    event = make_event()
    make_invitation(event, name="spricht")
    make_invitation(event, name="hoert", right="listen")
    named = {"personal": ["name"], "purpose": "Einlass"}
    text = fetch(staff_client, event.slug, "right=listen", **named).content.decode()
    assert ("hoert" in text, "spricht" in text) == (True, False)
    assert Entry.objects.about(event).get().facts["filters"] == {"right": "listen"}


def test_the_page_leads_to_the_export_with_its_own_filters(staff_client: Client) -> None:
    guest = make_invitation(right="listen")
    page = staff_client.get(address("guests", guest.event.slug) + "?right=listen&page=1")
    export = address("export", guest.event.slug) + "?right=listen"
    assert f'href="{export}"' in page.content.decode()
    html = staff_client.get(export).content.decode()
    assert f'action="{address("export_file", guest.event.slug)}?right=listen"' in html


def test_the_untouched_form_names_nobody(staff_client: Client) -> None:
    guest = make_invitation(name="Erika Beispiel", email="erika@stadt.example")
    page = address("export", guest.event.slug)
    (form,) = forms_of(staff_client.get(page).content.decode(), page)
    sent = {**form.untouched(), "format": "csv"}
    text = staff_client.post(form.action, sent).content.decode()
    assert ("Erika" in text, "erika@" in text) == (False, False)
    assert Entry.objects.get().verb == "partnerships.list_exported"


@pytest.mark.parametrize("form", ["", "pdf", "exe"])
def test_any_other_format_is_refused(staff_client: Client, form: str) -> None:
    response = fetch(staff_client, make_event().slug, format=form)
    assert "error-summary" in response.content.decode()
    assert Entry.objects.count() == 0


def test_a_filter_that_no_longer_fits_exports_nobody(staff_client: Client) -> None:
    assert fetch(staff_client, make_event().slug, "delegation=999").status_code == 400
    assert Entry.objects.count() == 0


def test_a_get_hands_out_no_file(staff_client: Client) -> None:
    assert staff_client.get(address("export_file", make_event().slug)).status_code == 405
