"""Both cities' departments side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..merging.leading import standing_or_404
from ..policies import May
from .counterparts import compare
from .door import Office, office_page


@office_page(May.READ)
@require_safe
def departments(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Who on either side does what, and where a counterpart is missing."""
    partnership = standing_or_404(office.city.partnerships.public(), slug)
    context = {
        "office": office,
        "partnership": partnership,
        "comparison": compare(partnership, office.city),
        "tab": "overview",
    }
    return render(request, "partnerships/offices/departments.html", context)
