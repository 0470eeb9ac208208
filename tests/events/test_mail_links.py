from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from events import mails
from events.mail_kinds import KINDS
from events.mail_links import unsubscribe_headers
from events.models import Answer, Event, Invitation, ReminderRule
from events.tokens import link_for
from mailing.models import Mail
from mailing.operations import enqueue
from mailing.registry import Links, Stale, kind_of
from mailing.subjects import Subjects
from tests.factories import make_event, make_invitation, make_pool, make_seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event()
    make_pool(event)
    return event


@pytest.fixture
def guest(event: Event) -> Invitation:
    return make_invitation(event, send_count=1)


def finish(mail: Mail) -> Links | Stale:
    return kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))


def move(event: Event, **changes: Any) -> None:
    Event.objects.filter(pk=event.pk).update(**changes)


def alter(guest: Invitation, **changes: Any) -> None:
    Invitation.objects.filter(pk=guest.pk).update(**changes)


def over(event: Event) -> None:
    ago = timezone.now() - dt.timedelta(days=1)
    move(event, starts_at=ago, ends_at=ago, answer_by=ago)


def test_an_invitation_gets_its_link_and_one_click_unsubscribing(guest: Invitation) -> None:
    links = finish(enqueue(mails.invitation(guest)))
    assert links == Links(
        {"answer": link_for(guest)},
        {
            "List-Unsubscribe": f"<{link_for(guest)}unsubscribe/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    assert unsubscribe_headers(guest) == links.headers


def test_the_link_is_the_one_of_the_present_token_version(guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    old = link_for(guest)
    alter(guest, token_version=2)
    assert finish(mail).texts["answer"] != old


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"withdrawn_at": timezone.now()}, "withdrawn"),
        ({"email": "neu@stadt.example"}, "address_corrected"),
        ({"send_count": 2}, "superseded"),
    ],
)
def test_an_invitation_becomes_stale(
    guest: Invitation, changes: dict[str, Any], reason: str
) -> None:
    mail = enqueue(mails.invitation(guest))
    alter(guest, **changes)
    assert finish(mail) == Stale(reason)


