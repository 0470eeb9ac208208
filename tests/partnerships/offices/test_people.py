"""Colleagues: invited by address, changed, ended, and never the last coordinator."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from mailing.delivery import deliver_due
from mailing.models import Mail
from partnerships.models import City, Membership, OfficeInvitation
from partnerships.offices.operations import accept, change_role, end_role, invite, take_back
from privacy import ledger
from privacy.models import LedgerLine
from tests.factories import make_city, make_membership, make_office_invitation

from .people import mailed, make_colleague, make_person, roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Köln")


def invited(city: City, by: Any, **extra: Any) -> OfficeInvitation:
    values = {"email": "Neu@Koeln.example", "name": "Nele Neu", "role": "editor", "language": "de"}
    return invite(city=city, by=by, **{**values, **extra})


def refused(operation: Any, **values: Any) -> str:
    with pytest.raises(ValidationError) as failed:
        operation(**values)
    return failed.value.code


@pytest.mark.django_db(transaction=True)
def test_an_invited_colleague_signs_up_by_code_and_has_the_role(city: City, smtp) -> None:
    invited(city, make_colleague(city, name="Ada"))
    deliver_due()
    text = smtp.messages[0].get_body(("plain",)).get_content()
    page = re.search(r"http://\S+(/office/invited/\S+/)", text)[1]
    client = Client()
    shown = client.get(page).content.decode()
    assert "Ada" in shown
    assert 'action="/account/signup/"' in shown
    form = {"email": "neu@koeln.example", "name": "Nele Neu", "next": page}
    client.post("/account/signup/", form)
    deliver_due()
    code = smtp.messages[-1].get_body(("plain",)).get_content().splitlines()[4]
    assert client.post("/account/confirm-email/", {"code": code})["Location"] == page
    assert client.post(page)["Location"] == "/office/koln/"
    member = Membership.objects.get(role="editor")
    assert (member.user.email, member.user.name) == ("neu@koeln.example", "Nele Neu")
    assert "angenommen" in client.get(page).content.decode()


def test_an_existing_account_is_led_to_a_code(city: City) -> None:
    invitation = invited(city, make_colleague(city))
    make_person("neu@koeln.example")
    page = Client().get(f"/office/invited/{invitation.public_id}/").content.decode()
    assert 'action="/account/login/code/"' in page


def test_only_the_invited_address_accepts(city: City) -> None:
    invitation = invited(city, make_colleague(city))
    stranger, unproved = make_person(), make_person("neu@koeln.example", confirmed=False)
    for user in (stranger, unproved):
        assert refused(accept, invitation=invitation, by=user) == "not_yours"
    client = Client()
    client.force_login(stranger)
    page = f"/en/office/invited/{invitation.public_id}/"
    assert "sign out" in client.get(page).content.decode()
    assert "another address" in client.post(page, follow=True).content.decode()
    assert Membership.objects.count() == 1


def test_accepting_twice_changes_nothing(city: City) -> None:
    invitation, user = invited(city, make_colleague(city)), make_person("neu@koeln.example")
    accept(invitation=invitation, by=user)
    accept(invitation=invitation, by=user)
    assert roles(user) == ["editor"]


def test_who_has_more_already_keeps_that(city: City) -> None:
    invitation = make_office_invitation(city, email="neu@koeln.example", role="reader")
    user = make_colleague(city, "editor", "neu@koeln.example")
    accept(invitation=invitation, by=user)
    assert roles(user) == ["editor"]


def test_an_invitation_taken_back_or_too_old_opens_nothing(city: City) -> None:
    coordinator, user = make_colleague(city), make_person("neu@koeln.example")
    invitation = invited(city, coordinator)
    take_back(invitation=invitation, by=coordinator)
    assert refused(accept, invitation=invitation, by=user) == "over"
    assert Mail.objects.get().state == "cancelled"
    old = make_office_invitation(
        city, email=user.email, invited_at=timezone.now() - dt.timedelta(days=61)
    )
    assert refused(accept, invitation=old, by=user) == "over"
    page = Client().get(f"/en/office/invited/{old.public_id}/").content.decode()
    assert "This invitation is over." in page
    assert "<form" not in page[page.index("<main") :]


def test_a_colleague_is_not_invited_again(city: City) -> None:
    coordinator = make_colleague(city, email="ada@koeln.example")
    invited(city, coordinator)
    values = {"city": city, "by": coordinator, "name": "", "role": "reader", "language": "de"}
    assert refused(invite, email="neu@koeln.EXAMPLE", **values) == "invited"
    assert refused(invite, email="ada@koeln.example", **values) == "member"
    OfficeInvitation.objects.update(invited_at=timezone.now() - dt.timedelta(days=61))
    assert invited(city, coordinator).is_open(timezone.now())


def test_the_list_tells_nothing_about_a_foreign_account(city: City) -> None:
    """Whether an invited address has an account, and under which name, stays unknown."""
    coordinator = make_colleague(city)
    make_person("fremd@bonn.example", name="Heimlicher Name")
    invited(city, coordinator, email="fremd@bonn.example", name="")
    client = Client()
    client.force_login(coordinator)
    page = client.get(f"/office/{city.slug}/people/").content.decode()
    assert "fremd@bonn.example" in page
    assert "Heimlicher Name" not in page


def test_another_role_is_told_and_noted_in_the_ledger(city: City) -> None:
    coordinator, editor = make_colleague(city), make_colleague(city, "editor")
    membership = editor.memberships.get()
    change_role(membership=membership, role="reader", by=coordinator)
    change_role(membership=membership, role="reader", by=coordinator)
    assert roles(editor) == ["reader"]
    assert mailed() == [("role_changed", editor.email)]
    assert ledgered() == [("partnerships.role_ended", {"id": membership.pk, "role": "editor"})]


def test_a_second_role_is_not_doubled(city: City) -> None:
    coordinator, editor = make_colleague(city), make_colleague(city, "editor")
    second = make_membership(editor, city, "signatory")
    assert refused(change_role, membership=second, role="editor", by=coordinator) == "has_role"


def test_a_role_that_was_ended_does_not_come_back_from_a_backup(city: City) -> None:
    coordinator, editor = make_colleague(city), make_colleague(city, "editor")
    membership = editor.memberships.get()
    end_role(membership=membership, by=coordinator)
    assert roles(editor) == []
    assert mailed() == [("role_ended", editor.email)]
    (line,) = ledgered()
    back = Membership.objects.create(pk=line[1]["id"], user=editor, city=city, role="editor")
    assert again(line) == 1
    assert again(line) == 0
    assert not Membership.objects.filter(pk=back.pk).exists()


def test_a_role_changed_since_the_backup_is_left_alone(city: City) -> None:
    reader = make_membership(make_person(), city, "reader")
    assert again(("partnerships.role_ended", {"id": reader.pk, "role": "editor"})) == 0


def test_an_invitation_taken_back_stays_so_after_restoring(city: City) -> None:
    invitation = make_office_invitation(city)
    line = ("partnerships.office_invitation_ended", {"id": invitation.pk})
    assert again(line) == 1
    assert again(line) == 0
    invitation.refresh_from_db()
    assert not invitation.is_open(timezone.now())


def ledgered() -> list[tuple[str, dict[str, Any]]]:
    return list(LedgerLine.objects.values_list("what", "facts"))


def again(line: tuple[str, dict[str, Any]]) -> int:
    now = timezone.now()
    done, failed = ledger.replay([{"at": now.isoformat(), "what": line[0], **line[1]}], since=now)
    assert failed == []
    return done.total()


def test_the_last_coordinator_stays(city: City) -> None:
    coordinator = make_colleague(city)
    make_colleague(city, "editor")
    make_colleague(city, is_active=False)
    mine = coordinator.memberships.get()
    assert refused(end_role, membership=mine, by=coordinator) == "last_coordinator"
    assert refused(change_role, membership=mine, role="editor", by=coordinator) == (
        "last_coordinator"
    )
    make_colleague(city)
    end_role(membership=mine, by=coordinator)
    assert roles(coordinator) == []


# Pages ------------------------------------------------------------------------------------


def test_a_coordinator_manages_people_on_the_pages(city: City) -> None:
    coordinator, editor = make_colleague(city), make_colleague(city, "editor")
    client, base = Client(), f"/en/office/{city.slug}"
    client.force_login(coordinator)
    form = {"email": "neu@koeln.example", "role": "reader", "language": "de"}
    assert client.post(f"{base}/people/invite/", form)["Location"] == f"{base}/people/"
    again_ = client.post(f"{base}/people/invite/", form)
    assert list(again_.context["form"].errors) == ["email"]
    invitation = OfficeInvitation.objects.get()
    client.post(f"{base}/invitations/{invitation.pk}/take-back/")
    membership, mine = editor.memberships.get(), coordinator.memberships.get()
    client.post(f"{base}/people/{membership.pk}/", {"role": "signatory"})
    assert roles(editor) == ["signatory"]
    refused_ = client.post(f"{base}/people/{mine.pk}/end/")
    assert "only person who coordinates" in refused_.content.decode()
    client.post(f"{base}/people/{membership.pk}/end/")
    assert Membership.objects.get() == mine


def test_people_of_another_city_are_not_there(city: City) -> None:
    client = Client()
    client.force_login(make_colleague(city))
    foreign = make_colleague(make_city("Bonn")).memberships.get()
    invitation = make_office_invitation(make_city("Hamm"))
    for page in (f"people/{foreign.pk}/", f"people/{foreign.pk}/end/"):
        assert client.post(f"/office/{city.slug}/{page}", {"role": "reader"}).status_code == 404
    page = f"/office/{city.slug}/invitations/{invitation.pk}/take-back/"
    assert client.post(page).status_code == 404


def test_readers_see_colleagues_and_no_requests(city: City) -> None:
    client = Client()
    client.force_login(make_colleague(city, "reader"))
    make_office_invitation(city, email="neu@koeln.example")
    page = client.get(f"/en/office/{city.slug}/people/").content.decode()
    assert "Invite a colleague" not in page
    assert "neu@koeln.example" not in page


@pytest.mark.parametrize(("colleagues", "queries"), [(1, 6), (3, 6)])
def test_the_list_costs_the_same_for_many(
    city: City, colleagues: int, queries: int, django_assert_num_queries
) -> None:
    client = Client()
    client.force_login(make_colleague(city))
    for _ in range(colleagues):
        make_colleague(city, "editor")
        make_office_invitation(city)
    with django_assert_num_queries(queries):
        client.get(f"/office/{city.slug}/people/")
