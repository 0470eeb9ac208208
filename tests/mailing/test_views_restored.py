"""After a backup was restored, staff open the outbox without a shell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from journal.models import Entry
from mailing import restoring
from mailing.models import Mail, Restoration
from tests.factories import make_mail, make_staff, make_user

pytestmark = pytest.mark.django_db
STATE_OF = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def page(client: Client) -> str:
    return client.get(reverse("mailing:outbox")).content.decode()


def test_the_outbox_says_why_it_is_closed_and_what_waits(staff: Client) -> None:
    make_mail()
    restoring.close(backup_of=STATE_OF)
    make_mail(), make_mail()

    shown = page(staff)

    assert "auf den Stand vom 20.11.2026 13:00" in shown
    assert "Aus der Sicherung: 1 (" in shown
    assert "Seitdem geschrieben: 2 (" in shown
    assert "Wartete, als eine Sicherung wiederhergestellt wurde." in shown


def test_an_open_outbox_has_no_such_notice(staff: Client) -> None:
    make_mail()
    assert "Der Postausgang ist geschlossen" not in page(staff)


def test_a_copy_put_back_by_hand_has_no_date(staff: Client) -> None:
    restoring.close()
    assert "Geschlossen am" in page(staff)


@pytest.mark.parametrize(
    ("name", "told", "state"),
    [
        ("release", "E-Mails, die jetzt hinausgehen: 1", Mail.State.QUEUED),
        ("drop", "Verworfene E-Mails: 1", Mail.State.CANCELLED),
    ],
)
def test_one_button_opens_it(staff: Client, name: str, told: str, state: str) -> None:
    mail = make_mail()
    restoring.close()

    shown = staff.post(reverse(f"mailing:{name}"), follow=True).content.decode()

    mail.refresh_from_db()
    assert told in shown
    assert "Der Postausgang ist geschlossen" not in shown
    assert (mail.state, Entry.objects.get().actor) == (state, Entry.Actor.PERSON)


@pytest.mark.parametrize("name", ["release", "drop"])
def test_looking_never_opens_it(staff: Client, name: str) -> None:
    restoring.close()
    assert staff.get(reverse(f"mailing:{name}")).status_code == 405
    assert Restoration.objects.undecided().count() == 1


@pytest.mark.parametrize("name", ["release", "drop"])
def test_only_staff_open_it(client: Client, name: str) -> None:
    restoring.close()
    client.force_login(make_user())
    assert client.post(reverse(f"mailing:{name}")).status_code == 404
    assert Restoration.objects.undecided().count() == 1
