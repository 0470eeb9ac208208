"""A guest's personal link and the cookie that follows it; ``mailing.links`` says how they work."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from journal.prepared import Prepared
from mailing.links import LinkFamily

from .models import Invitation

LINKS = LinkFamily(purpose="rsvp.v1", cookie="ude-invitation", salt="events.invitation.grant")
COOKIE = LINKS.cookie
_known = Prepared(
    lambda public_id: (
        Invitation.objects.select_related("event").filter(public_id=public_id).order_by("pk")
    ),
    str,
)


def token_for(invitation: Invitation) -> str:
    """The token of the invitation's current version."""
    return LINKS.token(invitation.public_id, invitation.token_version)


def link_for(invitation: Invitation) -> str:
    """The personal link as it stands in mails."""
    return settings.SITE_URL + reverse("invitation:open", args=[token_for(invitation)])


def invitation_for(token: str) -> Invitation | None:
    """The invitation a token opens; ``None`` for a wrong, foreign or revoked one."""
    public_id = token.partition(".")[0]
    invitation: Invitation | None = _known.first(public_id)
    version = invitation.token_version if invitation else 0
    is_genuine = LINKS.is_genuine(token, version)
    return invitation if is_genuine else None


def grant_for(invitation: Invitation) -> str:
    """The signed value of the cookie that opens this invitation's page."""
    return LINKS.grant(invitation.public_id, invitation.token_version)


def granted(invitation: Invitation, cookie: str | None) -> bool:
    """Whether the cookie opens this invitation, in its present version."""
    return LINKS.is_granted(invitation.public_id, invitation.token_version, cookie)
