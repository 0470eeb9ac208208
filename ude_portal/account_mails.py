"""The mails of sign-in and accounts: written through the outbox, erased once they are sent."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from allauth.account import app_settings
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mailing.drafts import Draft
from mailing.models import Mail
from mailing.operations import enqueue
from mailing.registry import Kind, register
from mailing.rendering import compose, unlinked

LABELS = {
    "login_code": _("sign-in code"),
    "password_reset_code": _("code for a new password"),
    "email_confirmation": _("code to confirm an address"),
    "email_confirmation_signup": _("code to confirm an address"),
    "unknown_account": _("sign-in without an account"),
    "account_already_exists": _("account exists already"),
    "email_changed": _("address changed"),
    "email_confirm": _("address confirmed"),
    "email_deleted": _("address removed"),
    "password_changed": _("password changed"),
    "password_reset": _("password reset"),
    "password_set": _("password set"),
    "recovery_codes_generated": _("new recovery codes"),
    "totp_activated": _("authenticator app added"),
    "totp_deactivated": _("authenticator app removed"),
    "webauthn_added": _("passkey added"),
    "webauthn_removed": _("passkey removed"),
}


def register_kinds() -> None:
    register(
        *(
            Kind(f"accounts.{name}", label, essential=True, erase_when_sent=True)
            for name, label in LABELS.items()
        )
    )


def write(template: str, to: str, context: dict[str, Any]) -> Mail:
    """Write allauth's mail ``template`` (``account/email/login_code``) in the person's language.

    A mail with a code is of no use once the code has expired, so it is dropped then.
    """
    name = template.rpartition("/")[2]
    language = language_of(to)
    minutes = valid_minutes(name) if "code" in context else None
    facts = {**context, "email": to, "minutes": minutes, "operator": settings.OPERATOR}
    typed = {name: unlinked(value) for name, value in facts.items() if isinstance(value, str)}
    context = facts | typed | addresses(language)
    subject, text, html = compose(f"{template}.txt", context, language)
    return enqueue(
        Draft(
            key=f"accounts.{name}:{uuid.uuid4().hex}",
            kind=f"accounts.{name}",
            to=to,
            language=language,
            subject=subject,
            text=text,
            html=html,
            priority=Mail.Priority.AT_ONCE,
            not_after=timezone.now() + dt.timedelta(minutes=minutes) if minutes else None,
        )
    )


def addresses(language: str) -> dict[str, str]:
    """Where people sign in and sign up, as the texts name it."""
    with translation.override(language):
        pages = {"login_page": "account_login", "signup_page": "account_signup"}
        return {name: settings.SITE_URL + reverse(page) for name, page in pages.items()}


def language_of(email: str) -> str:
    """The account's language; without an account, the one of the page."""
    theirs = Q(email__iexact=email) | Q(emailaddress__email__iexact=email)
    found = User.objects.filter(theirs).values_list("language", flat=True).first()
    return found or translation.get_language() or settings.LANGUAGE_CODE


def valid_minutes(name: str) -> int:
    """How long allauth accepts the code of this mail."""
    seconds = {
        "login_code": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "password_reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }
    return seconds.get(name, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT) // 60
