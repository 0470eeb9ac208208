"""The link by which a city confirms, without an account; ``mailing.links`` says how it works."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from mailing.links import LinkFamily

from ..models import ConfirmationRequest

LINKS = LinkFamily(
    purpose="confirm.v1", cookie="ude-confirmation", salt="partnerships.confirmation.grant"
)
COOKIE = LINKS.cookie


def token_for(request: ConfirmationRequest) -> str:
    return LINKS.token(request.public_id, request.token_version)


def link_for(request: ConfirmationRequest) -> str:
    """The link as it stands in mails."""
    return settings.SITE_URL + reverse("confirmation:open", args=[token_for(request)])


def request_for(token: str) -> ConfirmationRequest | None:
    """The request a token opens; ``None`` for a wrong, foreign or revoked one."""
    public_id = token.partition(".")[0]
    found = ConfirmationRequest.objects.filter(public_id=public_id).first()
    is_genuine = LINKS.is_genuine(token, found.token_version if found else 0)
    return found if is_genuine else None


def grant_for(request: ConfirmationRequest) -> str:
    return LINKS.grant(request.public_id, request.token_version)


def granted(request: ConfirmationRequest, cookie: str | None) -> bool:
    return LINKS.is_granted(request.public_id, request.token_version, cookie)
