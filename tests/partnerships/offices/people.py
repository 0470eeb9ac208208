"""People of an office for its tests: with confirmed addresses, as after a code."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from mailing.models import Mail
from partnerships.models import City
from tests.factories import make_membership, make_user


def make_person(email: str = "", *, confirmed: bool = True, **extra: Any) -> User:
    user = make_user(email, **extra)
    EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
    return user


def make_colleague(city: City, role: str = "coordinator", email: str = "", **extra: Any) -> User:
    user = make_person(email, **extra)
    make_membership(user, city, role)
    return user


def mailed() -> list[tuple[str, str]]:
    """Kind (without the app) and recipient of every mail written so far, in order."""
    rows = Mail.objects.order_by("pk").values_list("kind", "to")
    return [(kind.removeprefix("partnerships."), to) for kind, to in rows]


def roles(user: User) -> list[str]:
    return sorted(user.memberships.values_list("role", flat=True))
