"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from mailing.registry import Finish, Kind, Links, Stale, register

from .. import tokens
from ..models import Application, ApplicationParty
from ..states import State
from . import mails


def parties() -> QuerySet[ApplicationParty]:
    """What mails of this room are about: an application as one of its cities has it."""
    found = ApplicationParty.objects.select_related("application", "city")
    return found.prefetch_related("links")


def case_link(mail: Mail, party: ApplicationParty) -> str | None:
    """Where the mail's recipient opens the application; nothing once its link has ended."""
    mailbox = mail.key.rpartition(":")[2]
    if not mailbox.startswith("link-"):
        with translation.override(mail.language):
            page = reverse("exchanges:case", args=[party.city.slug, party.application.ref])
        return settings.SITE_URL + page
    now = timezone.now()
    for link in party.links.all():
        is_open = link.ended_at is None and link.readable_until > now
        if mailbox == f"link-{link.pk}" and is_open:
            return tokens.link_for(link)
    return None


def to_case(mail: Mail, party: ApplicationParty | None) -> Links | Stale:
    """A mail that leads to the application."""
    if party is None:
        return Stale("gone")
    link = case_link(mail, party)
    return Links({"page": link}) if link else Stale("superseded")


def while_in(*states: str) -> Finish:
    """``to_case`` while the application is in one of the states; afterwards nobody needs it."""

    def finish(mail: Mail, party: ApplicationParty | None) -> Links | Stale:
        if party is not None and party.application.state not in states:
            return Stale("superseded")
        return to_case(mail, party)

    return finish


def to_staff(mail: Mail, application: Application | None) -> Links | Stale:
    return Links() if application else Stale("gone")


_WRITING = while_in(State.DRAFT, State.INFORMATION)
KINDS: tuple[Kind, ...] = (
    Kind(mails.SIGN_AGAIN, _("an application is to be signed again"), _WRITING, about=parties),
    Kind(mails.ALL_SIGNED, _("all cities have signed an application"), _WRITING, about=parties),
    Kind(mails.WAIVED, _("a sign-off is waived"), to_case, about=parties),
    Kind(mails.RECEIVED, _("receipt of an application"), to_case, about=parties, essential=True),
    Kind(mails.EXTENDED, _("more time for an application"), while_in(State.DRAFT), about=parties),
    Kind(
        mails.QUESTION,
        _("question about an application"),
        while_in(State.INFORMATION),
        about=parties,
        essential=True,
    ),
    Kind(mails.WITHDRAWN, _("application withdrawn"), to_case, about=parties, essential=True),
    Kind(
        mails.WITHDRAWN_STAFF,
        _("application withdrawn (to the team)"),
        to_staff,
        about=Application.objects.all,
    ),
)


def register_kinds() -> None:
    register(*KINDS)
