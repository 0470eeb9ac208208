"""The kinds of mail that offices send: is it still wanted, and where does its button lead?"""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register

from ..models import City, OfficeInvitation, RoleRequest
from . import mails


def _page(mail: Mail, name: str, *args: str) -> Links:
    with translation.override(mail.language):
        return Links({"page": settings.SITE_URL + reverse(name, args=args)})


def asked(mail: Mail, request: RoleRequest | None) -> Links | Stale:
    """Where the request is decided: the people of the office, or the staff's list."""
    if request is None or not request.is_open:
        return Stale("decided")
    if mail.key.endswith(":staff"):
        return _page(mail, "partnerships:role_requests")
    return _page(mail, "office:people", request.city.slug)


def decided(mail: Mail, request: RoleRequest | None) -> Links | Stale:
    return _page(mail, "office:start") if request else Stale("gone")


def invited(mail: Mail, invitation: OfficeInvitation | None) -> Links | Stale:
    """The page on which the invitation is accepted."""
    if invitation is None or not invitation.is_open(timezone.now()):
        return Stale("withdrawn")
    return _page(mail, "office:invited", invitation.public_id)


def about_office(mail: Mail, city: City | None) -> Links | Stale:
    return _page(mail, "office:start") if city else Stale("gone")


def _requests() -> QuerySet[RoleRequest]:
    return RoleRequest.objects.select_related("city")


KINDS = (
    Kind(mails.ASKED, _("request for a role"), asked, about=_requests, essential=True),
    Kind(mails.DECIDED, _("answer about a role"), decided, about=_requests, essential=True),
    Kind(
        mails.INVITED,
        _("invitation to an office"),
        invited,
        about=OfficeInvitation.objects.all,
    ),
    *(
        Kind(key, label, about_office, about=City.objects.all, essential=True)
        for key, label in (
            (mails.CHANGED, _("role changed")),
            (mails.ENDED, _("role ended")),
            (mails.TO_YOU, _("handover to a colleague")),
            (mails.BY_YOU, _("handover, for the person who leaves")),
        )
    ),
)


def register_kinds() -> None:
    register(*KINDS)
