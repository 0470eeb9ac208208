"""Who enters a city's office."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Membership
from partnerships.policies import May

from ...factories import make_city, make_membership, make_user

pytestmark = pytest.mark.django_db

Role = Membership.Role


@pytest.mark.parametrize(
    ("may", "roles"),
    [
        (May.READ, {"reader", "editor", "signatory", "coordinator"}),
        (May.EDIT, {"editor", "coordinator"}),
        (May.SIGN, {"signatory", "coordinator"}),
        (May.COORDINATE, {"coordinator"}),
    ],
)
def test_the_table_of_roles(may: May, roles: set[str]) -> None:
    assert {role for role in Role.values if may.granted_to([role])} == roles
    assert not may.granted_to([])


def test_two_roles_add_up() -> None:
    roles = [Role.EDITOR, Role.SIGNATORY]
    assert all(may.granted_to(roles) for may in (May.READ, May.EDIT, May.SIGN))
    assert not May.COORDINATE.granted_to(roles)


def test_who_works_for_one_city_goes_straight_to_it(client: Client) -> None:
    user, city = make_user(), make_city("Hamm")
    make_membership(user, city, "reader")
    client.force_login(user)
    response = client.get(reverse("office:start"))
    assert response["Location"] == reverse("office:overview", args=[city.slug])


def test_who_works_for_two_cities_chooses(client: Client) -> None:
    user = make_user()
    for name in ("Hamm", "Wolfsburg"):
        make_membership(user, make_city(name), "reader")
    client.force_login(user)
    page = client.get(reverse("office:start")).content.decode()
    assert "/office/hamm/" in page
    assert "/office/wolfsburg/" in page


def test_a_role_that_ended_opens_nothing(client: Client) -> None:
    user, city = make_user(), make_city("Hamm")
    membership = make_membership(user, city, "coordinator")
    client.force_login(user)
    address = reverse("office:overview", args=[city.slug])
    assert client.get(address).status_code == 200
    membership.delete()
    assert client.get(address).status_code == 404
