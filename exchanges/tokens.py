"""The link by which a partner city works without an account; ``mailing.links`` says how."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mailing.links import LinkFamily

from .models import WorkLink

LINKS = LinkFamily(purpose="exchange.v1", cookie="ude-exchange", salt="exchanges.link.grant")
COOKIE = LINKS.cookie


def token_for(link: WorkLink) -> str:
    return LINKS.token(link.public_id, link.token_version)


def link_for(link: WorkLink) -> str:
    """The link as it stands in mails."""
    return settings.SITE_URL + reverse("exchange_link:open", args=[token_for(link)])


def link_of(token: str) -> WorkLink | None:
    """The link a token opens; ``None`` for a wrong, foreign or ended one."""
    public_id = token.partition(".")[0]
    found = WorkLink.objects.open(timezone.now()).filter(public_id=public_id).first()
    is_genuine = LINKS.is_genuine(token, found.token_version if found else 0)
    return found if is_genuine else None


def former_link_of(token: str) -> WorkLink | None:
    """The ended link a genuine token opened once; its page says where the work went."""
    public_id = token.partition(".")[0]
    found = WorkLink.objects.filter(public_id=public_id, ended_at__isnull=False).first()
    is_genuine = LINKS.is_genuine(token, found.token_version if found else 0)
    return found if is_genuine else None


def grant_for(link: WorkLink) -> str:
    return LINKS.grant(link.public_id, link.token_version)


def granted(link: WorkLink, cookie: str | None) -> bool:
    return LINKS.is_granted(link.public_id, link.token_version, cookie)
