"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import Review
from ..states import State
from . import mails


def reviews() -> QuerySet[Review]:
    return Review.objects.select_related("application")


def asked(mail: Mail, review: Review | None) -> Links | Stale:
    """The page of the case; nothing once the review is there or nobody waits for it."""
    if review is None:
        return Stale("gone")
    is_missing = review.state in {Review.State.ASSIGNED, Review.State.OPEN}
    if not is_missing or review.application.state != State.REVIEWING:
        return Stale("reviewed")
    return _link(mail, review)


def settled(mail: Mail, review: Review | None) -> Links | Stale:
    return _link(mail, review) if review is not None else Stale("gone")


def _link(mail: Mail, review: Review) -> Links:
    with translation.override(mail.language):
        page = reverse("exchanges:review", args=[review.application.ref])
    return Links({"page": settings.SITE_URL + page})


KINDS: tuple[Kind, ...] = (
    Kind(mails.ASSIGNED, _("asked to review"), asked, about=reviews),
    Kind(mails.REMINDER, _("reminder of a review"), asked, about=reviews),
    Kind(mails.SETTLED, _("answer about a conflict of interest"), settled, about=reviews),
)


def register_kinds() -> None:
    register(*KINDS)
