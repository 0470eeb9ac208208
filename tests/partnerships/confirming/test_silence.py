"""What nobody goes on with: who is asked once more, which office is told, what the page shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from journal.models import Entry
from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.models import ConfirmationRequest, Membership, Partnership
from partnerships.staff import queue_list

from ...factories import (
    make_city,
    make_membership,
    make_partner_city,
    make_partnership,
    make_staff,
    make_user,
)
from .stage import Stage, kinds_to, make_stage, rows_of_everything

pytestmark = pytest.mark.django_db

State = Partnership.State
THEM = "mayor@sanantonio.example"


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def stage() -> Stage:
    """Claimed 40 days ago; San Antonio has not answered."""
    made = make_stage()
    made.claim()
    wait(made, 40)
    return made


def wait(stage: Stage, days: int) -> None:
    stage.partnership.parties.filter(city=stage.home).update(confirmed_at=days_ago(days))
    ConfirmationRequest.objects.filter(party__partnership=stage.partnership).update(
        asked_at=days_ago(days)
    )


def old_draft(stage: Stage, days: int = 61) -> Partnership:
    made = operations.start(city=stage.home, by=stage.us)
    Partnership.objects.filter(pk=made.pk).update(changed_at=days_ago(days))
    return made


def shown() -> list[tuple[str, str]]:
    return [(row.reason, row.waits_for) for row in queue_list.silent(timezone.now())]


def test_a_question_without_an_answer_waits_for_the_asked_city(stage: Stage) -> None:
    assert shown() == [("awaiting", "San Antonio")]
    wait(stage, 29)
    assert shown() == []


def test_reminding_sends_the_same_question_once_more_and_settles_the_row(stage: Stage) -> None:
    by = make_staff()
    assert operations.remind_silent(partnership=stage.partnership, by=by) == 1
    assert kinds_to(THEM) == ["partnerships.confirm", "partnerships.confirm_reminder"]
    assert ConfirmationRequest.objects.count() == 1
    assert shown() == []
    entry = Entry.objects.get(verb="partnerships.reminded")
    assert (entry.by, entry.facts) == (by, {"count": 1})


def test_staff_remind_although_the_portal_has(stage: Stage) -> None:
    request = stage.request()
    ConfirmationRequest.objects.update(asked_at=days_ago(20))
    operations.remind(at=timezone.now())
    wait(stage, 40)
    assert shown() == []  # the portal's reminder has two weeks to work
    ConfirmationRequest.objects.update(reminded_at=days_ago(15))
    assert shown() == [("awaiting", "San Antonio")]
    operations.remind_silent(partnership=stage.partnership, by=make_staff())
    keys = Mail.objects.filter(kind="partnerships.confirm_reminder").values_list("key", flat=True)
    first = f"partnerships.confirm_reminder:{request.party_id}:1"
    assert sorted(keys) == [first, f"{first}:{timezone.now():%Y%m%d}"]


@pytest.mark.parametrize("days", [40, 91])
def test_reminding_twice_a_day_changes_nothing_and_says_so(stage: Stage, days: int) -> None:
    """Whether a question that stands was reminded of or one that is over was asked anew."""
    wait(stage, days)
    by = make_staff()
    operations.remind_silent(partnership=stage.partnership, by=by)
    before = rows_of_everything()
    with pytest.raises(ValidationError, match="letzten Tages") as refused:
        operations.remind_silent(partnership=stage.partnership, by=by)
    assert refused.value.code == "lately"
    assert rows_of_everything() == before
    ConfirmationRequest.objects.filter(reminded_at__isnull=False).update(reminded_at=days_ago(1))
    ConfirmationRequest.objects.update(asked_at=days_ago(1))
    assert operations.remind_silent(partnership=stage.partnership, by=by) == 1


def test_a_question_that_is_over_is_asked_anew(stage: Stage) -> None:
    wait(stage, 91)
    operations.remind_silent(partnership=stage.partnership, by=make_staff())
    assert [one.round for one in ConfirmationRequest.objects.waiting()] == [2]
    assert kinds_to("martha@sanantonio.example") == ["partnerships.confirm"]


def test_a_silent_yearly_check_is_asked_anew_of_each_city(stage: Stage) -> None:
    stage.answer()
    Partnership.objects.update(
        state=State.NEEDS_RECONFIRMATION, asked_on=timezone.localdate() + dt.timedelta(days=1)
    )
    assert shown() == [("reconfirm", "Darmstadt, San Antonio")]
    assert operations.remind_silent(partnership=stage.partnership, by=make_staff()) == 2
    purposes = ConfirmationRequest.objects.waiting().values_list("purpose", flat=True)
    assert list(purposes) == ["yearly", "yearly"]


def test_where_nobody_is_known_staff_learn_which_city(stage: Stage) -> None:
    Membership.objects.filter(city=stage.abroad).delete()
    ConfirmationRequest.objects.all().delete()
    with pytest.raises(ValidationError, match="San Antonio") as refused:
        operations.remind_silent(partnership=stage.partnership, by=make_staff())
    assert refused.value.code == "nobody"
    assert not Entry.objects.filter(verb="partnerships.reminded").exists()


@pytest.mark.parametrize("state", [State.LISTED, State.DRAFT, State.ACTIVE, State.ENDED])
def test_nobody_is_reminded_of_anything_else(stage: Stage, state: str) -> None:
    Partnership.objects.update(state=state)
    with pytest.raises(ValidationError) as refused:
        operations.remind_silent(partnership=stage.partnership, by=make_staff())
    assert refused.value.code == "state"


def test_an_old_draft_waits_for_its_office_and_telling_it_settles_the_row(stage: Stage) -> None:
    wait(stage, 1)
    made = old_draft(stage)
    assert shown() == [("draft", "Darmstadt")]
    by = make_staff()
    assert operations.tell_office(draft=made, by=by) == 1
    mail = Mail.objects.get(kind="partnerships.draft_waits")
    assert (mail.to, mail.subject) == (stage.us.email, "Ihr Entwurf wartet: Darmstadt")
    assert shown() == []
    before = rows_of_everything()
    with pytest.raises(ValidationError, match="heute schon") as refused:
        operations.tell_office(draft=made, by=by)
    assert refused.value.code == "lately"
    assert rows_of_everything() == before
    Mail.objects.update(created_at=days_ago(61))
    assert shown() == [("draft", "Darmstadt")]


def test_a_younger_draft_is_left_alone(stage: Stage) -> None:
    """Negative control."""
    wait(stage, 1)
    old_draft(stage, days=59)
    assert shown() == []


def test_an_office_without_mail_is_not_told(stage: Stage) -> None:
    made = old_draft(stage)
    Membership.objects.all().delete()
    stage.home.positions.all().delete()
    with pytest.raises(ValidationError) as refused:
        operations.tell_office(draft=made, by=make_staff())
    assert (refused.value.code, Mail.objects.filter(kind__endswith="draft_waits").count()) == (
        "nobody",
        0,
    )


def test_the_buttons_of_the_page_do_it_and_say_so(stage: Stage, client: Client) -> None:
    client.force_login(make_staff())
    made = old_draft(stage)
    page = client.get("/staff/queue/").content.decode()
    for address in (f"{stage.partnership.slug}/remind/", f"{made.slug}/tell/"):
        assert f'action="/staff/silent/{address}"' in page
        assert client.post(f"/staff/silent/{address}")["Location"] == "/staff/queue/"
        again = client.post(f"/staff/silent/{address}", follow=True)
        assert again.status_code == 200
    assert Mail.objects.filter(kind="partnerships.draft_waits").count() == 1
    assert kinds_to(THEM).count("partnerships.confirm_reminder") == 1
    client.post(f"/en/staff/silent/{made.slug}/remind/")
    assert "somebody else was faster" in client.get("/en/staff/queue/").content.decode()


def another(number: int) -> None:
    home, abroad = make_city(f"Ort {number}"), make_partner_city(f"Town {number}")
    other = Stage(home, abroad, make_partnership(home, abroad), make_user(), make_user())
    make_membership(other.them, abroad, "signatory")
    other.claim(to=other.them.email)
    other.answer(year=2015)
    wait(other, 40)
    other.partnership.parties.get(city=abroad).facts.update(differs_since=days_ago(11))
    Partnership.objects.filter(pk=other.partnership.pk).update(state=State.NEEDS_RECONFIRMATION)
    old_draft(other)


def test_the_page_takes_as_many_queries_for_three_rows_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(make_staff())
    client.get("/staff/queue/")
    for expected in (1, 3):
        while Partnership.objects.filter(state=State.DRAFT).count() < expected:
            another(Partnership.objects.count())
        with django_assert_num_queries(13):
            page = client.get("/staff/queue/")
        assert len(page.context["disputes"]) == expected
        assert len(page.context["silent"]) == 2 * expected
