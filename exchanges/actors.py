"""Who acts on an application: a person of a city's office, the holder of a link, or staff."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import User
from partnerships.models import City

from . import policies
from .models import Application, ApplicationParty, Review, WorkLink
from .policies import Action, Who


@dataclass(frozen=True)
class Actor:
    """Somebody with a name for the record, and what they are to one application.

    ``party`` is the city acted for; ``user`` is missing for holders of a link.
    """

    who: frozenset[Who]
    name: str
    user: User | None = None
    party: ApplicationParty | None = None
    link: WorkLink | None = field(default=None, compare=False)

    @property
    def city(self) -> City | None:
        return self.party.city if self.party else None

    @property
    def is_guest(self) -> bool:
        return self.link is not None

    def may(self, action: Action, application: Application) -> bool:
        return policies.may(action, application, self.who)

    def check(self, action: Action, application: Application) -> None:
        """Raises ``ValidationError``: see ``policies.check``."""
        policies.check(action, application, self.who)

    def check_person(self, action: Action) -> None:
        """``check`` without the state, for what may have been done already."""
        policies.check_person(action, self.who)


def of_office(user: User, party: ApplicationParty, roles: frozenset[str]) -> Actor:
    """A person with roles in one of the cities; other cities never read an address as a name."""
    who = policies.in_city(roles, is_lead=party.is_lead)
    return Actor(who, user.name, user, party)


def of_link(link: WorkLink) -> Actor:
    """The holder of a partner city's link; the name is what they gave themselves, if any."""
    who = policies.by_link(may_sign=link.may_sign)
    return Actor(who, link.name, party=link.party, link=link)


def of_staff(user: User) -> Actor:
    """Somebody of the programme's staff."""
    return Actor(frozenset({Who.STAFF}), user.name or user.email, user)


def of_reviewer(review: Review) -> Actor:
    """The person asked to review, as far as they have declared."""
    user = review.reviewer
    return Actor(policies.by_review(review.state), user.name or user.email, user)
