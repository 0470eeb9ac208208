"""Who may change whose account."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.policies import may_appoint_staff, may_delete, may_manage

CITY = User(pk=1, email="a@stadt.example")
STAFF = User(pk=2, email="b@skew.example", is_staff=True)
ADMINISTRATOR = User(pk=3, email="c@skew.example", is_staff=True, is_superuser=True)
LEAVER = User(pk=4, email="d@skew.example", is_staff=True, is_superuser=True, is_active=False)
USED = User(pk=5, email="e@stadt.example", last_login=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("by", "account", "allowed"),
    [
        (CITY, None, False),
        (CITY, CITY, False),
        (STAFF, None, True),
        (STAFF, CITY, True),
        (STAFF, STAFF, False),
        (STAFF, ADMINISTRATOR, False),
        (ADMINISTRATOR, None, True),
        (ADMINISTRATOR, STAFF, True),
        (LEAVER, CITY, False),
    ],
)
def test_who_manages_whose_account(by: User, account: User | None, allowed: bool) -> None:
    assert may_manage(by, account) is allowed


@pytest.mark.parametrize(
    ("by", "allowed"), [(CITY, False), (STAFF, False), (ADMINISTRATOR, True), (LEAVER, False)]
)
def test_only_administrators_appoint_staff(by: User, allowed: bool) -> None:
    assert may_appoint_staff(by) is allowed


@pytest.mark.parametrize(
    ("by", "account", "allowed"),
    [
        (STAFF, CITY, True),
        (STAFF, USED, False),
        (STAFF, ADMINISTRATOR, False),
        (ADMINISTRATOR, STAFF, True),
        (ADMINISTRATOR, ADMINISTRATOR, False),
    ],
)
def test_only_unused_accounts_of_others_are_deleted(by: User, account: User, allowed: bool) -> None:
    assert may_delete(by, account) is allowed
