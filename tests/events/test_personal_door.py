from __future__ import annotations

import datetime as dt
import logging
import sys

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Invitation
from events.operations import withdraw
from events.tokens import COOKIE, token_for
from tests.events.links import enter, open_event, open_url, page_url
from tests.factories import make_invitation, make_staff
from ude_portal.logs import MaskLinks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_wrong_links_yet() -> None:
    cache.clear()


@pytest.fixture
def invitation() -> Invitation:
    return make_invitation(open_event(), language="de")


def wrong(invitation: Invitation) -> str:
    return f"/i/{invitation.public_id}.{'A' * 22}/"


def test_the_link_moves_the_grant_into_a_cookie_and_leads_to_the_clean_address(
    client: Client, invitation: Invitation
) -> None:
    response = client.get(open_url(invitation))
    assert (response.status_code, response["Location"]) == (302, f"/i/{invitation.public_id}/")
    cookie = response.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        f"/i/{invitation.public_id}/",
        True,
        "Lax",
        "",
    )
    left = (invitation.readable_until - timezone.now()).total_seconds()
    assert left - 5 < cookie["max-age"] <= left
    assert list(response.cookies) == [COOKIE]


def test_the_cookie_is_secure_where_sessions_are(
    client: Client, invitation: Invitation, settings: object
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert client.get(open_url(invitation)).cookies[COOKIE]["secure"] is True


def test_a_link_that_lost_its_last_slash_still_works(
    client: Client, invitation: Invitation
) -> None:
    response = client.get(open_url(invitation).rstrip("/"), follow=True)
    assert response.redirect_chain[-1] == (f"/i/{invitation.public_id}/", 302)
    assert response.status_code == 200


def test_wrong_expired_withdrawn_and_broken_links_get_one_and_the_same_page(
    client: Client, invitation: Invitation
) -> None:
    expired = make_invitation(open_event())
    withdrawn = make_invitation(invitation.event)
    old = open_url(withdrawn)
    withdraw(invitation=withdrawn, by=make_staff())
    answers = [
        client.get(url)
        for url in (wrong(invitation), old, open_url(withdrawn), f"/i/{'x' * 22}.{'y' * 22}/")
    ]
    answers += [client.get("/i/abgeschnitten/"), client.get("/i/a/b/c/")]
    with time_machine.travel(expired.readable_until + dt.timedelta(minutes=1), tick=False):
        answers.append(client.get(open_url(expired)))
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert "Dieser Link funktioniert nicht" in answers[0].content.decode()
    assert "This link does not work" in answers[0].content.decode()


def test_a_revoked_link_is_closed_also_for_who_came_in_before(
    client: Client, invitation: Invitation
) -> None:
    assert enter(client, invitation).status_code == 200
    withdraw(invitation=invitation, by=make_staff())
    assert client.get(page_url(invitation)).status_code == 404
    assert client.post(page_url(invitation, "answer"), {"choice": "no"}).status_code == 404
    assert Invitation.objects.get(pk=invitation.pk).choice == ""


def test_without_the_cookie_known_and_unknown_ids_answer_alike(
    client: Client, invitation: Invitation
) -> None:
    known = client.get(page_url(invitation))
    unknown = client.get(f"/i/{'x' * 22}/")
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content == unknown.content
    assert "Bitte öffnen Sie den Link in Ihrer E-Mail" in known.content.decode()
    assert invitation.event.title not in known.content.decode()


@pytest.mark.parametrize("name", ["answer", "opt_out", "calendar"])
def test_without_the_cookie_nothing_can_be_done(
    client: Client, invitation: Invitation, name: str
) -> None:
    call = client.get if name == "calendar" else client.post
    response = call(page_url(invitation, name), {"choice": "no", "confirmed": "on"})
    assert response.status_code == 404
    assert Invitation.objects.get(pk=invitation.pk).choice == ""


def test_the_cookie_of_one_invitation_does_not_open_another(client: Client) -> None:
    mine, foreign = make_invitation(open_event()), make_invitation(open_event())
    grant = client.get(open_url(mine)).cookies[COOKIE].value
    client.cookies[COOKIE] = grant  # sent to every path
    assert client.get(page_url(mine)).status_code == 200
    assert client.get(page_url(foreign)).status_code == 404


def test_after_twenty_wrong_links_the_page_asks_to_wait(
    client: Client, invitation: Invitation
) -> None:
    statuses = [client.get(wrong(invitation)).status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]
    limited = client.get(wrong(invitation))
    assert limited["Retry-After"] == "600"
    assert "Bitte warten Sie zehn Minuten" in limited.content.decode()
    assert client.get(wrong(invitation), REMOTE_ADDR="10.1.1.1").status_code == 404
    assert client.get(open_url(invitation)).status_code == 302


def test_the_limit_ends_with_its_window(client: Client, invitation: Invitation) -> None:
    for _ in range(21):
        client.get(wrong(invitation))
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=601)):
        assert client.get(wrong(invitation)).status_code == 404


def test_a_cache_that_keeps_nothing_limits_nobody_and_breaks_nothing(
    client: Client, invitation: Invitation, settings: object
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert {client.get(wrong(invitation)).status_code for _ in range(22)} == {404}


def test_a_forged_forwarding_header_buys_no_further_tries(
    client: Client, invitation: Invitation
) -> None:
    for _ in range(20):
        client.get(wrong(invitation))
    forged = client.get(wrong(invitation), headers={"x-forwarded-for": "10.9.9.9"})
    assert forged.status_code == 429


def test_every_personal_answer_is_kept_out_of_caches_and_search_engines(
    client: Client, invitation: Invitation
) -> None:
    unsubscribe = reverse("invitation:unsubscribe", args=[token_for(invitation)])
    answers = [
        client.get(page_url(invitation)),
        client.get(wrong(invitation)),
        client.get(unsubscribe),
        client.get(open_url(invitation)),
        client.get(page_url(invitation)),
        client.get(page_url(invitation, "answer")),
        client.post(page_url(invitation, "answer"), {}),
        client.get(page_url(invitation, "calendar")),
    ]
    names = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert {tuple(response[name] for name in names) for response in answers} == {
        ("no-store", "noindex, nofollow", "same-origin")
    }


def test_no_log_line_holds_the_token(client: Client, invitation: Invitation) -> None:
    path = wrong(invitation)
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)
    unmasked = record.getMessage()
    MaskLinks().filter(record)
    assert (unmasked, record.getMessage()) == (f"Not Found: {path}", "Not Found: /i/***/")


def test_the_log_of_a_wrong_link_is_masked(
    client: Client, invitation: Invitation, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = next(h for h in logging.getLogger().handlers if h.filters)
    handler.setStream(sys.stderr)
    client.get(wrong(invitation))
    written = capsys.readouterr().err
    assert "/i/***/" in written
    assert "A" * 22 not in written
