"""The invitation as one recipient would get it, and a test of it to oneself."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from events.models import Event, Invitation
from mailing.models import Mail
from partnerships.models import Position
from tests.factories import make_city, make_event, make_mayor, make_partner_city, make_partnership

from .page_addresses import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def position() -> Position:
    return make_mayor(make_city("Köln"))


def url(event: Event, html: bool = False, **query: object) -> str:
    name = "invite_preview_html" if html else "invite_preview"
    return f"{address(name, event.slug)}?{urlencode(query)}"


def test_a_position_sees_its_own_letter(staff_client: Client, position: Position) -> None:
    event = make_event()
    page = staff_client.get(url(event, to=f"p{position.pk}"))
    assert page.context["subject"] == "Einladung zum Runden Tisch"
    assert "wir laden Sie herzlich ein." in page.context["plain_text"]
    assert "[[" not in page.context["plain_text"]


def test_both_languages_are_a_link_away(staff_client: Client, position: Position) -> None:
    event = make_event()
    page = staff_client.get(url(event, to=f"p{position.pk}", language="en"))
    assert page.context["subject"] == "Invitation to the roundtable"
    assert [code for code, *_ in page.context["languages"]] == ["de", "en"]
    position.refresh_from_db()
    assert position.language == "de"


def test_an_address_is_shown_with_its_name(staff_client: Client) -> None:
    query = {"to": "aneu@stadt.example", "name": "Erika Neu", "language": "en"}
    page = staff_client.get(url(make_event(), **query))
    assert "Dear Erika Neu," in page.context["plain_text"]


def test_the_right_staff_decided_is_in_the_letter(staff_client: Client, position: Position) -> None:
    event = make_event()
    speaks = staff_client.get(url(event, to=f"p{position.pk}", right="speak"))
    listens = staff_client.get(url(event, to=f"p{position.pk}", right="listen"))
    assert speaks.context["plain_text"] != listens.context["plain_text"]


def test_a_delegation_member_reads_which_partnership_is_meant(
    staff_client: Client, position: Position
) -> None:
    partnership = make_partnership(position.city, make_partner_city("Indianapolis"))
    page = staff_client.get(url(make_event(), to=f"p{position.pk}", partnership=partnership.pk))
    assert "Köln – Indianapolis" in " ".join(page.context["plain_text"].split())


def test_the_html_stands_alone_and_locked_in(staff_client: Client, position: Position) -> None:
    event = make_event()
    response = staff_client.get(url(event, html=True, to=f"p{position.pk}"))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    for part in ("default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"):
        assert part in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert event.get_absolute_url() in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"to": "p999999"},
        {"to": "pxyz"},
        {"to": "p" + "9" * 40},
        {"to": "akeine-adresse"},
        {"to": "x1"},
        {"to": "aneu@stadt.example", "language": "fr"},
        {"to": "aneu@stadt.example", "partnership": "999"},
    ],
)
def test_nobody_in_particular_is_not_found(staff_client: Client, query: dict[str, str]) -> None:
    event = make_event()
    assert staff_client.get(url(event, **query)).status_code == 404
    assert staff_client.get(url(event, html=True, **query)).status_code == 404
    assert staff_client.post(address("invite_test", event.slug), query).status_code == 404


def test_a_preview_writes_nothing(staff_client: Client, position: Position) -> None:
    event = make_event()
    staff_client.get(url(event, to=f"p{position.pk}"))
    staff_client.get(url(event, html=True, to=f"p{position.pk}"))
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_test_goes_to_oneself_marked_as_one(staff_client: Client, position: Position) -> None:
    event = make_event()
    query = {"to": f"p{position.pk}", "language": "en"}
    response = staff_client.post(address("invite_test", event.slug), query)
    mail = Mail.objects.get()
    assert response["Location"] == url(event, **query)
    assert mail.subject == "[TEST] Invitation to the roundtable"
    assert (mail.to, Invitation.objects.count()) == (response.wsgi_request.user.email, 0)


def test_a_test_without_a_text_in_that_language_is_refused(
    staff_client: Client, position: Position
) -> None:
    event = make_event(invitation_text_en="")
    query = {"to": f"p{position.pk}", "language": "en"}
    staff_client.post(address("invite_test", event.slug), query)
    page = staff_client.get(url(event, to=f"p{position.pk}"))
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert Mail.objects.count() == 0
