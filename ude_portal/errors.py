"""Friendly pages for what went wrong. They need no database and no session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import activate, get_language_from_path

from .context import portal


def _page(request: HttpRequest, status: int, name: str = "") -> HttpResponse:
    if not hasattr(request, "LANGUAGE_CODE"):  # refused before LocaleMiddleware chose one
        activate(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
    return render(request, f"errors/{name or status}.html", status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    return _page(request, 410)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, 413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Runs no context processor: what failed may be one of them."""
    return HttpResponseServerError(render_to_string("errors/500.html", portal(request)))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """In the language of the refused form where the address has none (personal pages)."""
    language = request.POST.get("language")
    if request.path.startswith(("/i/", "/p/")) and language in dict(settings.LANGUAGES):
        activate(language)
    return _page(request, 403, "csrf")
