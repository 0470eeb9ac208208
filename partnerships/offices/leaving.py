"""“I am leaving”: one form hands posts, open cases and roles to a successor."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..models import Handover, Membership, RoleRequest
from ..policies import May
from . import cases, operations
from .door import Office, office_page
from .forms import LeaveForm


@office_page(May.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what would go where; a POST hands it over."""
    initial = {"department": _department(office)}
    form = LeaveForm(request.POST or None, office=office, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            handover = operations.hand_over(
                city=office.city,
                to=form.to,
                positions=form.chosen_posts,
                department=form.cleaned_data["department"],
                last_day=form.cleaned_data["last_day"],
                by=office.user,
            )
        except ValidationError as refusal:
            form.add_error("last_day" if refusal.code == "since" else "successor", refusal)
        else:
            return _done(request, handover)
    context = {
        "office": office,
        "form": form,
        "tab": "people",
        "memberships": Membership.objects.filter(user=office.user, city=office.city),
        "cases": cases.open_cases(office.city, office.user),
        "handover": Handover.objects.waiting().filter(city=office.city, leaver=office.user).first(),
    }
    return render(request, "partnerships/offices/leave.html", context)


def _department(office: Office) -> str:
    """What the person said when asking for a role."""
    mine = RoleRequest.objects.filter(user=office.user, city=office.city)
    return mine.values_list("department", flat=True).first() or ""


def _done(request: HttpRequest, handover: Handover) -> HttpResponse:
    if handover.completed_at is None:
        told = _(
            "Thank you. Your successor gets a mail; you keep your roles until the invitation is "
            "accepted."
        )
    else:
        told = _("Thank you. Everything is handed over, and your roles have ended.")
    messages.success(request, told)
    return redirect("office:start")
