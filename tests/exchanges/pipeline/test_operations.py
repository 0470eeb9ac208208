"""Whose desk a case lies on, and reminding cities."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from exchanges.models import Application
from exchanges.pipeline import operations
from journal.models import Entry
from mailing.models import Mail
from tests.exchanges.scenes import as_office, as_staff, make_application, make_call, make_link
from tests.factories import make_membership, make_staff, make_user

pytestmark = pytest.mark.django_db


def with_people(**extra: object) -> Application:
    """A case with a coordinator in the first city and a link to the second."""
    application = make_application(**extra)
    lead, partner = application.parties.all()
    make_membership(make_user(language="de"), lead.city, "coordinator")
    make_link(partner)
    return application


def test_a_case_goes_to_a_colleague_who_gets_a_mail() -> None:
    application, colleague = make_application(state="checking"), make_staff(language="en")
    for _ in range(2):
        operations.transfer(application=application, to=colleague, reason="Urlaub", by=as_staff())
    application.refresh_from_db()
    assert application.handled_by == colleague
    mail = Mail.objects.get()
    assert (mail.to, "Reason: Urlaub" in mail.text) == (colleague.email, True)
    assert Entry.objects.get(verb="exchanges.transferred").facts["reason"] == "Urlaub"


def test_taking_a_case_oneself_or_laying_it_down_sends_nothing() -> None:
    application, me = make_application(state="checking"), as_staff()
    operations.transfer(application=application, to=me.user, reason="", by=me)
    operations.transfer(application=application, to=None, reason="", by=me)
    application.refresh_from_db()
    assert application.handled_by is None
    assert not Mail.objects.exists()


def test_going_back_and_forth_writes_each_time() -> None:
    application, colleague, me = make_application(state="checking"), make_staff(), as_staff()
    for to in (colleague, None, colleague):
        operations.transfer(application=application, to=to, reason="", by=me)
    assert Mail.objects.filter(to=colleague.email).count() == 2


@pytest.mark.parametrize("extra", [{"is_staff": False}, {"is_active": False}])
def test_only_staff_who_can_sign_in_handle_cases(extra: dict[str, bool]) -> None:
    to = make_staff(**extra) if "is_active" in extra else make_user()
    with pytest.raises(ValidationError) as refusal:
        operations.transfer(
            application=make_application(state="checking"), to=to, reason="", by=as_staff()
        )
    assert refusal.value.code == "not_staff"


def test_one_refused_case_keeps_all_where_they_are() -> None:
    good, ended = make_application(state="checking"), make_application(state="declined")
    with pytest.raises(ValidationError) as refusal:
        operations.assign_many(
            applications=[ended, good], to=make_staff(), reason="", by=as_staff()
        )
    assert refusal.value.code == "not_now"
    assert refusal.value.messages[0].startswith(f"{ended.ref}: ")
    good.refresh_from_db()
    assert good.handled_by is None


@pytest.mark.parametrize("state", ["draft", "information"])
def test_cities_are_reminded_once_a_day(state: str) -> None:
    application, now = with_people(state=state), timezone.now()
    assert operations.remind(application=application, at=now, by=as_staff()) == 2
    assert sorted(mail.language for mail in Mail.objects.all()) == ["de", "en"]
    with pytest.raises(ValidationError) as refusal:
        operations.remind(application=application, at=now, by=as_staff())
    assert refusal.value.code == "not_now"
    tomorrow = now + dt.timedelta(days=1)
    assert operations.remind(application=application, at=tomorrow, by=as_staff()) == 2


def test_a_draft_s_reminder_names_the_last_minute_in_time_and_its_place() -> None:
    operations.remind(application=with_people(), at=timezone.now(), by=as_staff())
    texts = {mail.language: mail.text for mail in Mail.objects.all()}
    assert "23:59 Uhr (Berlin) eingereicht" in texts["de"]
    assert "; in Berlin 11:59 p.m.)" in texts["en"]


def test_a_dry_run_says_why_and_changes_nothing() -> None:
    now = timezone.now()
    past = make_call(closes_on=dt.date(2026, 11, 1), opens_on=dt.date(2026, 10, 1))
    found = [
        operations.prospect_of(one, now)
        for one in (
            with_people(),
            make_application(),
            with_people(call=past),
            with_people(state="checking"),
        )
    ]
    assert [one.mails for one in found] == [2, 0, 0, 0]
    assert [bool(one.refusal) for one in found] == [False, True, True, True]
    assert not Mail.objects.exists()


def test_a_city_transfers_nothing() -> None:
    application = make_application(state="checking")
    with pytest.raises(ValidationError) as refusal:
        operations.transfer(
            application=application, to=make_staff(), reason="", by=as_office(application)
        )
    assert refusal.value.code == "not_yours"
