"""Accounts in the administration: made without a password, staff only by administrators."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client

from accounts.models import User
from journal.models import Entry
from tests.admin_forms import errors_of, form_data, page
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_staff(is_superuser=True))
    return client


def add(client: Client, **values: Any) -> Any:
    return client.post(page("add", User), {**form_data(client.get(page("add", User))), **values})


def edit(client: Client, user: User, **values: Any) -> Any:
    data = form_data(client.get(page("change", user)))
    return client.post(page("change", user), {**data, **values})


def test_a_new_account_has_no_password(staff: Client) -> None:
    response = add(staff, email="Neu@Stadt.example", name="Neu")
    assert response.status_code == 302, errors_of(response)
    user = User.objects.get(email="neu@stadt.example")
    assert (user.has_usable_password(), user.is_staff, user.is_active) == (False, False, True)


@pytest.mark.parametrize("email", ["", "no-address", "Anna@Stadt.example"])
def test_missing_broken_and_known_addresses_are_refused(staff: Client, email: str) -> None:
    make_user("anna@stadt.example")
    response = add(staff, email=email)
    assert response.status_code == 200
    assert User.objects.count() == 2


def test_staff_cannot_appoint_staff(staff: Client) -> None:
    user = make_user()
    edit(staff, user, is_staff="on", is_superuser="on")
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_administrators_appoint_staff(administrator: Client) -> None:
    user = make_user()
    assert edit(administrator, user, is_staff="on").status_code == 302
    user.refresh_from_db()
    assert user.is_staff


def test_staff_may_look_at_colleagues_but_not_change_them(staff: Client) -> None:
    colleague = make_staff(name="Kollegin")
    assert staff.get(page("change", colleague)).status_code == 200
    assert staff.post(page("change", colleague), {"name": "x"}).status_code == 403


def test_accounts_that_were_used_are_switched_off_instead_of_deleted(staff: Client) -> None:
    used, unused = make_user(), make_user()
    Client().force_login(used)
    assert staff.post(page("delete", used), {"post": "yes"}).status_code == 403
    assert staff.post(page("delete", unused), {"post": "yes"}).status_code == 302


def test_accounts_are_not_deleted_in_bulk(administrator: Client) -> None:
    user = make_user()
    action = {"action": "delete_selected", "_selected_action": user.pk, "post": "yes"}
    administrator.post(page("changelist", User), action)
    assert User.objects.filter(pk=user.pk).exists()


def test_a_changed_address_ends_the_old_one_s_sign_in(staff: Client) -> None:
    user = make_user("alt@stadt.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert edit(staff, user, email="neu@stadt.example").status_code == 302
    assert not EmailAddress.objects.filter(user=user).exists()
    assert Entry.objects.get(verb="accounts.address_changed").about == user


def test_passwords_cannot_be_searched_for(staff: Client) -> None:
    address = page("changelist", User) + "?password__startswith=md5"
    assert staff.get(address).status_code == 400


def test_removing_the_second_factor_skips_colleagues(staff: Client) -> None:
    user, colleague = make_user(), make_staff()
    for owner in (user, colleague):
        Authenticator.objects.create(user=owner, type="totp", data={})
    action = {"action": "remove_second_factor", "_selected_action": [user.pk, colleague.pk]}
    staff.post(page("changelist", User), action)
    assert [a.user for a in Authenticator.objects.all()] == [colleague]


def test_groups_addresses_and_factors_have_no_tables_of_their_own() -> None:
    labels = {model._meta.label_lower for model in admin.site._registry}
    assert labels & {"auth.group", "account.emailaddress", "mfa.authenticator"} == set()
