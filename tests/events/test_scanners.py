"""Mail scanners open every link and some press buttons: nothing of that changes a row."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse

from events.models import Invitation
from events.operations import answer
from events.tokens import token_for
from mailing.models import BlockedAddress
from tests.events.links import enter, every_row, open_event, open_url, page_url
from tests.factories import make_invitation
from tests.page_forms import forms_of

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options")


@pytest.fixture(autouse=True)
def no_wrong_links_yet() -> None:
    cache.clear()


@pytest.fixture(params=["silent", "confirmed", "waiting", "no", "opted out"])
def invitation(request: pytest.FixtureRequest) -> Invitation:
    event = open_event(room=1)
    guest = make_invitation(event)
    if request.param == "waiting":
        answer(invitation=make_invitation(event), choice="room", consented=True)
    if request.param in ("confirmed", "waiting"):
        answer(invitation=guest, choice="room", consented=True)
    if request.param == "no":
        answer(invitation=guest, choice="no")
    if request.param == "opted out":
        BlockedAddress.objects.create(email=guest.email, reason="opted_out")
    return guest


def links_of(invitation: Invitation) -> list[str]:
    """Every address that a mail or the page itself shows to a scanner."""
    pages = [page_url(invitation, name) for name in ("page", "answer", "opt_out", "calendar")]
    return [
        open_url(invitation),
        reverse("invitation:unsubscribe", args=[token_for(invitation)]),
        *pages,
        pages[0] + "?language=en",
        f"/i/{invitation.public_id}.{'A' * 22}/",
        "/i/broken/",
        invitation.event.get_absolute_url(),
        reverse("events:ics", args=[invitation.event.slug]),
    ]


@pytest.mark.parametrize("method", METHODS)
def test_looking_changes_no_row(client: Client, invitation: Invitation, method: str) -> None:
    before = every_row()
    for _visit in range(2):  # the second time with the cookie of the first
        for url in links_of(invitation):
            assert getattr(client, method)(url).status_code in {200, 302, 404, 405}
        client.get(open_url(invitation))
    assert every_row() == before


@pytest.mark.parametrize("method", METHODS)
def test_looking_writes_no_session(client: Client, invitation: Invitation, method: str) -> None:
    for url in [open_url(invitation), *links_of(invitation)]:
        getattr(client, method)(url)
    assert set(client.cookies) <= {"ude-invitation", "csrftoken"}


def test_pressing_every_button_with_the_form_as_it_stands_changes_nothing(
    client: Client,
) -> None:
    silent = make_invitation(open_event())
    enter(client, silent)
    before = every_row()
    for name in ("answer", "opt_out"):
        assert client.post(page_url(silent, name), {"language": "de"}).status_code == 200
    assert every_row() == before


def test_pressing_every_button_of_every_page_as_it_was_found_changes_nothing(
    client: Client, invitation: Invitation
) -> None:
    unsubscribe = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    pages = [enter(client, invitation), client.get(unsubscribe)]
    found = [
        form
        for page in pages
        for form in forms_of(page.content.decode(), page.request["PATH_INFO"])
    ]
    before = every_row()
    for form in found:
        client.post(form.action, form.pressed())
    assert len(found) == 3
    assert every_row() == before


def test_the_comparison_notices_one_changed_number(invitation: Invitation) -> None:
    before = every_row()
    Invitation.objects.filter(pk=invitation.pk).update(send_count=F("send_count") + 1)
    assert every_row() != before


def test_the_comparison_notices_a_chosen_answer(client: Client) -> None:
    silent = make_invitation(open_event())
    enter(client, silent)
    before = every_row()
    client.post(page_url(silent, "answer"), {"choice": "no"})
    assert every_row() != before
