"""Where mail to a city of an application goes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from exchanges import actors
from exchanges.models import ApplicationParty
from exchanges.submitting.recipients import all_mailboxes, mailboxes
from tests.exchanges.scenes import make_application, make_link
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> ApplicationParty:
    return make_application().parties.all()[1]


def addresses(party: ApplicationParty) -> list[str]:
    return [box.email for box in mailboxes(party)]


def member(party: ApplicationParty, email: str, role: str, **extra: object) -> None:
    make_membership(make_user(email, **extra), party.city, role)


def test_coordinators_and_signatories_get_mail_others_do_not(party: ApplicationParty) -> None:
    for role in ("coordinator", "signatory", "editor", "reader"):
        member(party, f"{role}@city.example", role)
    assert addresses(party) == ["coordinator@city.example", "signatory@city.example"]


def test_who_cannot_sign_in_any_more_gets_nothing(party: ApplicationParty) -> None:
    member(party, "gone@city.example", "coordinator", is_active=False)
    assert addresses(party) == []


def test_links_get_mail_while_they_are_open(party: ApplicationParty) -> None:
    make_link(party, email="old@city.example", ended_at=timezone.now())
    link = make_link(party, email="desk@city.example")
    [box] = mailboxes(party)
    assert (box.key, box.email, box.language, box.link) == (
        f"link-{link.pk}",
        "desk@city.example",
        "en",
        link,
    )


def test_one_address_gets_one_mail_by_its_office_or_its_newest_link(
    party: ApplicationParty,
) -> None:
    member(party, "Martha@city.example", "coordinator")
    make_link(party, email="martha@city.example")
    make_link(party, email="desk@city.example")
    newest = make_link(party, email="desk@city.example")
    assert [box.link for box in mailboxes(party)] == [None, newest]


def test_who_acted_is_left_out(party: ApplicationParty) -> None:
    first, second = make_link(party), make_link(party)
    found = all_mailboxes([party], but=actors.of_link(first))
    assert [(one.pk, box.email) for one, box in found] == [(party.pk, second.email)]
