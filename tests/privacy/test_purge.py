"""The purge does what the inventory says: nothing early, everything in time, again and again."""

from __future__ import annotations

import datetime as dt
import logging
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from events import tokens
from events.models import Answer, Invitation
from journal.models import Entry
from mailing.models import BlockedAddress, Mail
from partnerships.models import (
    Handover,
    Holder,
    Import,
    ImportRow,
    Membership,
)
from privacy import purge
from privacy.tasks import purge as purge_task
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_mail,
    make_mayor,
    make_membership,
    make_office_invitation,
    make_pool,
    make_position,
    make_role_request,
    make_staff,
    make_user,
    make_wish,
)
from tests.partnerships.importing.stored import make_import, make_import_row
from tests.privacy.stored import asked_and_answered, old_exchange, snapshot

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 17, 12, tzinfo=dt.UTC)


def ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def run(step: str, *, at: dt.datetime = NOW, dry_run: bool = False) -> int:
    return purge.run(at=at, dry_run=dry_run)[step]


def sent(days: int, **extra: Any) -> Mail:
    return make_mail(
        state="sent", sent_at=ago(days), created_at=ago(days), calendar="x", html="x", **extra
    )


def guest(days_since_end: int, **extra: Any) -> Invitation:
    end = ago(days_since_end)
    event = make_event(starts_at=end, ends_at=end, answer_by=end)
    position = make_mayor()
    return make_invitation(
        event,
        position=position,
        holder=position.holders.get(),
        city=position.city,
        function="OB",
        reason="OB von Aachen",
        answered_by_name="Anna Vorzimmer",
        message="Komme später",
        choice="no",
        answered_at=end,
        **extra,
    )


def test_every_step_belongs_to_an_app() -> None:
    assert purge.steps() == [
        "accounts.inactive",
        "accounts.unconfirmed",
        "accounts.administration_log",
        "accounts.sessions",
        "partnerships.uploads",
        "partnerships.cells",
        "partnerships.holders",
        "partnerships.memberships",
        "partnerships.role_requests",
        "partnerships.office_invitations",
        "partnerships.handovers",
        "partnerships.questions",
        "partnerships.answers",
        "partnerships.contact_wishes",
        "events.guests",
        *("exchanges.links", "exchanges.drafts", "exchanges.names", "exchanges.reviews"),
        *("exchanges.decided", "exchanges.reviewers"),
        "mailing.texts",
        "mailing.rows",
        "mailing.dead_mailboxes",
        "journal.entries",
    ]


@pytest.mark.parametrize(("days", "kept"), [(90, True), (91, False)])
def test_mail_texts_go_after_90_days_and_the_row_stays(days: int, kept: bool) -> None:
    mail = sent(days)
    assert run("mailing.texts") == int(not kept)
    mail.refresh_from_db()
    assert [bool(t) for t in (mail.text, mail.html, mail.calendar)] == [kept] * 3
    assert mail.erased_at == (None if kept else NOW)


@pytest.mark.parametrize("state", ["queued", "held"])
def test_mails_that_still_wait_keep_their_text(state: str) -> None:
    mail = make_mail(state=state, created_at=ago(200))
    assert run("mailing.texts") == 0
    mail.refresh_from_db()
    assert mail.text


def test_failed_mails_lose_their_text_counted_from_when_they_were_written() -> None:
    make_mail(state="failed", created_at=ago(91))
    assert run("mailing.texts") == 1


@pytest.mark.parametrize(("days", "left"), [(730, 1), (731, 0)])
def test_mail_rows_go_after_two_years(days: int, left: int) -> None:
    sent(days)
    run("mailing.rows")
    assert Mail.objects.count() == left


def test_a_mail_that_is_being_sent_is_not_pulled_away() -> None:
    make_mail(state="claimed", lease_until=NOW, created_at=ago(1000))
    assert run("mailing.rows") == 0


def test_dead_mailboxes_go_and_wishes_stay() -> None:
    for reason in ("bounced", "opted_out"):
        BlockedAddress.objects.create(
            email=f"{reason}@stadt.example", reason=reason, since=ago(1000)
        )
    BlockedAddress.objects.create(email="new@stadt.example", reason="bounced", since=ago(10))
    assert run("mailing.dead_mailboxes") == 1
    left = set(BlockedAddress.objects.values_list("email", flat=True))
    assert left == {"opted_out@stadt.example", "new@stadt.example"}


