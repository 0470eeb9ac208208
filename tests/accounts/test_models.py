"""People are identified by their address, in any spelling."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from tests.factories import make_city, make_membership, make_staff, make_user

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 17, tzinfo=dt.UTC)


def test_addresses_are_kept_in_lower_case_and_found_in_any() -> None:
    user = User.objects.create_user(" Anna@Stadt.example ")
    assert user.email == "anna@stadt.example"
    assert User.objects.get_by_natural_key("ANNA@stadt.example") == user


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_one_address_has_one_account() -> None:
    make_user("anna@stadt.example")
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="ANNA@stadt.example")])


def test_an_administrator_belongs_to_the_staff() -> None:
    user = User.objects.create_superuser("root@skew.example", "geheim")
    assert (user.is_staff, user.is_superuser, user.check_password("geheim")) == (True, True, True)


def test_people_are_called_by_name_or_by_address() -> None:
    assert str(User(email="a@b.example")) == "a@b.example"
    assert str(User(email="a@b.example", name="Anna")) == "Anna"


def test_abandoned_are_accounts_without_a_sign_in_for_two_years() -> None:
    long_ago = NOW - dt.timedelta(days=731)
    silent, never = make_user(last_login=long_ago), make_user(date_joined=long_ago)
    make_user(last_login=NOW, date_joined=long_ago)
    make_user(f"9{'@anonymised.invalid'}", date_joined=long_ago)
    assert set(User.objects.abandoned(NOW)) == {silent, never}


def test_sign_ups_that_nobody_confirms_are_found_after_a_week() -> None:
    now = timezone.now()
    old = {"date_joined": now - dt.timedelta(days=8)}
    silent, confirmed, entered = (make_user(**old) for _ in range(3))
    member = make_user(**old)
    fresh, staff, by_staff = make_user(), make_staff(**old), make_user(**old)
    make_membership(member, make_city())
    User.objects.filter(pk=entered.pk).update(last_login=now)
    for user in (silent, confirmed, entered, member, fresh, staff):
        EmailAddress.objects.create(user=user, email=user.email, verified=user == confirmed)
    assert list(User.objects.unconfirmed(now)) == [silent]
    assert by_staff not in User.objects.unconfirmed(now)
