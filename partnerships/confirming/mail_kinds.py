"""The kinds of mail about confirmations, and the links they get just before they leave."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import ConfirmationRequest, Partnership
from . import mails
from .tokens import link_for


def _requests() -> QuerySet[ConfirmationRequest]:
    return ConfirmationRequest.objects.all()


def _question(mail: Mail, request: ConfirmationRequest | None) -> Links | Stale:
    """Not wanted any more once answered, replaced, or too late."""
    if request is None:
        return Stale("gone")
    if request.replaced_at:
        return Stale("superseded")
    if request.answered_at:
        return Stale("answered")
    if timezone.now() > request.answer_by:
        return Stale("over")
    return Links({"confirm": link_for(request)})


def _receipt(mail: Mail, request: ConfirmationRequest | None) -> Links | Stale:
    return Links({"confirm": link_for(request)}) if request else Stale("gone")


def _office(mail: Mail, partnership: Partnership | None) -> Links | Stale:
    """Offices sign in and find the partnership among their own."""
    if partnership is None:
        return Stale("gone")
    return Links({"office": settings.SITE_URL + reverse("office:start")})


def _draft(mail: Mail, partnership: Partnership | None) -> Links | Stale:
    """Nothing to say any more once the draft is registered or gone."""
    if partnership is not None and partnership.state != Partnership.State.DRAFT:
        return Stale("superseded")
    return _office(mail, partnership)


def register_kinds() -> None:
    every = Partnership.objects.all
    register(
        Kind(mails.CONFIRM, _("request to confirm a partnership"), _question, about=_requests),
        Kind(mails.REMINDER, _("reminder to confirm a partnership"), _question, about=_requests),
        Kind(mails.RECEIPT, _("receipt of an answer"), _receipt, about=_requests, essential=True),
        Kind(
            mails.REVIEWED,
            _("decision about an answer"),
            lambda mail, about: Links(),
            about=every,
            essential=True,
        ),
        Kind(mails.NEWS, _("news about a partnership"), _office, about=every),
        Kind(mails.SETTLED, _("difference settled"), _office, about=every),
        Kind(mails.CITY_DECIDED, _("decision about a proposed city"), _office, about=every),
        Kind(mails.DRAFT_WAITS, _("a draft waits"), _draft, about=every),
    )