def test_guests_become_anonymous_six_months_after_the_event() -> None:
    invitation = guest(184)
    token = tokens.token_for(invitation)
    assert run("events.guests") == 1
    invitation.refresh_from_db()
    personal = [
        invitation.name,
        invitation.function,
        invitation.salutation,
        invitation.reason,
        invitation.answered_by_name,
        invitation.message,
    ]
    assert personal == [""] * 6
    assert invitation.email == f"{invitation.pk}@anonymised.invalid"
    assert (invitation.position, invitation.holder) == (None, None)
    assert tokens.invitation_for(token) is None


def test_numbers_stay_when_guests_become_anonymous() -> None:
    event = make_event(starts_at=ago(200), ends_at=ago(200), answer_by=ago(200))
    pool = make_pool(event)
    invitation = make_invitation(
        event, choice="room", seat="confirmed", pool=pool, answered_at=ago(210), city=make_city()
    )
    run("events.guests")
    fresh = Invitation.objects.get()
    for name in ("choice", "seat", "pool_id", "answered_at", "city_id", "right"):
        assert getattr(fresh, name) == getattr(invitation, name), name


def test_guests_of_recent_events_are_left_alone() -> None:
    invitation = guest(183)
    assert run("events.guests") == 0
    invitation.refresh_from_db()
    assert invitation.name


def test_answers_and_mails_of_anonymous_guests_lose_the_person_too() -> None:
    invitation = guest(184)
    answer = Answer.objects.create(
        invitation=invitation,
        number=1,
        choice="no",
        answered_by_name="Anna",
        message="Später",
        note="Anruf",
    )
    mails = [make_mail(about=invitation, state="held"), sent(100, about=invitation)]
    run("events.guests")
    answer.refresh_from_db()
    assert (answer.answered_by_name, answer.message, answer.note) == ("", "", "")
    for mail in mails:
        mail.refresh_from_db()
    assert {mail.to for mail in mails} == {"guest@anonymised.invalid"}
    assert [mail.state for mail in mails] == ["cancelled", "sent"]


def test_two_guests_of_one_mailbox_become_two_anonymous_ones() -> None:
    event = make_event(starts_at=ago(200), ends_at=ago(200), answer_by=ago(200))
    for position in (make_position(), make_position()):
        make_invitation(event, position=position, email="rathaus@stadt.example")
    assert run("events.guests") == 2
    assert Invitation.objects.values("email").distinct().count() == 2


@pytest.mark.parametrize(("days", "left"), [(730, 1), (731, 0)])
def test_former_holders_go_after_two_years(days: int, left: int) -> None:
    position = make_position(holder="")
    Holder.objects.create(position=position, name="Früher", until=ago(days).date())
    Holder.objects.create(position=position, name="Heute")
    run("partnerships.holders")
    assert Holder.objects.count() == 1 + left


@pytest.mark.parametrize(
    ("extra", "goes"),
    [
        ({"last_login": ago(731)}, True),
        ({"last_login": ago(730)}, False),
        ({"date_joined": ago(731)}, True),
        ({"date_joined": ago(731), "last_login": ago(1)}, False),
        ({"last_login": ago(731), "is_staff": True}, False),
        ({"last_login": ago(731), "is_staff": True, "is_active": False}, True),
    ],
)
def test_accounts_nobody_used_for_two_years_become_anonymous(
    extra: dict[str, Any], goes: bool
) -> None:
    user = make_user(name="Anna")
    User.objects.filter(pk=user.pk).update(**extra)
    make_membership(user, make_city())
    assert run("accounts.inactive") == int(goes)
    user.refresh_from_db()
    assert user.is_anonymised is goes
    assert Membership.objects.exists() is not goes


def test_old_logs_and_sessions_go() -> None:
    staff = make_staff()
    log = LogEntry.objects.log_actions(staff.pk, [staff], 2, "", single_object=True)
    LogEntry.objects.filter(pk=log.pk).update(action_time=ago(1827))
    Session.objects.create(session_key="a", session_data="", expire_date=ago(1))
    Session.objects.create(session_key="b", session_data="", expire_date=ago(-1))
    counts = purge.run(at=NOW)
    assert (counts["accounts.administration_log"], counts["accounts.sessions"]) == (1, 1)
    assert Session.objects.get().session_key == "b"


@pytest.mark.parametrize(("days", "left"), [(1826, 1), (1827, 0)])
def test_journal_entries_go_after_five_years(days: int, left: int) -> None:
    Entry.objects.create(verb="x", about=make_city(), actor="system", at=ago(days))
    run("journal.entries")
    assert Entry.objects.filter(verb="x").count() == left


def uploaded(days: int) -> Import:
    return make_import(created_at=ago(days), content=b"Stadt;Partnerstadt")


def imported(days: int, **extra: Any) -> ImportRow:
    done = make_import(state="done", created_at=ago(days), done_at=ago(days))
    return make_import_row(done, written={"remark": "Frau Muster fragen"}, **extra)


