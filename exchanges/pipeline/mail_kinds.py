"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import Application
from ..states import State
from ..submitting.mail_kinds import parties, while_in
from . import mails


def applications() -> QuerySet[Application]:
    return Application.objects.all()


def to_staff_page(mail: Mail, application: Application | None) -> Links | Stale:
    if application is None:
        return Stale("gone")
    with translation.override(mail.language):
        page = reverse("exchanges:staff_case", args=[application.ref])
    return Links({"page": settings.SITE_URL + page})


KINDS: tuple[Kind, ...] = (
    Kind(mails.TRANSFERRED, _("a case was handed to a colleague"), to_staff_page, applications),
    Kind(
        mails.REMINDED,
        _("an application waits for a city"),
        while_in(State.DRAFT, State.INFORMATION),
        about=parties,
    ),
)


def register_kinds() -> None:
    register(*KINDS)
