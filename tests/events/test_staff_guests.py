"""The guest list and the page of one guest, as staff see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Answer, Delegation, Invitation
from journal.operations import record
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_invitation_mail,
    make_partnership,
    make_pool,
    make_seated,
)

from .page_addresses import address

pytestmark = pytest.mark.django_db


def guests_url(guest_or_event: Any, query: str = "") -> str:
    event = getattr(guest_or_event, "event", guest_or_event)
    return address("guests", event.slug) + query


def guest_url(guest: Invitation) -> str:
    return address("guest", guest.event.slug, guest.public_id)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three_guests(
    staff_client: Client, django_assert_num_queries: Any, number: int
) -> None:
    event = make_event()
    delegation = Delegation.objects.create(event=event, partnership=make_partnership())
    for _ in range(number):
        guest = make_seated(event, city=make_city(), delegation=delegation)
        make_invitation_mail(guest)
    staff_client.get(guests_url(event))
    with django_assert_num_queries(8):
        page = staff_client.get(guests_url(event))
    assert len(page.context["rows"]) == number


@pytest.mark.parametrize("sort", ["", "name", "latest"])
def test_an_event_without_guests_has_a_page_that_leads_to_inviting(
    staff_client: Client, sort: str
) -> None:
    event = make_event()
    page = staff_client.get(guests_url(event, f"?sort={sort}&page=2"))
    assert (page.status_code, page.context["rows"]) == (200, [])
    assert address("invite", event.slug) in page.content.decode()


def test_fifty_guests_stand_on_a_page_of_at_most_sixty_kilobytes(staff_client: Client) -> None:
    event = make_event()
    for number in range(51):
        guest = make_invitation(event, name=f"Dr. Erika Musterfrau-Beispiel {number}")
        make_invitation_mail(guest)
    page = staff_client.get(guests_url(event))
    second = staff_client.get(guests_url(event, "?page=2"))
    assert (len(page.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert len(page.content) <= 60_000


def test_filters_live_in_the_address_and_survive_turning_the_page(staff_client: Client) -> None:
    event = make_event()
    for _ in range(51):
        make_invitation(event, right="listen")
    make_invitation(event, name="spricht")
    page = staff_client.get(guests_url(event, "?right=listen&sort=name"))
    assert page.context["page"].paginator.count == 51
    assert "?right=listen&amp;sort=name&amp;page=2" in page.content.decode()


def test_a_wrong_filter_is_named_and_does_not_filter(staff_client: Client) -> None:
    guest = make_invitation()
    page = staff_client.get(guests_url(guest, "?answer=vielleicht&page=99"))
    assert list(page.context["form"].errors) == ["answer"]
    assert len(page.context["rows"]) == 1


def test_nobody_fitting_the_filters_is_said_so(staff_client: Client) -> None:
    guest = make_invitation()
    page = staff_client.get(guests_url(guest, "?q=niemand"))
    assert page.context["rows"] == []
    assert (
        "Nobody fits these filters."
        in staff_client.get(guests_url(guest, "?q=niemand")).content.decode()
    )


def test_a_row_says_who_where_which_answer_and_how_the_mail_fared(staff_client: Client) -> None:
    event = make_event()
    guest = make_seated(event, 9, name="Erika", function="OB", city=make_city("Köln"))
    make_invitation_mail(guest)
    row = staff_client.get(guests_url(event)).context["rows"][0]
    assert (row.label, row.function, row.place) == ("Erika", "OB", "Köln, DE")
    assert (row.right, row.answer, row.answer_kind) == ("speak", "waiting list, place 1", "warning")
    assert (row.delivery, row.delivery_kind) == ("accepted by the server", "success")
    assert row.delivery_detail.endswith("250 2.0.0 Ok")
    assert row.latest.startswith("answered ")


@pytest.mark.parametrize(
    ("mail", "detail"),
    [
        ({"state": "queued"}, ""),
        ({"state": "held"}, "Sending was stopped by staff."),
        (
            {"state": "failed", "reason": "no_mailbox"},
            "The mailbox does not exist. Please correct the address.",
        ),
    ],
)
def test_a_row_says_in_plain_words_why_a_mail_is_not_there(
    staff_client: Client, mail: dict[str, str], detail: str
) -> None:
    guest = make_invitation()
    make_invitation_mail(guest, **mail)
    assert staff_client.get(guests_url(guest)).context["rows"][0].delivery_detail == detail


def test_markup_in_a_name_is_shown_and_not_run(staff_client: Client) -> None:
    guest = make_invitation(name="<script>alert(1)</script>")
    assert "<script>alert" not in staff_client.get(guests_url(guest)).content.decode()


def test_while_mails_leave_the_counts_ask_again_and_offer_to_stop(staff_client: Client) -> None:
    guest = make_invitation()
    mail = make_invitation_mail(guest, state="queued")
    running = staff_client.get(guests_url(guest)).content.decode()
    mail.state = "held"
    mail.save()
    stopped = staff_client.get(guests_url(guest)).content.decode()
    stop, go_on = (address(f"invite_{name}", guest.event.slug) for name in ("stop", "continue"))
    assert ("hx-trigger" in running, stop in running, go_on in running) == (True, True, False)
    assert ("hx-trigger" in stopped, stop in stopped, go_on in stopped) == (False, False, True)


def test_htmx_gets_the_counts_alone(staff_client: Client) -> None:
    guest = make_invitation()
    make_pool(guest.event)
    part = staff_client.get(guests_url(guest), headers={"HX-Request": "true"})
    assert part.templates[0].name == "events/staff/_counts.html"
    assert "<html" not in part.content.decode()


def test_the_calendar_button_stands_there_only_after_a_move(staff_client: Client) -> None:
    event = make_event()
    make_seated(event, has_calendar=True)
    announce = address("announce", event.slug)
    before = staff_client.get(guests_url(event)).content.decode()
    type(event).objects.update(anchor_version=2)
    after = staff_client.get(guests_url(event)).content.decode()
    assert (announce in before, announce in after) == (False, True)


def test_a_guest_of_another_event_is_not_found(staff_client: Client) -> None:
    guest, other = make_invitation(), make_event()
    assert staff_client.get(guest_url(guest)).status_code == 200
    elsewhere = address("guest", other.slug, guest.public_id)
    assert staff_client.get(elsewhere).status_code == 404


def test_the_guest_page_tells_facts_mails_answers_and_what_happened(staff_client: Client) -> None:
    guest = make_seated(make_event(), name="Erika", reason="weil", message="Ich komme später")
    make_invitation_mail(guest, subject="Einladung zum Runden Tisch")
    Answer.objects.create(invitation=guest, number=1, choice="room", note="rief an")
    record("events.edited", guest)
    page = staff_client.get(guest_url(guest))
    text = page.content.decode()
    for shown in ("Erika", "weil", "Ich komme später", "Einladung zum Runden Tisch", "rief an"):
        assert shown in text
    assert [entry.verb for entry in page.context["timeline"]] == ["events.edited"]


def test_a_failed_mail_shows_its_cause_in_plain_words(staff_client: Client) -> None:
    guest = make_invitation()
    make_invitation_mail(guest, state="failed", reason="no_such_user", server_answer="550 5.1.1")
    ((_mail, cause),) = staff_client.get(guest_url(guest)).context["mails"]
    assert cause
    assert cause in staff_client.get(guest_url(guest)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_guest_page_takes_the_same_queries_however_long_the_story(
    staff_client: Client, django_assert_num_queries: Any, number: int
) -> None:
    guest = make_seated(make_event(), city=make_city())
    for count in range(number):
        make_invitation_mail(guest, count)
        Answer.objects.create(invitation=guest, number=count, choice="room")
        record("events.edited", guest)
    staff_client.get(guest_url(guest))
    with django_assert_num_queries(7):
        staff_client.get(guest_url(guest))


def test_reading_the_pages_changes_no_row(staff_client: Client) -> None:
    guest = make_invitation()
    mail = make_invitation_mail(guest, state="queued")
    before = (Invitation.objects.values().get(), type(mail).objects.values().get())
    staff_client.get(guests_url(guest))
    staff_client.get(guest_url(guest))
    assert (Invitation.objects.values().get(), type(mail).objects.values().get()) == before


def test_a_withdrawn_guest_is_shown_as_such_and_offers_no_action(staff_client: Client) -> None:
    guest = make_invitation(withdrawn_at=timezone.now())
    text = staff_client.get(guest_url(guest)).content.decode()
    assert address("guest_resend", guest.event.slug, guest.public_id) not in text
