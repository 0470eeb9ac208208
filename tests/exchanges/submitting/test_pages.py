"""Pages on which cities sign, hand in and withdraw."""

from __future__ import annotations

import pytest
from django.test import Client

from exchanges.models import Application
from tests.exchanges.drafting.browsers import in_office

pytestmark = pytest.mark.django_db
#: Statements of each page, whatever it shows.
COUNTS = {"hand-in/": 0, "sign/": 0}


#: Statements of each page, whatever it shows.
def test_strangers_sign_in_first(application: Application) -> None:
    _client, case = in_office(application)
    assert Client().get(f"{case}sign/").status_code == 302
