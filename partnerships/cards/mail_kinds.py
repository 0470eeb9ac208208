"""The kinds of mail about contact between offices, for the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import ContactWish
from . import mails

State = ContactWish.State


def wishes() -> QuerySet[ContactWish]:
    return ContactWish.objects.select_related("asking", "asked")


def wished(mail: Mail, wish: ContactWish | None) -> Links | Stale:
    """The page on which the asked office answers; nothing once it is settled."""
    if wish is None:
        return Stale("gone")
    if wish.state != State.OPEN:
        return Stale("withdrawn" if wish.state == State.WITHDRAWN else "answered")
    return _links(mail, "office:contact", wish.asked.slug, wish.pk)


def answered(mail: Mail, wish: ContactWish | None) -> Links | Stale:
    """What agreed cities may see of each other; after a no, other cities."""
    if wish is None:
        return Stale("gone")
    if wish.state == State.WITHDRAWN:
        return Stale("withdrawn")
    if wish.state == State.DECLINED:
        return _links(mail, "office:radar", wish.asking.slug)
    return _links(mail, "office:contact", wish.asking.slug, wish.pk)


def ended(mail: Mail, wish: ContactWish | None) -> Links | Stale:
    """The office's own start page: of the contact nothing is left to see."""
    return _links(mail, "office:start") if wish else Stale("gone")


def _links(mail: Mail, name: str, *arguments: Any) -> Links:
    with translation.override(mail.language):
        return Links({"page": settings.SITE_URL + reverse(name, args=arguments)})


KINDS = (
    Kind(mails.WISHED, _("an office would like to talk"), wished, about=wishes),
    Kind(mails.ANSWERED, _("answer to a wish to talk"), answered, about=wishes),
    Kind(mails.ENDED, _("an agreed contact has ended"), ended, about=wishes),
)


def register_kinds() -> None:
    register(*KINDS)
