"""Personal data of people with an account, and in the tables of the libraries around it."""

from __future__ import annotations

import datetime as dt

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import FIVE_YEARS

from .models import User
from .operations import anonymise

_ACCOUNT = Personal(
    purpose=_("To sign in and to see who worked on a case."),
    until=_(
        "2 years after the last sign-in; accounts of the staff while they work here; 7 days where "
        "nobody enters the code."
    ),
)
_SIGN_IN = Personal(
    purpose=_("To sign in and to protect the account."),
    until=_("Until the person changes it, at the latest until the account is anonymised."),
)

PERSONAL = {
    **dict.fromkeys(["User.email", "User.name", "User.language", "User.time_zone"], _ACCOUNT),
    **dict.fromkeys(["User.password", "User.last_login", "User.date_joined"], _SIGN_IN),
}
NOT_PERSONAL = {"User": ("is_active", "is_staff", "is_superuser")}
OTHER_TABLES = {
    "account.EmailAddress": _SIGN_IN,
    "mfa.Authenticator": _SIGN_IN,
    "sessions.Session": Personal(
        purpose=_("To stay signed in."), until=_("Sign-out, at the latest 2 weeks.")
    ),
    "admin.LogEntry": Personal(
        purpose=_("To trace changes of master data."), until=_("5 years after the change.")
    ),
    "account.EmailConfirmation": None,
    "auth.Group": None,
    "auth.Permission": None,
    "contenttypes.ContentType": None,
}


def anonymise_inactive(at: dt.datetime, dry_run: bool) -> int:
    """Accounts nobody has signed in to for two years; never those of working staff."""
    due = User.objects.abandoned(at)
    return due.count() if dry_run else sum(anonymise(user=user) for user in due)


def forget_unconfirmed(at: dt.datetime, dry_run: bool) -> int:
    """Sign-ups whose code nobody entered within a week."""
    due = User.objects.unconfirmed(at)
    count = due.count()
    if not dry_run:
        due.delete()
    return count


def expire_administration_log(at: dt.datetime, dry_run: bool) -> int:
    """The administration's own log after five years."""
    due = LogEntry.objects.filter(action_time__lt=at - FIVE_YEARS)
    return due.count() if dry_run else due.delete()[0]


def clear_sessions(at: dt.datetime, dry_run: bool) -> int:
    """Sessions that are over."""
    due = Session.objects.filter(expire_date__lt=at)
    return due.count() if dry_run else due.delete()[0]


purge.register("accounts.inactive", anonymise_inactive)
purge.register("accounts.unconfirmed", forget_unconfirmed)
purge.register("accounts.administration_log", expire_administration_log)
purge.register("accounts.sessions", clear_sessions)
