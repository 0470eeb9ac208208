"""Who signs in lands where their work is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.exchanges.scenes import make_reviewer
from tests.factories import make_city, make_membership, make_staff, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-passwort"


def of_an_office() -> User:
    user = make_user()
    make_membership(user, make_city("Hamm"), "editor")
    return user


def sign_in(client: Client, user: User, **more: str) -> list[tuple[str, int]]:
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    form = {"login": user.email, "password": PASSWORD, **more}
    return client.post("/account/login/", form, follow=True).redirect_chain


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (make_staff, "/staff/queue/"),
        (make_reviewer, "/reviews/"),
        (lambda: make_reviewer(is_active=False), "/office/"),
        (of_an_office, "/office/"),
        (make_user, "/office/"),
    ],
)
def test_who_signs_in_lands_at_their_work(
    client: Client, make: Callable[[], User], address: str
) -> None:
    assert sign_in(client, make())[0] == (address, 302)


def test_where_somebody_wanted_to_go_counts_more(client: Client) -> None:
    assert sign_in(client, make_staff(), next="/events/") == [("/events/", 302)]
