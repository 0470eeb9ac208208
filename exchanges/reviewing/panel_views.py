"""The panel's table, for staff and for reviewers who are done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Call
from . import panel
from .door import Desk, reviewer_page

#: The columns by which the table can be sorted.
SORTS = {
    "rank": _("Median"),
    "spread": _("Spread"),
    "amount": _("Asked for"),
    "ref": _("Case"),
}
#: Digits of a number of cases.
_MOST_DIGITS = 4


@require_safe
@never_cache
def staff_panel(request: HttpRequest, slug: str) -> HttpResponse:
    """All cases of a call; ``cut`` and ``sort`` in the address move the line and sort."""
    call = get_object_or_404(Call, slug=slug)
    user: Any = request.user
    return _page(request, call, panel.closed_to_staff(call, user), for_staff=True)


@reviewer_page
@require_safe
def reviewers_panel(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The same for who reviews in this call, once their own reviews are handed in."""
    asked = Call.objects.filter(applications__reviews__reviewer=desk.user).distinct()
    call = get_object_or_404(asked, slug=slug)
    if not panel.is_done(call, desk.user, desk.own_cities):
        return render(request, "exchanges/reviewing/panel_later.html", {"call": call})
    closed = panel.closed_to_reviewer(call, desk.user, desk.own_cities)
    return _page(request, call, closed, for_staff=False)


def _page(
    request: HttpRequest, call: Call, closed: dict[int, str], *, for_staff: bool
) -> HttpResponse:
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "rank"
    table = panel.table(call, closed, cut=_cut(request.GET.get("cut", "")), order=sort)
    context = {
        "call": call,
        "table": table,
        "sort": sort,
        "sorts": SORTS.items(),
        "for_staff": for_staff,
        "case_base": reverse("exchanges:pipeline") if for_staff else "",
        "page_url": request.path,
    }
    return render(request, "exchanges/reviewing/panel.html", context)


def _cut(text: str) -> int | None:
    """A number of cases; anything else is as if nobody had moved the line."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
