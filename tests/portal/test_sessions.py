from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_staff
from ude_portal.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored(**values: str) -> str:
    session = SessionStore()
    session.update(values)
    session.create()
    return str(session.session_key)


def test_a_session_is_read_as_it_was_stored() -> None:
    assert dict(SessionStore(stored(colour="blue")).items()) == {"colour": "blue"}


def test_an_expired_an_unknown_and_no_session_are_empty_and_lose_their_key() -> None:
    key = stored(colour="blue")
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    for asked in (key, "nobodyhasthiskey", "x' OR 1=1 --", None):
        session = SessionStore(asked)
        assert (dict(session.items()), session.session_key) == ({}, None)


def test_a_session_that_was_ended_elsewhere_signs_out(client: Client) -> None:
    client.force_login(make_staff())
    assert client.get(reverse("accounts:profile")).status_code == 200
    Session.objects.all().delete()
    assert client.get(reverse("accounts:profile")).status_code == 302
