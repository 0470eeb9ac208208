"""Personal links: ``<public id>.<tag>``, an HMAC over id and version with a key of its own.

The database holds the id and the version, never the tag: a stolen copy opens nothing, and a
reminder can still print the same link. Raising ``token_version`` revokes every link printed
so far. The first GET of a link moves the grant into a signed cookie for that one invitation,
so that the address bar and the logs stay clean.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Invitation

COOKIE = "ude-invitation"
_COOKIE_SALT = "events.invitation.grant"
_TAG_LENGTH = 22


def _tag(public_id: str, version: int, key: str) -> str:
    digest = hmac.digest(key.encode(), f"rsvp.v1:{public_id}:{version}".encode(), sha256)
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def token_for(invitation: Invitation) -> str:
    """The token of the invitation's current version."""
    tag = _tag(invitation.public_id, invitation.token_version, settings.LINK_KEY)
    return f"{invitation.public_id}.{tag}"


def link_for(invitation: Invitation) -> str:
    """The personal link as it stands in mails."""
    return settings.SITE_URL + reverse("invitation:open", args=[token_for(invitation)])


def invitation_for(token: str) -> Invitation | None:
    """The invitation a token opens; ``None`` for a wrong, foreign or revoked one."""
    public_id, _, tag = token.partition(".")
    invitation = Invitation.objects.select_related("event").filter(public_id=public_id).first()
    version = invitation.token_version if invitation else 0
    keys = [settings.LINK_KEY, *settings.LINK_KEY_FALLBACKS]
    genuine = [
        secrets.compare_digest(tag.encode(), _tag(public_id, version, key).encode()) for key in keys
    ]
    return invitation if invitation and any(genuine) else None


def grant_for(invitation: Invitation) -> str:
    """The signed value of the cookie that opens this invitation's page."""
    return signing.Signer(key=settings.LINK_KEY, salt=_COOKIE_SALT).sign_object(
        {"id": invitation.public_id, "version": invitation.token_version}
    )


def granted(invitation: Invitation, cookie: str | None) -> bool:
    """Whether the cookie opens this invitation, in its present version."""
    if not cookie:
        return False
    signer = signing.Signer(
        key=settings.LINK_KEY, salt=_COOKIE_SALT, fallback_keys=settings.LINK_KEY_FALLBACKS
    )
    try:
        grant = signer.unsign_object(cookie)
    except (signing.BadSignature, ValueError):
        return False
    return grant == {"id": invitation.public_id, "version": invitation.token_version}
