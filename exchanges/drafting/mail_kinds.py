"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import WorkLink
from ..tokens import link_for
from . import mails


def _links() -> QuerySet[WorkLink]:
    return WorkLink.objects.all()


def _work(mail: Mail, link: WorkLink | None) -> Links | Stale:
    """Not wanted any more once the link ended or the draft is gone."""
    if link is None:
        return Stale("gone")
    if link.ended_at:
        return Stale("superseded")
    if timezone.now() > link.readable_until:
        return Stale("over")
    return Links({"work": link_for(link)})


KINDS: tuple[Kind, ...] = (
    Kind(mails.LINK, _("link to a joint application"), _work, about=_links),
    Kind(mails.REMINDER, _("reminder of a joint application"), _work, about=_links),
)


def register_kinds() -> None:
    register(*KINDS)
