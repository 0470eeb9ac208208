"""Pages on which cities sign, hand in and withdraw."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.exchanges.drafting.browsers import in_office
from tests.exchanges.scenes import make_application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["sign/", "hand-in/", "versions/", "withdraw/"])
def test_strangers_sign_in_first_and_coordinators_see_the_page(page: str) -> None:
    client, case = in_office(make_application(state="checking"))
    assert Client().get(f"{case}{page}").status_code == 302
    assert client.get(f"{case}{page}").status_code == 200
