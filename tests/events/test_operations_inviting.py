from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from events.audience import Criteria, preflight
from events.models import Delegation, Event, Invitation
from events.operations import continue_sending, invite, send_test, stop_sending
from events.operations.inviting import new_invitation, rewrite_waiting
from events.recipients import Recipient
from journal.models import Entry
from mailing.models import Mail
from partnerships.models import Position
from tests.factories import (
    make_city,
    make_event,
    make_mayor,
    make_partner_city,
    make_partnership,
    make_pool,
    make_position,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event()
    make_pool(event, "speak")
    make_pool(event, "listen")
    return event


@pytest.fixture
def staff() -> User:
    return make_staff()


def found(event: Event, **criteria: Any) -> list[Recipient]:
    return preflight(event, Criteria(**criteria)).recipients


def test_everybody_gets_an_invitation_and_one_mail(event: Event, staff: User) -> None:
    make_mayor(make_city("Köln"))
    make_position(make_city("Ulm"))
    recipients = found(event, countries=("DE",), people="jo@x.example; en")
    invitations = invite(event=event, recipients=recipients, by=staff)
    assert [one.email for one in invitations] == [one.email for one in recipients]
    assert list(Mail.objects.order_by("pk").values_list("key", "to", "language", "state")) == [
        (f"events.invitation:{one.pk}:1", one.email, one.language, "queued") for one in invitations
    ]


def test_the_invitation_keeps_how_the_guest_was_addressed(event: Event, staff: User) -> None:
    koeln = make_city("Köln")
    position = make_mayor(koeln, holder="Henriette Muster")
    (recipient,) = found(event, countries=("DE",))
    (invitation,) = invite(event=event, recipients=[recipient], by=staff)
    Position.objects.filter(pk=position.pk).update(email="anders@koeln.example", language="en")
    stored = Invitation.objects.get(pk=invitation.pk)
    assert (stored.position, stored.holder, stored.city) == (position, recipient.holder, koeln)
    assert (stored.name, stored.function) == (recipient.name, recipient.function)
    assert (stored.salutation, stored.reason) == ("Guten Tag Henriette Muster,", recipient.why)
    assert (stored.email, stored.language) == (recipient.email, "de")
    assert (stored.time_zone, stored.right) == ("Europe/Berlin", "speak")
    assert (stored.send_count, stored.delegation, stored.choice) == (1, None, "")


def test_guests_of_a_partnership_stand_in_its_delegation(event: Event, staff: User) -> None:
    koeln, nashville = make_city("Köln"), make_partner_city("Nashville")
    partnership = make_partnership(koeln, nashville)
    make_mayor(koeln)
    make_mayor(nashville)
    recipients = found(event, partnerships=(partnership.pk,), people="jo@x.example")
    invitations = invite(event=event, recipients=recipients, by=staff)
    delegation = Delegation.objects.get(event=event, partnership=partnership)
    assert [one.delegation for one in invitations] == [delegation, delegation, None]


def test_later_guests_join_the_same_delegation(event: Event, staff: User) -> None:
    koeln = make_city("Köln")
    partnership = make_partnership(koeln, make_partner_city())
    for _ in range(2):
        make_mayor(koeln)
        recipients = found(event, partnerships=(partnership.pk,))
        invite(event=event, recipients=recipients, by=staff)
    assert [one.invitations.count() for one in event.delegations.all()] == [2]


def test_inviting_the_same_people_again_changes_nothing(event: Event, staff: User) -> None:
    make_mayor(make_city("Köln"))
    recipients = found(event, countries=("DE",), people="Jo <jo@x.example>")
    first = invite(event=event, recipients=recipients, by=staff)
    entries = Entry.objects.count()
    assert invite(event=event, recipients=recipients, by=staff) == first
    assert (Invitation.objects.count(), Mail.objects.count()) == (2, 2)
    assert Entry.objects.count() == entries


def test_of_old_and_new_guests_only_the_new_are_mailed(event: Event, staff: User) -> None:
    one, other = make_mayor(make_city("Aachen")), make_mayor(make_city("Bonn"))
    recipients = found(event, countries=("DE",))
    invite(event=event, recipients=recipients[:1], by=staff)
    both = invite(event=event, recipients=recipients, by=staff)
    assert [invitation.position for invitation in both] == [one, other]
    assert Mail.objects.count() == 2


def test_the_constraints_refuse_a_second_invitation(event: Event, staff: User) -> None:
    """Negative control: what makes inviting idempotent is in the database."""
    make_mayor(make_city("Köln"))
    recipients = found(event, countries=("DE",), people="jo@x.example")
    invite(event=event, recipients=recipients, by=staff)
    for recipient in recipients:
        with pytest.raises(IntegrityError), transaction.atomic():
            new_invitation(event, recipient).save()


@pytest.mark.django_db(transaction=True)
def test_two_staff_who_invite_at_once_send_one_mail_each(event: Event, staff: User) -> None:
    for _ in range(5):
        make_mayor()
    recipients = found(event, countries=("DE",))
    barrier, results = threading.Barrier(2), []

    def send() -> None:
        barrier.wait()
        fresh = Event.objects.get(pk=event.pk)
        results.append(invite(event=fresh, recipients=recipients, by=staff))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results[0] == results[1]
    assert (Invitation.objects.count(), Mail.objects.count()) == (5, 5)
    assert Entry.objects.filter(verb="events.invited").count() == 1


def test_the_journal_has_one_entry_for_the_event_and_one_for_each_guest(
    event: Event, staff: User
) -> None:
    make_mayor(make_city("Köln"))
    recipients = found(event, countries=("DE",), people="jo@x.example")
    invitations = invite(event=event, recipients=recipients, by=staff)
    (entry,) = Entry.objects.about(event)
    assert (entry.verb, entry.by, entry.facts) == ("events.invited", staff, {"count": 2})
    for invitation in invitations:
        (own,) = Entry.objects.about(invitation)
        assert (own.verb, own.by, own.facts) == ("events.guest_invited", staff, {})


def refused(event: Event, staff: User) -> str:
    recipients = found(event, people="jo@x.example; en\nerika@x.example")
    with pytest.raises(ValidationError) as refusal:
        invite(event=event, recipients=recipients, by=staff)
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)
    return str(refusal.value.code)


