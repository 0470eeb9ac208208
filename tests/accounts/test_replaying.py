"""Accounts that were erased or lost rights do not get them back from a backup."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.operations import RIGHTS, anonymise, take_rights
from privacy import ledger
from privacy.models import LedgerLine
from tests.admin_forms import form_data, page
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[str, dict[str, Any]]]:
    return list(LedgerLine.objects.values_list("what", "facts"))


def again(what: str, **facts: Any) -> int:
    now = timezone.now()
    done, failed = ledger.replay([{"at": now.isoformat(), "what": what, **facts}], since=now)
    assert failed == []
    return done.total()


def test_anonymising_is_noted_once_and_done_again() -> None:
    user = make_user()
    anonymise(user=user), anonymise(user=user)
    assert noted() == [("accounts.anonymised", {"id": user.pk})]

    back = make_user(name="Erika Beispiel")
    assert again("accounts.anonymised", id=back.pk) == 1
    assert again("accounts.anonymised", id=back.pk) == 0
    back.refresh_from_db()
    assert (back.name, back.is_active, back.is_anonymised) == ("", False, True)


def test_rights_are_taken_again_and_never_given() -> None:
    user = make_staff(is_superuser=True)
    left = {"is_active": True, "is_staff": True, "is_superuser": False}

    assert again("accounts.rights_taken", id=user.pk, **left) == 1
    assert again("accounts.rights_taken", id=user.pk, **dict.fromkeys(RIGHTS, True)) == 0

    user.refresh_from_db()
    assert {name: getattr(user, name) for name in RIGHTS} == left


def test_taking_nothing_notes_nothing() -> None:
    assert take_rights(user=make_user(), keep=RIGHTS) is False
    assert noted() == []


@pytest.mark.parametrize("what", ["anonymised", "rights_taken"])
def test_an_account_younger_than_the_backup_is_not_missed(what: str) -> None:
    assert again(f"accounts.{what}", id=4711, **dict.fromkeys(RIGHTS, False)) == 0


def edited(client: Client, **values: Any) -> Any:
    """An account after staff saved it with these values (``None`` unticks a box)."""
    user = make_user()
    client.force_login(make_staff(is_superuser=True))
    sent = {**form_data(client.get(page("change", user))), **values}
    client.post(page("change", user), {k: v for k, v in sent.items() if v is not None})
    user.refresh_from_db()
    return user


def test_switching_an_account_off_is_noted(client: Client) -> None:
    user = edited(client, is_active=None)
    left = {"is_active": False, "is_staff": False, "is_superuser": False}
    assert noted() == [("accounts.rights_taken", {"id": user.pk, **left})]


@pytest.mark.parametrize("values", [{"name": "Neu"}, {"is_staff": "on"}])
def test_other_changes_are_not(client: Client, values: dict[str, str]) -> None:
    edited(client, **values)
    assert noted() == []
