"""What changes accounts."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from accounts.operations import (
    anonymise,
    end_sessions,
    forget_former_addresses,
    list_address,
    remove_second_factor,
)
from journal.models import Entry
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_ending_sessions_signs_out_this_person_only() -> None:
    one, other = make_user(), make_user()
    mine, theirs = signed_in(one), signed_in(other)
    assert end_sessions(user=one) == 1
    assert mine.get("/account/profile/").status_code == 302
    assert theirs.get("/account/profile/").status_code == 200


def test_former_addresses_go_and_the_present_one_stays() -> None:
    user, staff = make_user("neu@stadt.example"), make_staff()
    for email in ("neu@stadt.example", "alt@stadt.example"):
        EmailAddress.objects.create(user=user, email=email, verified=True)
    assert forget_former_addresses(user=user, by=staff) == 1
    assert [a.email for a in EmailAddress.objects.filter(user=user)] == ["neu@stadt.example"]
    assert forget_former_addresses(user=user, by=staff) == 0
    assert Entry.objects.count() == 1


def test_removing_the_second_factor_signs_out_and_is_recorded() -> None:
    user, staff = make_user(), make_staff()
    client = signed_in(user)
    Authenticator.objects.create(user=user, type="totp", data={})
    assert remove_second_factor(user=user, by=staff) == 1
    assert client.get("/account/profile/").status_code == 302
    entry = Entry.objects.get()
    assert (entry.verb, entry.by) == ("accounts.second_factor_removed", staff)


def test_without_a_second_factor_nothing_happens() -> None:
    user = make_user()
    client = signed_in(user)
    assert remove_second_factor(user=user, by=make_staff()) == 0
    assert client.get("/account/profile/").status_code == 200
    assert not Entry.objects.exists()


def test_an_anonymised_account_has_no_name_and_no_way_in() -> None:
    user = make_user("anna@stadt.example", name="Anna Beispiel")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    Authenticator.objects.create(user=user, type="totp", data={})
    signed_in(user)
    assert anonymise(user=user) is True
    user.refresh_from_db()
    assert (user.email, user.name) == (f"{user.pk}@anonymised.invalid", "")
    assert (user.is_active, user.has_usable_password()) == (False, False)
    left = [EmailAddress, Authenticator, Session]
    assert [model.objects.count() for model in left] == [0, 0, 0]


def test_anonymising_twice_changes_and_records_once() -> None:
    user = make_user()
    assert [anonymise(user=user), anonymise(user=user)] == [True, False]
    assert Entry.objects.filter(verb="accounts.anonymised").count() == 1


def test_an_account_made_by_staff_gets_its_address_row_once() -> None:
    user = make_user("anna@stadt.example")
    for email in ("ANNA@stadt.example", "anna@stadt.example", "unknown@stadt.example"):
        list_address(email=email)
    row = EmailAddress.objects.get()
    assert (row.user, row.email, row.primary, row.verified) == (user, user.email, True, False)


def test_a_second_address_row_does_not_become_the_primary_one() -> None:
    user = make_user("neu@stadt.example")
    EmailAddress.objects.create(user=user, email="alt@stadt.example", primary=True)
    list_address(email=user.email)
    assert not EmailAddress.objects.get(email=user.email).primary
