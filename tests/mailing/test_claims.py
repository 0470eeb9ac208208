"""Leases, the fence and recovery, step by step."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mailing import claims
from mailing.claims import Clock
from mailing.delivery import deliver_due
from mailing.models import Mail
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State
MINUTE = dt.timedelta(minutes=1)


def claim(owner: str = "me", **extra) -> Mail:
    """A mail that ``owner`` has claimed; ``extra`` overwrites its fields."""
    until = timezone.now() + MINUTE
    values = {"state": State.CLAIMED, "lease_owner": owner, "lease_until": until}
    return make_mail(**{**values, **extra})


def crashed(**extra) -> Mail:
    """A mail whose worker died two minutes ago."""
    return claim("dead", lease_until=timezone.now() - MINUTE, **extra)


def test_the_clock_starts_where_it_is_told_and_goes_on():
    start = dt.datetime(2027, 3, 28, tzinfo=dt.UTC)
    clock = Clock(start)
    assert start <= clock.now() <= clock.now() < start + MINUTE
    assert abs((Clock().now() - timezone.now()).total_seconds()) < 5


def test_a_batch_is_taken_in_order_and_leased(settings):
    settings.MAIL_BATCH = 2
    mails = [make_mail() for _ in range(3)]
    clock = Clock()
    taken = claims.take("me", clock)
    assert [mail.pk for mail in taken] == [mail.pk for mail in mails[:2]]
    assert {(mail.state, mail.lease_owner) for mail in taken} == {(State.CLAIMED, "me")}
    lease = taken[0].lease_until - clock.now()
    assert dt.timedelta(seconds=55) < lease <= dt.timedelta(seconds=60)
    assert [mail.pk for mail in claims.take("you", clock)] == [mails[2].pk]


def test_a_mail_that_was_there_at_a_crash_is_taken_alone():
    first, suspect, last = make_mail(), make_mail(crashes=1), make_mail()
    batches = [[mail.pk for mail in claims.take(owner, Clock())] for owner in "abc"]
    assert batches == [[first.pk], [suspect.pk], [last.pk]]


def test_the_fence_lets_its_owner_pass_and_renews_the_lease():
    mail, clock = claim(lease_until=timezone.now() + dt.timedelta(seconds=5)), Clock()
    assert claims.fence(mail, "me", clock)
    mail.refresh_from_db()
    assert mail.handed_over_at is not None
    assert mail.lease_until - mail.handed_over_at == MINUTE


@pytest.mark.parametrize(
    "change",
    [
        {"lease_owner": "you"},
        {"state": State.HELD},
        {"state": State.CANCELLED},
        {"lease_until": timezone.now() - MINUTE},
    ],
)
def test_the_fence_stops_whoever_lost_the_mail(change):
    mail = claim()
    Mail.objects.update(**change)
    assert not claims.fence(mail, "me", Clock())
    mail.refresh_from_db()
    assert mail.handed_over_at is None


def test_an_outcome_is_written_by_the_owner_only():
    mail = claim()
    assert not claims.settle(mail, "you", state=State.FAILED)
    assert claims.settle(mail, "me", state=State.FAILED)
    mail.refresh_from_db()
    assert (mail.state, mail.lease_owner, mail.lease_until) == (State.FAILED, "", None)


def test_handing_back_frees_only_what_was_not_handed_over():
    claim(), claim(handed_over_at=timezone.now()), claim("you")
    assert claims.hand_back("me") == 1
    states = Mail.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["queued", "claimed", "claimed"]


def test_a_crash_before_the_fence_puts_the_mail_back():
    mail = crashed()
    claims.recover()
    mail.refresh_from_db()
    assert (mail.state, mail.crashes, mail.may_be_duplicate) == (State.QUEUED, 1, False)
    assert deliver_due() == {"sent": 1}


def test_a_crash_after_the_fence_resends_once_flagged():
    mail = crashed(handed_over_at=timezone.now())
    claims.recover()
    mail.refresh_from_db()
    assert (mail.state, mail.may_be_duplicate) == (State.QUEUED, True)
    Mail.objects.update(
        state=State.CLAIMED, handed_over_at=timezone.now(), lease_until=mail.created_at
    )
    claims.recover(at=timezone.now() + MINUTE)
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.UNCERTAIN, "no_answer")


@pytest.mark.parametrize("kind", ["test.decision", "test.unknown"])
def test_a_crash_after_the_fence_leaves_decisions_to_a_person(kind):
    mail = crashed(kind=kind, handed_over_at=timezone.now())
    claims.recover()
    mail.refresh_from_db()
    assert (mail.state, mail.may_be_duplicate) == (State.UNCERTAIN, False)


def test_the_third_crash_at_one_mail_ends_it():
    mail = crashed(crashes=2)
    claims.recover()
    mail.refresh_from_db()
    assert (mail.state, mail.reason, mail.crashes) == (State.FAILED, "crash_loop", 3)


def test_a_living_lease_is_left_alone():
    mail = claim()
    claims.recover()
    mail.refresh_from_db()
    assert (mail.state, mail.lease_owner) == (State.CLAIMED, "me")


@pytest.mark.parametrize("state", [State.FAILED, State.STALE, State.CANCELLED, State.UNCERTAIN])
def test_a_code_that_will_not_leave_any_more_is_erased(state):
    mail = make_mail(kind="test.code", text="123", state=state, may_be_duplicate=True)
    note = make_mail(text="keep", state=state, may_be_duplicate=True)
    claims.recover()
    mail.refresh_from_db()
    note.refresh_from_db()
    assert (mail.text, mail.erased_at is not None) == ("", True)
    assert (note.text, note.erased_at) == ("keep", None)


@pytest.mark.parametrize("state", [State.QUEUED, State.HELD])
def test_a_code_on_its_way_keeps_its_text(state):
    mail = make_mail(kind="test.code", text="123", state=state)
    claims.recover()
    mail.refresh_from_db()
    assert mail.text == "123"
