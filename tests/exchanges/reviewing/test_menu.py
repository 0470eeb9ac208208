"""Reviewers find their reviews in the menu of every page; nobody's page takes a query more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from exchanges.models import Reviewer
from tests.exchanges.scenes import make_reviewer
from tests.factories import make_staff, make_user

from .stage import signed_in

pytestmark = pytest.mark.django_db
LINK = '<a href="/reviews/">Meine Gutachten</a>'


def home(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_a_reviewer_finds_the_way_to_their_reviews_in_both_languages() -> None:
    client = signed_in(make_reviewer())
    assert LINK in home(client)
    assert '<a href="/en/reviews/">My reviews</a>' in home(client, "/en/")
    assert client.get("/reviews/").status_code == 200


def test_staff_who_review_find_it_too() -> None:
    staff = make_staff()
    assert LINK not in home(signed_in(staff))
    Reviewer.objects.create(user=staff)
    assert LINK in home(signed_in(staff))


@pytest.mark.parametrize("make", [make_user, lambda: make_reviewer(is_active=False)])
def test_others_and_former_reviewers_do_not(make: Any) -> None:
    assert LINK not in home(signed_in(make()))


def test_visitors_do_not(client: Client) -> None:
    assert LINK not in home(client)


@pytest.mark.parametrize("make", [make_user, make_reviewer])
def test_signed_in_the_home_page_takes_two_queries_more(
    django_assert_num_queries: Any, make: Any
) -> None:
    """Its own five, the session and the account."""
    person: User = make()
    client = signed_in(person)
    home(client)
    with django_assert_num_queries(7):
        home(client)
