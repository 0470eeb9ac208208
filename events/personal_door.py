"""The door of the personal pages: who comes in by a link, and in which language and zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from mailing import door
from mailing.door import Notice, language_asked, sealed

from . import policies, tokens
from .models import Invitation
from .offers import for_personal_page

View = Callable[..., HttpResponse]

WRONG_LINK = Notice(
    _("This link does not work"),
    _(
        "It may be incomplete, it may have been replaced by a newer one, the invitation may "
        "have been withdrawn, or the event may be long over. Please open the link in our "
        "latest e-mail; if your mail program broke it, copy all of it."
    ),
)


def language_of(request: HttpRequest, invitation: Invitation) -> str:
    """The language asked for (form first, then address), else the recipient's."""
    return language_asked(request, invitation.language)


@contextmanager
def in_the_guests_world(invitation: Invitation, language: str) -> Iterator[None]:
    """Texts in ``language`` and times in the recipient's zone."""
    with translation.override(language), timezone.override(ZoneInfo(invitation.time_zone)):
        yield


def let_in(response: HttpResponse, invitation: Invitation) -> HttpResponse:
    """Put the grant into the cookie of this one invitation; no row is written."""
    return door.hand_over(
        response,
        tokens.LINKS,
        tokens.grant_for(invitation),
        path=f"/i/{invitation.public_id}/",
        until=invitation.readable_until,
    )


def guest_page(view: View) -> View:
    """Call ``view(request, invitation)`` for the holder of a valid grant, else ask for the link."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        invitation = for_personal_page.first(public_id)
        cookie = request.COOKIES.get(tokens.COOKIE)
        known = invitation is not None and tokens.granted(invitation, cookie)
        if invitation is None or not known or not policies.may_read(invitation, timezone.now()):
            return door.no_grant(request)
        language = language_of(request, invitation)
        with in_the_guests_world(invitation, language):
            return sealed(view(request, invitation, **kwargs), language)

    return wrapped


def wrong_link(request: HttpRequest) -> HttpResponse:
    return door.wrong_link(request, WRONG_LINK, counter="invitation")
