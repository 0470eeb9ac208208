"""The submitting city takes its application back."""

from __future__ import annotations

import pytest

from exchanges import actors
from exchanges.actors import Actor
from exchanges.models import Application
from exchanges.submitting.operations import withdraw
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links
from tests.exchanges.scenes import as_office, make_application, make_link, make_question
from tests.factories import make_staff

from .cases import finish, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Application:
    return make_application(state="reviewing")


def take_back(case: Application, by: Actor, reason: str = "Haushaltssperre") -> Application:
    return withdraw(application=case, reason=reason, by=by)


def test_partner_and_staff_learn_why(case: Application) -> None:
    make_link(case.parties.all()[1], email="desk@city.example", language="en")
    take_back(case, as_office(case, "signatory"))
    case.refresh_from_db()
    assert (case.state, case.withdrawn_because) == ("withdrawn", "Haushaltssperre")
    partner, staff = Mail.objects.order_by("kind")
    assert (partner.to, staff.to) == ("desk@city.example", "ude@skew.example")
    assert "Reason: Haushaltssperre" in partner.text
    assert "Grund: Haushaltssperre" in staff.text
    assert all(isinstance(finish(mail), Links) for mail in (partner, staff))


def test_who_handles_the_case_is_told_in_their_language(case: Application) -> None:
    case.handled_by = make_staff(email="fall@skew.example", language="en")
    case.save()
    take_back(case, as_office(case))
    mail = Mail.objects.get(kind="exchanges.withdrawn_staff")
    assert (mail.to, mail.language) == ("fall@skew.example", "en")


def test_pressing_twice_withdraws_once(case: Application) -> None:
    by = as_office(case)
    take_back(case, by)
    take_back(case, by)
    assert Entry.objects.filter(verb="exchanges.withdrawn").count() == 1
    assert refusal(lambda: take_back(case, by, "anders")) == ["not_now"]


def test_an_open_question_is_over(case: Application) -> None:
    make_question(case)
    take_back(case, as_office(case))
    assert case.questions.filter(answered_at__isnull=True).count() == 0


def test_it_needs_a_reason_and_a_signatory_of_the_submitting_city(case: Application) -> None:
    assert refusal(lambda: take_back(case, as_office(case), " ")) == ["reason"]
    link = make_link(case.parties.all()[1], may_sign=True)
    for by in (as_office(case, "editor"), as_office(case, city=1), actors.of_link(link)):
        assert refusal(lambda by=by: take_back(case, by)) == ["not_yours"]


def test_a_draft_is_deleted_not_withdrawn() -> None:
    draft = make_application()
    assert refusal(lambda: take_back(draft, as_office(draft))) == ["not_now"]
