"""Who may change whose account."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from .models import User


def may_manage(by: User, account: User | None = None) -> bool:
    """Staff keep the accounts of the cities; only administrators those of their colleagues."""
    if not (by.is_active and by.is_staff):
        return False
    return by.is_superuser or account is None or not (account.is_staff or account.is_superuser)


def may_appoint_staff(by: User) -> bool:
    """Only administrators decide who belongs to the staff."""
    return bool(by.is_active and by.is_superuser)


def may_delete(by: User, account: User) -> bool:
    """Accounts that never signed in may go; all others are switched off, so history keeps names."""
    return may_manage(by, account) and account.last_login is None and account.pk != by.pk


def has_confirmed_address(user: User) -> bool:
    """Whether somebody proved by a code that the account's address is theirs."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