@pytest.mark.parametrize(("days", "left"), [(7, 1), (8, 0)])
def test_lists_that_nobody_imported_go_after_a_week(days: int, left: int) -> None:
    make_import_row(uploaded(days))
    imported(8)
    assert run("partnerships.uploads") == 1 - left
    assert Import.objects.count() == 1 + left


@pytest.mark.parametrize(("days", "kept"), [(183, True), (184, False)])
def test_cells_of_imported_lists_go_after_half_a_year(days: int, kept: bool) -> None:
    reason = ["formula", {"text": "=1+1"}]
    row = imported(days, facts={"german_city": "Köln"}, reasons=[reason])
    assert run("partnerships.cells") == int(not kept)
    row.refresh_from_db()
    assert (bool(row.written), bool(row.reasons)) == (kept, kept)
    assert row.facts == {"german_city": "Köln"}


def test_rows_that_wait_for_a_person_keep_their_cells() -> None:
    imported(1000, task="open")
    assert run("partnerships.cells") == 0


def everything_due() -> None:
    make_wish(make_city(), make_city(), state="declined", answered_at=ago(731))
    guest(184)
    sent(91)
    sent(731)
    user = make_user()
    User.objects.filter(pk=user.pk).update(last_login=ago(731))
    make_membership(user, make_city())
    Holder.objects.create(position=make_position(), name="Früher", until=ago(731).date())
    BlockedAddress.objects.create(email="a@b.example", reason="bounced", since=ago(731))
    Entry.objects.create(verb="x", about=make_city(), actor="system", at=ago(1827))
    Session.objects.create(session_key="a", session_data="", expire_date=ago(1))
    log = LogEntry.objects.log_actions(user.pk, [user], 2, "", single_object=True)
    LogEntry.objects.filter(pk=log.pk).update(action_time=ago(1827))
    uploaded(8)
    imported(184)
    city = make_city()
    make_role_request(make_user(), city, state="refused", asked_at=ago(200), decided_at=ago(184))
    make_office_invitation(city, invited_at=ago(184))
    Handover.objects.create(city=city, last_day=ago(731).date(), made_at=ago(731))
    asked_and_answered(ago(731))
    old_exchange(ago(1827))
    EmailAddress.objects.create(user=make_user(date_joined=ago(8)), email="neu@stadt.example")


def test_a_dry_run_counts_and_changes_nothing() -> None:
    everything_due()
    before, counts = snapshot(), purge.run(at=NOW, dry_run=True)
    assert snapshot() == before
    # Whose account is still there keeps the roles until the real run.
    assert {name for name, count in counts.items() if not count} == {"partnerships.memberships"}


def test_a_second_run_finds_nothing_left_and_changes_nothing() -> None:
    everything_due()
    assert all(purge.run(at=NOW).values())
    after, again = snapshot(), purge.run(at=NOW)
    assert (snapshot(), any(again.values())) == (after, False)


@pytest.mark.parametrize("broken", purge.steps())
def test_interrupted_anywhere_the_next_run_reaches_the_same_end(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything_due()
    step = purge._STEPS[broken]

    def interrupted(at: dt.datetime, dry_run: bool) -> int:
        step(at, dry_run)
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setitem(purge._STEPS, broken, interrupted)
        with pytest.raises(ExceptionGroup) as failure:
            purge.run(at=NOW)
    assert len(failure.value.exceptions) == 1
    assert purge.run(at=NOW)[broken] >= 1
    assert not any(purge.run(at=NOW).values())


def test_one_log_line_names_counts_and_no_person(caplog: pytest.LogCaptureFixture) -> None:
    everything_due()
    with caplog.at_level(logging.INFO, logger="privacy.purge"):
        purge.run(at=NOW)
    (line,) = [r.getMessage() for r in caplog.records if r.name == "privacy.purge"]
    assert "events.guests=1" in line
    assert "@" not in line


def test_the_worker_s_task_does_it_today() -> None:
    sent(91)
    Mail.objects.update(sent_at=timezone.now() - dt.timedelta(days=91))
    purge_task()
    assert Mail.objects.get().text == ""
    assert settings.CELERY_BEAT_SCHEDULE["purge"]["task"] == purge_task.name


def test_the_command_reports_and_a_dry_one_only_counts() -> None:
    Session.objects.create(session_key="a", session_data="", expire_date=ago(9999))
    for options, left in ((["--dry-run"], 1), ([], 0)):
        report = StringIO()
        call_command("purge", *options, stdout=report)
        assert "accounts.sessions: 1" in report.getvalue()
        assert Session.objects.count() == left
