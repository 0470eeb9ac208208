"""What a person's role in a city's office allows.

| role        | reads | edits | signs for the city | invites, hands over |
|-------------|-------|-------|--------------------|---------------------|
| reader      | yes   |       |                    |                     |
| editor      | yes   | yes   |                    |                     |
| signatory   | yes   |       | yes                |                     |
| coordinator | yes   | yes   | yes                | yes                 |
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from accounts.models import User
from accounts.policies import has_confirmed_address

from .models import CityDomain, Membership, RoleRequest

_Role = Membership.Role


class May(Enum):
    """What a page or an operation of a city's office asks for, with the roles that have it."""

    READ = frozenset(_Role)
    EDIT = frozenset({_Role.EDITOR, _Role.COORDINATOR})
    SIGN = frozenset({_Role.SIGNATORY, _Role.COORDINATOR})
    COORDINATE = frozenset({_Role.COORDINATOR})

    def granted_to(self, roles: Iterable[str]) -> bool:
        """Whether one of a person's roles in the city is enough."""
        return any(role in self.value for role in roles)


#: What a municipal mail domain alone is enough for.
BY_DOMAIN = frozenset({_Role.READER, _Role.EDITOR})


def covers(roles: Iterable[str], role: str) -> bool:
    """Whether the roles already allow everything that ``role`` allows."""
    held = list(roles)
    return all(may.granted_to(held) for may in May if may.granted_to([role]))


def is_granted_by_domain(request: RoleRequest) -> bool:
    """Whether the person's confirmed address is enough for the role, without anybody's decision."""
    if request.role not in BY_DOMAIN or not has_confirmed_address(request.user):
        return False
    return CityDomain.objects.knows(request.city, request.user.email)


def may_decide(user: User, request: RoleRequest) -> bool:
    """Coordinators of the city and staff, never about themselves."""
    if user == request.user:
        return False
    coordinates = Membership.objects.coordinators().filter(user=user, city=request.city)
    return user.is_staff or coordinates.exists()
