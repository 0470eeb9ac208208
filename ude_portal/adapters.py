"""How allauth works here: people sign up by a code, its mails go through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from accounts.operations import list_address

from . import account_mails


class AccountAdapter(DefaultAccountAdapter):
    def is_safe_url(self, url: str | None) -> bool:
        """Whether ``next`` leads into the portal; what is no address at all does not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # "http://[" and the like
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one's work is: what waits for the staff, one's reviews, or one's city's office."""
        user: Any = request.user
        if user.is_staff:
            return reverse("partnerships:queue")
        if hasattr(user, "reviewer") and user.reviewer.is_active:
            return reverse("exchanges:reviews")
        return reverse("office:start")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if "code" in context:
            list_address(email=email)
        account_mails.write(template_prefix, email, context)
