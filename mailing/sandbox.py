"""Showing the HTML of a mail: on its own address, locked in, the one exception to our CSP."""

from __future__ import annotations

from django.http import HttpResponse

POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def sandboxed(html: str) -> HttpResponse:
    """``html`` without scripts, images and origin, for an iframe on our own pages."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
