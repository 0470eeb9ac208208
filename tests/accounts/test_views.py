"""A person's own account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.forms import ProfileForm, zone_choices
from accounts.models import User
from tests.factories import make_city, make_membership, make_user

pytestmark = pytest.mark.django_db
URL = "/account/profile/"


@pytest.fixture
def anna(client: Client) -> User:
    user = make_user("anna@stadt.example", name="Anna")
    client.force_login(user)
    return user


def test_people_change_name_language_and_zone(client: Client, anna: User) -> None:
    data = {"name": "Anna B.", "language": "en", "time_zone": "America/New_York"}
    response = client.post(URL, data, follow=True)
    assert "Ihre Angaben wurden gespeichert." in response.content.decode()
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.time_zone) == ("Anna B.", "en", "America/New_York")


def test_wrong_input_is_refused_and_kept(client: Client, anna: User) -> None:
    data = {"name": "x" * 151, "language": "fr", "time_zone": "Mars/Base"}
    response = client.post(URL, data)
    assert set(response.context["form"].errors) == {"name", "language", "time_zone"}
    assert response.context["form"]["name"].value() == "x" * 151
    anna.refresh_from_db()
    assert anna.name == "Anna"


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "email", "is_active", "password"])
def test_nothing_else_can_be_changed_here(client: Client, anna: User, field: str) -> None:
    before = User.objects.values(field).get()
    data = {"name": "Anna", "language": "de", "time_zone": "Europe/Berlin", field: "on"}
    assert client.post(URL, data).status_code == 302
    assert User.objects.values(field).get() == before


def test_roles_are_listed(client: Client, anna: User) -> None:
    assert "Sie haben keine Rolle in einer Stadt." in client.get(URL).content.decode()
    make_membership(anna, make_city("Köln"), "coordinator")
    html = client.get(URL).content.decode()
    assert ">Köln</a>: Koordination" in html


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_roles_takes_the_same_queries(
    client: Client, anna: User, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        make_membership(anna, make_city())
    client.get(URL)
    with django_assert_num_queries(PROFILE_QUERIES):
        client.get(URL)


PROFILE_QUERIES = 3


def test_other_methods_are_not_answered(client: Client, anna: User) -> None:
    assert client.put(URL).status_code == 405


def test_the_choice_of_zones_holds_places_and_utc_only() -> None:
    names = {name for name, _label in zone_choices()}
    assert {"Europe/Berlin", "America/New_York", "UTC"} <= names
    assert not {name for name in names if name.startswith("Etc/")} | ({"CET", "EST"} & names)


def test_the_form_has_exactly_three_fields() -> None:
    assert list(ProfileForm().fields) == ["name", "language", "time_zone"]
