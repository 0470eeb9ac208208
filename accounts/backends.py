"""Who is signed in, read by a statement that is written once."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from journal.prepared import Prepared

from .models import User

#: One-to-one relations that every page's menu asks about, such as ``reviewer``.
_ALONGSIDE: list[str] = []


def read_alongside(relation: str) -> None:
    """Read the row that ``relation`` leads to together with who is signed in, in one statement.

    Apps call it in ``AppConfig.ready()``. Where there is no such row, asking takes no query.
    """
    _ALONGSIDE.append(relation)


def _account(number: Any) -> Any:
    found = User.objects.filter(pk=number)
    return found.select_related(*_ALONGSIDE) if _ALONGSIDE else found


_by_number = Prepared(_account, int)


class Backend(AuthenticationBackend):
    """Allauth's backend with a shorter way to the account of a session."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = _by_number.first(int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
