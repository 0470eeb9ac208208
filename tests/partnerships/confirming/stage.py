"""Darmstadt and San Antonio, their offices, and what they say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.test import Client

from accounts.models import User
from mailing.models import Mail
from partnerships.confirming import operations, tokens
from partnerships.confirming.contacts import Contact
from partnerships.confirming.facts import values_of
from partnerships.models import City, ConfirmationRequest, Partnership, Party, Position

from ...factories import make_city, make_membership, make_partner_city, make_partnership, make_user


@dataclass
class Stage:
    """A listed partnership of two cities; each has an office with a coordinator."""

    home: City
    abroad: City
    partnership: Partnership
    us: User
    them: User

    def party(self, city: City) -> Party:
        return self.partnership.parties.get(city=city)

    def claim(self, *, to: str = "mayor@sanantonio.example", **values: Any) -> Partnership:
        """Darmstadt says “this is ours” and asks San Antonio at ``to``."""
        facts = {**values_of(self.partnership), **values}
        self.partnership = operations.claim(
            partnership=self.partnership,
            city=self.home,
            values=facts,
            contacts={self.abroad.pk: Contact(to, "en")},
            office="Amt für Internationales",
            by=self.us,
        )
        return self.partnership

    def request(self, city: City | None = None) -> ConfirmationRequest:
        found = ConfirmationRequest.objects.filter(party__city=city or self.abroad)
        latest = found.order_by("-round").first()
        assert latest is not None
        return latest

    def answer(self, outcome: str = "right", **said: Any) -> Any:
        """San Antonio answers by link; ``said`` holds values that differ."""
        request = self.request()
        statements = {name: {"value": value, "comment": ""} for name, value in said.items()}
        result = operations.confirm(
            party=request.party,
            request=request,
            outcome="differs" if said else outcome,
            said=statements,
            name="Renata Caballero",
            office="Mayor",
        )
        self.partnership.refresh_from_db()
        return result

    def browser(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def by_link(self, city: City | None = None) -> tuple[Client, str]:
        """A browser that followed the link of the latest request, and the page's address."""
        client, request = Client(), self.request(city)
        response = client.get(f"/p/{tokens.token_for(request)}/")
        assert response.status_code == 302
        return client, response["Location"]


def make_stage(**extra: Any) -> Stage:
    home = make_city("Darmstadt", slug="darmstadt")
    abroad = make_partner_city("San Antonio", slug="san-antonio")
    partnership = make_partnership(
        home, abroad, slug="darmstadt-san-antonio", year_established=2017, **extra
    )
    us, them = make_user("voss@darmstadt.example"), make_user("martha@sanantonio.example")
    make_membership(us, home, "coordinator")
    make_membership(them, abroad, "coordinator")
    Position.objects.create(city=home, email="buero@darmstadt.example", title="Büro")
    return Stage(home, abroad, partnership, us, them)


def kinds_to(address: str) -> list[str]:
    """Kinds of mail written to an address, in order."""
    return list(Mail.objects.filter(to=address).order_by("pk").values_list("kind", flat=True))


def rows_of_everything() -> dict[str, list[Any]]:
    """Every row of every table but Django's own sessions."""
    models = [one for one in apps.get_models() if one._meta.label != "sessions.Session"]
    return {one._meta.label: list(one._base_manager.order_by("pk").values_list()) for one in models}
