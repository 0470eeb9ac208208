"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import Complaint, Letter
from ..submitting.mail_kinds import case_link
from . import mails

_WITH_CASE = ("party__city", "party__application")


def letters() -> QuerySet[Letter]:
    """What mails about a decision are about: the letter of the city they go to."""
    return Letter.objects.select_related(*_WITH_CASE).prefetch_related("party__links")


def complaints() -> QuerySet[Complaint]:
    return Complaint.objects.select_related(*_WITH_CASE).prefetch_related("party__links")


def to_case(mail: Mail, about: Any) -> Links | Stale:
    """A mail to a city leads to the application, where letter and answer stand."""
    if about is None:
        return Stale("gone")
    link = case_link(mail, about.party)
    return Links({"page": link}) if link else Stale("superseded")


def to_staff_page(mail: Mail, complaint: Complaint | None) -> Links | Stale:
    if complaint is None:
        return Stale("gone")
    if complaint.answered_at:
        return Stale("answered")
    with translation.override(mail.language):
        page = reverse("exchanges:staff_case", args=[complaint.party.application.ref])
    return Links({"page": settings.SITE_URL + page})


KINDS: tuple[Kind, ...] = (
    Kind(
        mails.DECISION,
        _("decision on an application"),
        to_case,
        about=letters,
        when_uncertain="wait",
        essential=True,
    ),
    Kind(mails.COMPLAINED, _("a city objects to a decision"), to_staff_page, about=complaints),
    Kind(
        mails.COMPLAINT_ANSWERED,
        _("answer to a complaint"),
        to_case,
        about=complaints,
        when_uncertain="wait",
        essential=True,
    ),
)


def register_kinds() -> None:
    register(*KINDS)
