"""Hamm and Chattanooga promise each other something; Oxford has nothing to do with it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from partnerships.models import City, Commitment, Partnership, Party
from tests.factories import (
    make_city,
    make_commitment,
    make_membership,
    make_partner_city,
    make_partnership,
    make_user,
)


def make_pair(**extra: Any) -> Partnership:
    hamm, chattanooga = make_city("Hamm"), make_partner_city("Chattanooga")
    return make_partnership(hamm, chattanooga, **{"state": "active", **extra})


def party(partnership: Partnership, name: str = "Hamm") -> Party:
    return partnership.parties.select_related("city", "partnership").get(city__name_de=name)


def browser(city: City, role: str = "editor") -> Client:
    client = Client()
    user = make_user()
    make_membership(user, city, role)
    client.force_login(user)
    return client


def make_closed(of: Party, **extra: Any) -> Commitment:
    return make_commitment(of, **{"state": "done", "closed_on": timezone.localdate(), **extra})
