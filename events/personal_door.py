"""The door of the personal pages: who comes in by a link, and what everybody else sees.

Wrong, expired and revoked links get one and the same answer, and so do known and unknown
ids without a grant: the door tells nobody which invitations exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from . import policies, tokens
from .models import Invitation
from .offers import for_personal_page

WRONG_LINKS = 20
WINDOW_SECONDS = 600

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Notice:
    """What somebody reads who may not come in; both texts are translated when shown."""

    title: Any
    text: Any


WRONG_LINK = Notice(
    _("This link does not work"),
    _(
        "It may be incomplete, it may have been replaced by a newer one, the invitation may "
        "have been withdrawn, or the event may be long over. Please open the link in our "
        "latest e-mail; if your mail program broke it, copy all of it."
    ),
)
NO_GRANT = Notice(
    _("Please open the link in your e-mail"),
    _(
        "This page is personal. It opens with the link in our e-mail to you, and only in the "
        "browser that followed the link and accepts cookies."
    ),
)
TOO_MANY = Notice(
    _("Please wait ten minutes"),
    _(
        "Too many links that do not work came from your network. Please open the link in our "
        "latest e-mail, or try again in ten minutes."
    ),
)


def sealed(response: HttpResponse, language: str = "") -> HttpResponse:
    """Keep a personal answer out of caches, search engines and foreign Referer headers."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not no-referrer: browsers would send "Origin: null" and CSRF would refuse every answer.
    response["Referrer-Policy"] = "same-origin"
    if language:
        response["Content-Language"] = language
    return response


def language_of(request: HttpRequest, invitation: Invitation) -> str:
    """The language asked for (form first, then address), else the recipient's."""
    asked = request.POST.get("language") or request.GET.get("language")
    return asked if asked in dict(settings.LANGUAGES) else invitation.language


@contextmanager
def in_the_guests_world(invitation: Invitation, language: str) -> Iterator[None]:
    """Texts in ``language`` and times in the recipient's zone."""
    with translation.override(language), timezone.override(ZoneInfo(invitation.time_zone)):
        yield


def let_in(response: HttpResponse, invitation: Invitation) -> HttpResponse:
    """Put the grant into the cookie of this one invitation; no row is written."""
    remaining = invitation.readable_until - timezone.now()
    response.set_cookie(
        tokens.COOKIE,
        tokens.grant_for(invitation),
        max_age=max(int(remaining.total_seconds()), 1),
        path=f"/i/{invitation.public_id}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def guest_page(view: View) -> View:
    """Call ``view(request, invitation)`` for the holder of a valid grant, else ask for the link."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        invitation = for_personal_page().filter(public_id=public_id).first()
        cookie = request.COOKIES.get(tokens.COOKIE)
        known = invitation is not None and tokens.granted(invitation, cookie)
        if invitation is None or not known or not policies.may_read(invitation, timezone.now()):
            return _stranger(request, NO_GRANT, status=404)
        language = language_of(request, invitation)
        with in_the_guests_world(invitation, language):
            return sealed(view(request, invitation, **kwargs), language)

    return wrapped


def wrong_link(request: HttpRequest) -> HttpResponse:
    """The one page for wrong, expired and revoked links; after 20 of them, “wait a little”.

    A genuine link keeps working from the same address: a city hall shares one, and a tag of
    128 bits is not guessed. The limit only stops the noise.
    """
    if _wrong_links_from(get_adapter().get_client_ip(request)) > WRONG_LINKS:
        response = _stranger(request, TOO_MANY, status=429)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    return _stranger(request, WRONG_LINK, status=404)


def _wrong_links_from(address: str) -> int:
    key = f"invitation:wrong-links:{address}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the window closed between the two calls
        return 1


def _stranger(request: HttpRequest, notice: Notice, *, status: int) -> HttpResponse:
    """A page in German and English: nobody knows yet who is reading."""
    context = {"notice": notice, "languages": [code for code, _name in settings.LANGUAGES]}
    return sealed(render(request, "events/personal/stranger.html", context, status=status))