def test_an_invitation_answered_meanwhile_is_stale(guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    alter(guest, choice="no", answered_at=timezone.now())
    assert finish(mail) == Stale("answered")


def test_an_invitation_sent_again_to_somebody_who_had_answered_goes_out(guest: Invitation) -> None:
    alter(guest, choice="no", answered_at=timezone.now() - dt.timedelta(days=1))
    assert finish(enqueue(mails.invitation(guest))).texts == {"answer": link_for(guest)}


def test_case_in_an_address_is_no_correction(guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    alter(guest, email=guest.email.upper())
    assert isinstance(finish(mail), Links)


def test_a_deadline_moved_forward_stops_invitations(event: Event, guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    move(event, answer_by=timezone.now() - dt.timedelta(minutes=1))
    assert finish(mail) == Stale("closed")


def test_an_event_that_is_over_or_cancelled_stops_mails(event: Event, guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    move(event, state="cancelled")
    assert finish(mail) == Stale("cancelled")
    over(event)
    assert finish(mail) == Stale("over")


def test_a_deleted_invitation_leaves_stale_mails(guest: Invitation) -> None:
    mail = enqueue(mails.invitation(guest))
    guest.delete()
    assert finish(mail) == Stale("gone")
    mail.about_id = None
    assert finish(mail) == Stale("gone")


def test_only_the_newest_answer_is_confirmed(event: Event) -> None:
    guest = make_seated(event)
    first, second = (
        Answer.objects.create(invitation=guest, number=number, choice="room", seat="confirmed")
        for number in (1, 2)
    )
    assert finish(enqueue(mails.confirmation(guest, first))) == Stale("superseded")
    assert finish(enqueue(mails.confirmation(guest, second))) == Links({"answer": link_for(guest)})


def test_a_promotion_is_stale_once_the_seat_is_given_up(event: Event) -> None:
    guest = make_seated(event)
    mail = enqueue(mails.promotion(guest))
    assert finish(mail) == Links({"answer": link_for(guest)})
    alter(guest, seat="", pool=None)
    assert finish(mail) == Stale("superseded")


def reminder(event: Event, guest: Invitation, to: str) -> tuple[ReminderRule, Mail]:
    rule = ReminderRule.objects.create(event=event, to=to, anchor="start", days_before=7)
    return rule, enqueue(mails.reminder(guest, rule))


def test_a_reminder_carries_link_and_unsubscribing(event: Event, guest: Invitation) -> None:
    _rule, mail = reminder(event, guest, "silent")
    assert finish(mail) == Links({"answer": link_for(guest)}, unsubscribe_headers(guest))


def test_whoever_answered_is_not_reminded_to_answer(event: Event, guest: Invitation) -> None:
    _rule, mail = reminder(event, guest, "silent")
    alter(guest, choice="no", answered_at=timezone.now())
    assert finish(mail) == Stale("answered")


def test_whoever_does_not_come_is_not_told_see_you_soon(event: Event) -> None:
    guest = make_seated(event)
    _rule, mail = reminder(event, guest, "coming")
    assert isinstance(finish(mail), Links)
    alter(guest, seat="", pool=None)
    assert finish(mail) == Stale("not_coming")


def test_a_reminder_of_old_dates_is_stale(event: Event, guest: Invitation) -> None:
    _rule, mail = reminder(event, guest, "silent")
    move(event, anchor_version=2)
    assert finish(mail) == Stale("moved")


def test_a_rule_switched_off_or_deleted_stops_its_reminders(
    event: Event, guest: Invitation
) -> None:
    rule, mail = reminder(event, guest, "silent")
    rule.is_active = False
    rule.save()
    assert finish(mail) == Stale("rule_off")
    rule.delete()
    assert finish(mail) == Stale("rule_off")


def test_only_the_newest_calendar_file_is_announced(event: Event) -> None:
    guest = make_seated(event, has_calendar=True, calendar_sequence=1)
    mail = enqueue(mails.change(guest))
    assert finish(mail) == Links({"answer": link_for(guest)})
    alter(guest, calendar_sequence=2)
    assert finish(mail) == Stale("superseded")
    alter(guest, calendar_sequence=1, has_calendar=False)
    assert finish(mail) == Stale("superseded")


def test_farewells_go_out_although_all_is_over_between_us(event: Event, guest: Invitation) -> None:
    farewells = [enqueue(mails.withdrawn(guest)), enqueue(mails.cancellation(guest))]
    alter(guest, withdrawn_at=timezone.now())
    move(event, state="cancelled")
    assert [finish(mail) for mail in farewells] == [Links(), Links()]
    over(event)
    assert [finish(mail) for mail in farewells] == [Stale("over"), Stale("over")]


def test_a_farewell_does_not_follow_a_wrong_address(guest: Invitation) -> None:
    mail = enqueue(mails.withdrawn(guest))
    alter(guest, email="neu@stadt.example")
    assert finish(mail) == Stale("address_corrected")


def test_a_test_leads_to_the_public_page_and_to_nobodys_own(
    event: Event, guest: Invitation
) -> None:
    mail = enqueue(mails.invitation(guest, test_to="ich@skew.example"))
    assert finish(mail) == Links({"answer": f"http://localhost:8000{event.get_absolute_url()}"})
    mail.about_id = None
    assert finish(mail) == Stale("gone")
    mail.about_id = 999_999
    assert finish(mail) == Stale("gone")


def test_only_invitations_and_reminders_respect_an_opt_out() -> None:
    assert {kind.key for kind in KINDS if not kind.essential} == {
        "events.invitation",
        "events.reminder",
    }
    assert {kind.when_uncertain for kind in KINDS} == {"resend"}
