"""Trying again, and blocking addresses."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.models import Entry
from mailing import operations
from mailing.models import BlockedAddress, Mail
from tests.factories import make_mail, make_staff

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN, State.CANCELLED])
def test_a_mail_that_did_not_arrive_is_queued_again(state):
    staff = make_staff()
    mail = make_mail(state=state, attempts=13, crashes=3, reason="gave_up", server_answer="451")
    mail = operations.retry(mail=mail, by=staff)
    assert (mail.state, mail.attempts, mail.crashes) == (State.QUEUED, 0, 0)
    assert (mail.reason, mail.server_answer, mail.handed_over_at) == ("", "", None)
    assert mail.next_attempt_at <= timezone.now()
    assert mail.may_be_duplicate is (state == State.UNCERTAIN)
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.sentence) == (
        "mailing.retried",
        staff,
        "E-Mail erneut eingereiht",
    )


def test_a_second_click_changes_nothing():
    staff, mail = make_staff(), make_mail(state=State.FAILED)
    operations.retry(mail=mail, by=staff)
    assert operations.retry(mail=mail, by=staff).state == State.QUEUED
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("state", [State.SENT, State.STALE, State.CLAIMED, State.HELD])
def test_other_mails_are_not_sent_again(state):
    now = timezone.now()
    mail = make_mail(state=state, sent_at=now, lease_until=now)
    with pytest.raises(ValidationError) as refusal:
        operations.retry(mail=mail, by=make_staff())
    assert refusal.value.code == "not_retryable"


def test_an_erased_mail_cannot_be_sent_again():
    mail = make_mail(state=State.FAILED, erased_at=timezone.now())
    with pytest.raises(ValidationError) as refusal:
        operations.retry(mail=mail, by=make_staff())
    assert refusal.value.code == "erased"


def test_blocking_twice_keeps_the_newer_answer():
    operations.block("Amt@Stadt.example ", "bounced", "550 no")
    operations.block("amt@stadt.example", "bounced", "550 " + "x" * 300)
    row = BlockedAddress.objects.get()
    assert (row.email, row.reason, row.detail) == (
        "amt@stadt.example",
        "bounced",
        "550 " + "x" * 246,
    )


def test_a_bounce_never_replaces_the_owners_wish():
    operations.block("amt@stadt.example", "opted_out")
    operations.block("amt@stadt.example", "bounced", "550 no")
    assert BlockedAddress.objects.get().reason == "opted_out"


def test_opting_out_replaces_a_bounce():
    operations.block("amt@stadt.example", "bounced", "550 no")
    operations.block("amt@stadt.example", "opted_out")
    assert BlockedAddress.objects.get().reason == "opted_out"


def test_unblocking_lifts_the_block_in_any_spelling():
    operations.block("amt@stadt.example", "bounced")
    operations.unblock(" AMT@stadt.example")
    assert operations.blocked(["amt@stadt.example"]) == {}


def test_blocked_ones_are_named_as_they_were_spelt(django_assert_num_queries):
    operations.block("a@stadt.example", "bounced")
    operations.block("b@stadt.example", "opted_out")
    with django_assert_num_queries(1):
        found = operations.blocked(["A@stadt.example", "b@stadt.example", "c@stadt.example"])
    assert found == {"A@stadt.example": "bounced", "b@stadt.example": "opted_out"}
