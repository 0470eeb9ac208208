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

from .models import Membership

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
