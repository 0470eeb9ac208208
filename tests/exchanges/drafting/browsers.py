"""Signed-in browsers and browsers that followed a link, for tests of pages."""

from __future__ import annotations

from typing import Any

from django.test import Client

from exchanges import tokens
from exchanges.models import Application, ApplicationParty, WorkLink
from tests.factories import make_membership, make_user

from ..scenes import make_link


def in_office(
    application: Application, role: str = "coordinator", *, city: int = 0, **extra: Any
) -> tuple[Client, str]:
    """A browser of a person in one of the cities, and the case's address there."""
    party = application.parties.all()[city]
    user = make_user(**extra)
    make_membership(user, party.city, role)
    client = Client()
    client.force_login(user)
    return client, f"/office/{party.city.slug}/exchanges/{application.ref}/"


def by_link(
    party: ApplicationParty, link: WorkLink | None = None, **extra: Any
) -> tuple[Client, str]:
    """A browser that followed a link of the city, and the case's address there."""
    link = link or make_link(party, **extra)
    client = Client()
    client.get(f"/x/{tokens.token_for(link)}/")
    return client, f"/x/{link.public_id}/"


def html_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    html: str = response.content.decode()
    return html
