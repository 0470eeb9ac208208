"""What changes accounts."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from journal.operations import record
from privacy import ledger
from privacy.periods import ANONYMOUS_DOMAIN

from .models import User

RIGHTS = ("is_active", "is_staff", "is_superuser")


@transaction.atomic
def appoint_staff(*, email: str, name: str = "", superuser: bool) -> tuple[User, bool]:
    """Make the account a member of the staff, creating it if needed; takes no right away.

    Returns the account and whether anything changed. Refuses a broken address ("invalid") and
    an account that was switched off ("inactive").
    """
    validate_email(email)
    user = User.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_staff=True, is_superuser=superuser)
    elif not user.is_active:
        raise ValidationError(_("This account was switched off."), code="inactive")
    elif user.is_staff and (user.is_superuser or not superuser):
        return user, False
    else:
        user.is_staff, user.is_superuser = True, user.is_superuser or superuser
        user.name = user.name or name
        user.save()
    record("accounts.staff_appointed", user)
    return user, True


@transaction.atomic
def forget_former_addresses(*, user: User, by: User) -> int:
    """Drop sign-in addresses other than the account's own, so that an old mailbox opens nothing.

    Returns how many went.
    """
    former = EmailAddress.objects.filter(user=user).exclude(email=user.email)
    number = former.count()
    if number:
        former.delete()
        record("accounts.address_changed", user, by=by)
    return number


@transaction.atomic
def list_address(*, email: str) -> None:
    """Give an account made by staff its address row, so that its first code confirms it.

    Without the row allauth would ask for a second code; unknown addresses are left alone.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        has_primary = EmailAddress.objects.filter(user=user, primary=True).exists()
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"primary": not has_primary, "verified": False}
        )


@transaction.atomic
def remove_second_factor(*, user: User, by: User) -> int:
    """After a lost phone: the person sets up a new second factor at the next sign-in.

    Signs the person out everywhere. Returns how many factors went.
    """
    factors = Authenticator.objects.filter(user=user)
    number = factors.count()
    if number:
        factors.delete()
        end_sessions(user=user)
        record("accounts.second_factor_removed", user, by=by, count=number)
    return number


@transaction.atomic
def end_sessions(*, user: User) -> int:
    """Sign the person out everywhere; returns how many sessions ended."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


@transaction.atomic
def anonymise(*, user: User) -> bool:
    """Take name, address and every way in from an account; its traces stay without a person.

    Returns whether there was something to do.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_anonymised:
        return False
    user.email, user.name, user.is_active = f"{user.pk}{ANONYMOUS_DOMAIN}", "", False
    user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    record("accounts.anonymised", user)
    ledger.note("accounts.anonymised", id=user.pk)
    return True


@transaction.atomic
def note_rights_taken(*, user: User) -> None:
    """A backup made earlier must not give back what somebody may no longer do."""
    ledger.note(
        "accounts.rights_taken", id=user.pk, **{name: getattr(user, name) for name in RIGHTS}
    )


@transaction.atomic
def take_rights(*, user: User, keep: Collection[str]) -> bool:
    """Take every right (``RIGHTS``) that is not in ``keep``; returns whether one went."""
    user = User.objects.select_for_update().get(pk=user.pk)
    taken = [name for name in RIGHTS if getattr(user, name) and name not in keep]
    if not taken:
        return False
    for name in taken:
        setattr(user, name, False)
    user.save(update_fields=taken)
    note_rights_taken(user=user)
    return True
