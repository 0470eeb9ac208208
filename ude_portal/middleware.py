"""What happens to every request: hostile bytes stop here, and access is denied by default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse

from .access import rule_for
from .content_types import UNREADABLE
from .errors import bad_request, too_large

GetResponse = Callable[[HttpRequest], HttpResponse]
#: Bytes of a whole request; files of a form count, of which each may have 10 MB.
LARGEST_BODY = 50_000_000


def refuse_unreadable(get_response: GetResponse) -> GetResponse:
    """Answer 400 to bodies of an unreadable kind or length, 413 to those too large for us.

    Files of a form have no limit in Django and would fill the disk, whoever sends them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.content_type == UNREADABLE:
            return bad_request(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 18:
            return bad_request(request)
        return too_large(request) if int(length) > LARGEST_BODY else get_response(request)

    return middleware


def refuse_nul_bytes(get_response: GetResponse) -> GetResponse:
    """Answer 400 to NUL bytes in address, query, cookie or form: databases choke on them.

    Cookies count, since ``"\\000"`` in a quoted one becomes a NUL byte in the session's key.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.META.get("PATH_INFO", "") + request.META.get("QUERY_STRING", "")
        cookies = "".join(request.COOKIES.values())
        if "\0" in address + cookies or b"\0" in unquote_to_bytes(address):
            return bad_request(request)
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method != "POST":
            return
        try:
            posted = list(request.POST.lists())
        except UnreadablePostError as error:
            raise BadRequest("the sender broke off") from error
        for values in posted:
            if any("\0" in value for value in (values[0], *values[1])):
                raise BadRequest("NUL byte in a form")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def enforce_access(get_response: GetResponse) -> GetResponse:
    """Apply the table in ``access``: strangers sign in, others find nothing (404).

    Every method counts, HEAD and OPTIONS included; a URL without a name has no row and is
    denied. Addresses that resolve to nothing never come here and are 404 anyway.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        rule = rule_for(name)
        if rule is None:
            raise Http404("no access rule")
        if not rule.allows(request.user):
            if request.user.is_authenticated:
                raise Http404("not for this person")
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return second_factor_missing(request, name)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def second_factor_missing(request: HttpRequest, name: str) -> HttpResponse | None:
    """Staff set up a second factor before anything else, except in demo mode."""
    if not settings.STAFF_SECOND_FACTOR or not getattr(request.user, "is_staff", False):
        return None
    if name.startswith(("account_", "mfa_")) or name in {"healthz", "readyz"}:
        return None
    return None if is_mfa_enabled(request.user) else redirect("mfa_index")
