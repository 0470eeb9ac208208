"""Public pages beside the list: the glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import glossary as glossary_page


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Who decides what in the countries of the programme."""
    return render(request, "partnerships/finding/glossary.html", glossary_page.context())
