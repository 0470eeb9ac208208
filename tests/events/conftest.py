"""Fixtures of the events' tests."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_staff


@pytest.fixture
def staff_client(client: Client, db: None) -> Client:
    """A browser in which somebody of SKEW is signed in."""
    client.force_login(make_staff())
    return client
