"""What ends links or erases guests is noted, and done again on a restored database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from events import operations, tokens
from events.models import Invitation
from events.personal_data import anonymise_guests
from journal.models import Entry
from mailing.models import Mail
from mailing.operations import blocked
from privacy import ledger
from privacy.models import LedgerLine
from tests.factories import (
    make_event,
    make_invitation,
    make_invitation_mail,
    make_pool,
    make_seated,
    make_staff,
)

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[str, dict[str, Any]]]:
    return list(LedgerLine.objects.values_list("what", "facts"))


def again(what: str, guest: Invitation, version: int = 2) -> int:
    """How often a line about the guest was done again."""
    now = timezone.now()
    line = {"at": now.isoformat(), "what": what, "id": guest.public_id, "version": version}
    done, failed = ledger.replay([line], since=now)
    assert failed == []
    guest.refresh_from_db()
    return done.total()


def opens(token: str) -> bool:
    return tokens.invitation_for(token) is not None


def test_withdrawing_is_noted_with_the_version_it_raised() -> None:
    guest = make_invitation()
    operations.withdraw(invitation=guest, by=make_staff())
    assert noted() == [("events.withdrawn", {"id": guest.public_id, "version": 2})]


def test_correcting_an_address_is_noted_without_the_address() -> None:
    guest = make_invitation()
    operations.correct_address(invitation=guest, email="neu@stadt.example", by=make_staff())
    assert noted() == [("events.address_corrected", {"id": guest.public_id, "version": 2})]


def test_opting_out_is_noted_once() -> None:
    guest = make_invitation()
    for _ in range(2):
        operations.opt_out(invitation=guest)
    assert noted() == [("events.opted_out", {"id": guest.public_id})]


def test_the_purge_notes_each_guest_and_a_dry_run_none() -> None:
    guest = make_invitation()
    much_later = guest.event.ends_at + dt.timedelta(days=300)
    anonymise_guests(much_later, True)
    assert noted() == []
    anonymise_guests(much_later, False)
    assert noted() == [("events.anonymised", {"id": guest.public_id, "version": 2})]


def test_a_withdrawn_guest_is_withdrawn_again_and_the_seat_goes_on() -> None:
    event = make_event()
    pool = make_pool(event, capacity=1)
    seated, waiting = make_seated(event), make_seated(event, 1)
    token = tokens.token_for(seated)
    assert opens(token)

    assert again("events.withdrawn", seated) == 1
    assert again("events.withdrawn", seated) == 0

    waiting.refresh_from_db(), pool.refresh_from_db()
    assert (opens(token), seated.is_withdrawn, seated.token_version) == (False, True, 2)
    assert (waiting.seat, pool.taken) == (Invitation.Seat.CONFIRMED, 1)


def test_the_version_is_the_one_of_the_ledger_also_when_it_was_raised_more_often() -> None:
    guest = make_invitation()
    assert again("events.withdrawn", guest, version=5) == 1
    assert guest.token_version == 5


def test_a_wrong_address_does_not_come_back() -> None:
    guest = make_invitation(email="falsch@stadt.example")
    mail = make_invitation_mail(guest, state=Mail.State.HELD)
    token = tokens.token_for(guest)

    assert again("events.address_corrected", guest) == 1
    assert again("events.address_corrected", guest) == 0

    mail.refresh_from_db()
    assert (opens(token), guest.email) == (False, f"{guest.pk}@address-missing.invalid")
    assert blocked([guest.email]) == {guest.email: "bounced"}
    assert mail.state == Mail.State.CANCELLED
    assert Entry.objects.get().verb == "events.address_missing"


def test_staff_enter_the_right_address_again() -> None:
    guest = make_invitation(email="falsch@stadt.example")
    again("events.address_corrected", guest)

    operations.correct_address(invitation=guest, email="neu@stadt.example", by=make_staff())

    guest.refresh_from_db()
    assert (guest.email, guest.token_version) == ("neu@stadt.example", 3)


def test_an_erased_guest_is_erased_again() -> None:
    guest = make_invitation(name="Erika Beispiel")
    token = tokens.token_for(guest)

    assert again("events.anonymised", guest) == 1
    assert again("events.anonymised", guest) == 0

    assert (opens(token), guest.name) == (False, "")
    assert guest.email == f"{guest.pk}@anonymised.invalid"


def test_who_opted_out_stays_out() -> None:
    guest = make_invitation()
    assert again("events.opted_out", guest) == 1
    assert blocked([guest.email]) == {guest.email: "opted_out"}


@pytest.mark.parametrize("what", ["withdrawn", "address_corrected", "anonymised", "opted_out"])
def test_who_was_invited_after_the_backup_is_not_missed(what: str) -> None:
    gone = make_invitation()
    line = {"at": timezone.now().isoformat(), "what": f"events.{what}", "version": 2}
    done, failed = ledger.replay([{**line, "id": "gone"}], since=timezone.now())
    gone.refresh_from_db()
    assert (done.total(), failed, gone.token_version) == (0, [], 1)
