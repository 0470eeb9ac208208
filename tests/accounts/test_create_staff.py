"""The first administrator comes from the command line."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from journal.models import Entry
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


def create_staff(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("create_staff", *args, stdout=out, **options)
    return out.getvalue()


def test_the_first_one_is_an_administrator_and_hears_what_to_do_next() -> None:
    said = create_staff("Ada@skew.example", "--name", "Ada Verwaltung")

    user = User.objects.get()
    assert (user.email, user.name) == ("ada@skew.example", "Ada Verwaltung")
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert said.startswith("ada@skew.example is now administrator.\nNext: open http")


def test_the_next_one_is_staff_only() -> None:
    make_staff(is_superuser=True)

    assert create_staff("toni@skew.example").startswith("toni@skew.example is now member of the")
    assert User.objects.get(email="toni@skew.example").is_superuser is False


@pytest.mark.parametrize(("option", "expected"), [("--superuser", True), ("--no-superuser", False)])
def test_the_role_can_be_chosen(option: str, expected: bool) -> None:
    create_staff("toni@skew.example", option)

    assert User.objects.get().is_superuser is expected


def test_an_account_that_exists_becomes_staff_and_keeps_its_name() -> None:
    make_user("toni@skew.example", name="Toni Brandt")

    create_staff("TONI@skew.example", "--name", "Other")

    user = User.objects.get()
    assert (user.name, user.is_staff, user.is_superuser) == ("Toni Brandt", True, True)


def test_running_it_twice_changes_nothing_and_takes_no_right_away() -> None:
    create_staff("ada@skew.example")

    assert "already is administrator" in create_staff("ada@skew.example", "--no-superuser")
    assert User.objects.get().is_superuser is True
    assert [entry.verb for entry in Entry.objects.all()] == ["accounts.staff_appointed"]


def test_nobody_can_sign_in_with_an_empty_password() -> None:
    create_staff("ada@skew.example")

    assert User.objects.get().has_usable_password() is False


def test_an_account_that_was_switched_off_stays_off() -> None:
    make_user("toni@skew.example", is_active=False)

    with pytest.raises(CommandError, match=r"toni@skew\.example: "):
        create_staff("toni@skew.example")
    assert User.objects.get().is_staff is False


def test_a_broken_address_is_refused() -> None:
    with pytest.raises(CommandError, match="no-address: "):
        create_staff("no-address")
    assert User.objects.count() == 0