def make_open() -> Event:
    event = make_event()
    make_pool(event, "listen")
    return event


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_an_event_that_is_not_published_invites_nobody(
    event: Event, staff: User, state: str
) -> None:
    event.state = state
    assert refused(event, staff) == "not_published"


def test_after_the_deadline_nobody_is_invited(event: Event, staff: User) -> None:
    event.answer_by = timezone.now() - dt.timedelta(minutes=1)
    assert refused(event, staff) == "closed"


def test_without_seats_nobody_is_invited(staff: User) -> None:
    assert refused(make_event(), staff) == "no_pools"


@pytest.mark.parametrize("field", ["invitation_subject_en", "invitation_text_en"])
@pytest.mark.parametrize("empty", ["", "  \n", None])
def test_a_language_without_text_is_refused_and_named(
    event: Event, staff: User, field: str, empty: str | None
) -> None:
    setattr(event, field, empty)
    recipients = found(event, people="jo@x.example; en")
    with pytest.raises(ValidationError) as refusal:
        invite(event=event, recipients=recipients, by=staff)
    assert refusal.value.code == "missing_language"
    assert refusal.value.messages == [
        "Betreff oder Text der Einladung fehlen in dieser Sprache: Englisch"
    ]


def test_a_language_nobody_needs_may_be_missing(event: Event, staff: User) -> None:
    event.invitation_text_en = ""
    recipients = found(event, people="erika@x.example")
    assert len(invite(event=event, recipients=recipients, by=staff)) == 1


def test_more_people_than_fit_in_one_insert_are_invited(event: Event, staff: User) -> None:
    recipients = found(event, people="\n".join(f"gast{n}@x.example" for n in range(600)))
    assert len(invite(event=event, recipients=recipients, by=staff)) == 600
    assert Mail.objects.filter(state=Mail.State.QUEUED).count() == 600


# Test, stop, continue ------------------------------------------------------------------


