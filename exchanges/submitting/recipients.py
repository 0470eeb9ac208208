"""Where mail to a city of an application goes: who leads and signs there, and its links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailing.operations import fold
from partnerships.models import Membership

from ..actors import Actor
from ..models import ApplicationParty, WorkLink

_ROLES = (Membership.Role.COORDINATOR, Membership.Role.SIGNATORY)


@dataclass(frozen=True)
class Mailbox:
    """One address of a city; ``key`` ends the keys of its mails and says how it comes in.

    ``link`` is missing for people of the office, who sign in.
    """

    key: str
    email: str
    language: str
    link: WorkLink | None = None

    def belongs_to(self, actor: Actor) -> bool:
        """Whether it is the address of who acted."""
        own = actor.user.email if actor.user else actor.link.email if actor.link else ""
        return fold(own) == fold(self.email)


def mailboxes(party: ApplicationParty) -> list[Mailbox]:
    """Coordinators and signatories of the city, then its open links; every address once.

    Of several links to one address the newest counts. Two queries.
    """
    members = Membership.objects.filter(city=party.city_id, role__in=_ROLES, user__is_active=True)
    found: dict[str, Mailbox] = {}
    for one in members.select_related("user").order_by("pk"):
        user = one.user
        found.setdefault(fold(user.email), Mailbox(f"user-{user.pk}", user.email, user.language))
    for link in party.links.filter(ended_at__isnull=True).order_by("-number"):
        box = Mailbox(f"link-{link.pk}", link.email, link.language, link)
        found.setdefault(fold(link.email), box)
    return list(found.values())


def all_mailboxes(
    parties: Iterable[ApplicationParty], *, but: Actor | None = None
) -> list[tuple[ApplicationParty, Mailbox]]:
    """The mailboxes of several cities, without the one of who acted."""
    return [
        (party, box)
        for party in parties
        for box in mailboxes(party)
        if but is None or not box.belongs_to(but)
    ]
