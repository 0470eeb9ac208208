"""What the portal knows about people, for everybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import inventory


@require_safe
def inventory_page(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/inventory.html", {"rows": list(inventory.rows())})
