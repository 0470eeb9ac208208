"""The export buttons of the guest list."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from journal.models import Entry
from tests.factories import make_event, make_invitation

from .page_addresses import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "content_type", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfName;"),
    ],
)
def test_the_list_is_handed_out_under_its_name_and_date(
    staff_client: Client, form: str, content_type: str, start: bytes
) -> None:
    event = make_invitation(make_event(slug="runder-tisch")).event
    response = staff_client.post(address("export", event.slug), {"format": form})
    name = f"runder-tisch-{timezone.localdate():%Y-%m-%d}.{form}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == content_type
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(start)


def test_the_filters_of_the_page_choose_the_guests(staff_client: Client) -> None:
    event = make_event()
    make_invitation(event, name="spricht")
    make_invitation(event, name="hoert", right="listen")
    data = {"format": "csv", "right": "listen"}
    text = staff_client.post(address("export", event.slug), data).content.decode()
    assert ("hoert" in text, "spricht" in text) == (True, False)
    assert Entry.objects.about(event).get().facts == {"count": 1, "format": "csv"}


def test_the_page_posts_its_own_filters(staff_client: Client) -> None:
    guest = make_invitation(right="listen")
    page = staff_client.get(address("guests", guest.event.slug) + "?right=listen")
    assert '<input type="hidden" name="right" value="listen">' in page.content.decode()


@pytest.mark.parametrize("form", ["", "pdf", "exe"])
def test_any_other_format_is_a_bad_request(staff_client: Client, form: str) -> None:
    event = make_event()
    response = staff_client.post(address("export", event.slug), {"format": form})
    assert (response.status_code, Entry.objects.count()) == (400, 0)


def test_a_filter_that_no_longer_fits_exports_nobody(staff_client: Client) -> None:
    event = make_event()
    data = {"format": "csv", "delegation": "999"}
    response = staff_client.post(address("export", event.slug), data)
    assert response["Location"] == address("guests", event.slug)
    assert Entry.objects.count() == 0


def test_a_get_exports_nothing(staff_client: Client) -> None:
    assert staff_client.get(address("export", make_event().slug)).status_code == 405