def test_a_test_reaches_the_tester_and_invites_nobody(event: Event, staff: User) -> None:
    event.state = Event.State.DRAFT
    (recipient,) = found(event, people="jo@x.example; en")
    mail = send_test(event=event, recipient=recipient, by=staff)
    assert (mail.to, mail.subject) == (staff.email, "[TEST] Invitation to the roundtable")
    assert Invitation.objects.count() == 0
    assert [entry.verb for entry in Entry.objects.about(event)] == ["events.test_sent"]


def test_a_double_click_sends_one_test_and_a_later_click_another(event: Event, staff: User) -> None:
    (recipient,) = found(event, people="jo@x.example")
    mails = []
    for second in (0, 1, 61):
        at = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC) + dt.timedelta(seconds=second)
        with time_machine.travel(at, tick=False):
            mails.append(send_test(event=event, recipient=recipient, by=staff).pk)
    assert mails[0] == mails[1] != mails[2]


def test_a_test_without_text_is_refused(event: Event, staff: User) -> None:
    event.invitation_text_de = ""
    (recipient,) = found(event, people="jo@x.example")
    with pytest.raises(ValidationError) as refusal:
        send_test(event=event, recipient=recipient, by=staff)
    assert refusal.value.code == "missing_language"


@pytest.fixture
def invited(event: Event, staff: User) -> list[Invitation]:
    recipients = found(event, people="a@x.example\nb@x.example\nc@x.example")
    return invite(event=event, recipients=recipients, by=staff)


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_stopping_holds_what_has_not_left(
    event: Event, staff: User, invited: list[Invitation]
) -> None:
    Mail.objects.filter(to="a@x.example").update(state="sent", sent_at=timezone.now())
    assert stop_sending(event=event, by=staff) == 2
    assert states() == ["sent", "held", "held"]
    assert stop_sending(event=event, by=staff) == 0
    assert Entry.objects.filter(verb="events.sending_stopped").get().facts == {"count": 2}


def test_continuing_lets_the_held_go(event: Event, staff: User, invited: list[Invitation]) -> None:
    stop_sending(event=event, by=staff)
    assert continue_sending(event=event, by=staff) == 3
    assert states() == ["queued"] * 3
    assert continue_sending(event=event, by=staff) == 0
    assert Entry.objects.filter(verb="events.sending_continued").get().facts == {"count": 3}


def test_other_events_and_other_mails_are_not_stopped(event: Event, staff: User) -> None:
    other = make_open()
    invite(event=other, recipients=found(other, people="a@x.example"), by=staff)
    (recipient,) = found(event, people="b@x.example")
    send_test(event=event, recipient=recipient, by=staff)
    assert stop_sending(event=event, by=staff) == 0


def test_what_continues_has_the_text_corrected_meanwhile(
    event: Event, staff: User, invited: list[Invitation]
) -> None:
    stop_sending(event=event, by=staff)
    event.invitation_subject_de, event.invitation_text_de = "Neuer Betreff", "neuer Text."
    event.answer_by += dt.timedelta(days=1)
    event.save()
    continue_sending(event=event, by=staff)
    for mail in Mail.objects.all():
        assert (mail.subject, mail.not_after) == ("Neuer Betreff", event.answer_by)
        assert "neuer Text." in mail.text
        assert "neuer Text." in mail.html


def test_what_has_been_sent_is_not_rewritten(event: Event, invited: list[Invitation]) -> None:
    Mail.objects.update(state="sent", sent_at=timezone.now())
    event.invitation_subject_de = "Neuer Betreff"
    assert rewrite_waiting(event) == 0
    assert not Mail.objects.filter(subject="Neuer Betreff").exists()


def test_an_older_sending_is_not_rewritten(event: Event, invited: list[Invitation]) -> None:
    Invitation.objects.filter(pk=invited[0].pk).update(send_count=2)
    assert rewrite_waiting(event) == 2


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_queries_does_not_grow(
    event: Event, staff: User, people: int, django_assert_num_queries: Any
) -> None:
    recipients = found(event, people="\n".join(f"gast{n}@x.example" for n in range(people)))
    # The first invitation fills the cache of content types, which the journal reads.
    invite(event=event, recipients=found(event, people="warm@x.example"), by=staff)
    with django_assert_num_queries(11):
        invite(event=event, recipients=recipients, by=staff)
