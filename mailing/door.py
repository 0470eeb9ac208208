"""The door of pages that open by a personal link: what everybody without a grant sees.

Wrong, expired and revoked links get one and the same answer, and so do known and unknown
ids without a grant: the door tells nobody which links exist.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from .links import LinkFamily

WRONG_LINKS = 20
WINDOW_SECONDS = 600


@dataclass(frozen=True)
class Notice:
    """What somebody reads who may not come in; both texts are translated when shown."""

    title: Any
    text: Any


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


def language_asked(request: HttpRequest, otherwise: str) -> str:
    """The language asked for (form first, then address), else the recipient's."""
    asked = request.POST.get("language") or request.GET.get("language")
    return asked if asked in dict(settings.LANGUAGES) else otherwise


def language_links(here: str, own: str, current: str) -> list[dict[str, Any]]:
    """A personal page in each language; the recipient's own needs nothing in the address."""
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"].capitalize(),
            "url": here if code == own else f"{here}?language={code}",
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


def hand_over(
    response: HttpResponse, family: LinkFamily, grant: str, *, path: str, until: dt.datetime
) -> HttpResponse:
    """Put a grant into the cookie of one thing at ``path``; no row is written."""
    response.set_cookie(
        family.cookie,
        grant,
        max_age=max(int((until - timezone.now()).total_seconds()), 1),
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def no_grant(request: HttpRequest) -> HttpResponse:
    """Somebody without the cookie, whether the thing exists or not."""
    return _stranger(request, NO_GRANT, status=404)


def wrong_link(request: HttpRequest, notice: Notice, *, counter: str) -> HttpResponse:
    """The one page for wrong, expired and revoked links; after 20 of them, “wait a little”.

    A genuine link keeps working from the same address: a city hall shares one, and a tag of
    128 bits is not guessed. The limit only stops the noise.
    """
    if _wrong_links_from(counter, get_adapter().get_client_ip(request)) > WRONG_LINKS:
        response = _stranger(request, TOO_MANY, status=429)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    return _stranger(request, notice, status=404)


def gone(request: HttpRequest, notice: Notice) -> HttpResponse:
    """A genuine link that opens nothing any more, with what became of it."""
    return _stranger(request, notice, status=410)


def _wrong_links_from(counter: str, address: str) -> int:
    key = f"{counter}:wrong-links:{address}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the window closed between the two calls
        return 1


def _stranger(request: HttpRequest, notice: Notice, *, status: int) -> HttpResponse:
    """A page in German and English: nobody knows yet who is reading."""
    context = {"notice": notice, "languages": [code for code, _name in settings.LANGUAGES]}
    return sealed(render(request, "mailing/stranger.html", context, status=status))
