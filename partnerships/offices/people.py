"""The people of an office: who has which role, who waits, who is invited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..models import Membership, OfficeInvitation, RoleRequest
from ..policies import May
from . import deciding, operations
from .door import Office, office_page
from .forms import DecisionForm, InviteForm, RoleForm

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@office_page(May.READ)
@require_safe
def people(request: HttpRequest, office: Office) -> HttpResponse:
    """Everybody with a role; coordinators also see who waits and who is invited."""
    return _people(request, office)


@office_page(May.COORDINATE)
@READ_OR_POST
def invite(request: HttpRequest, office: Office) -> HttpResponse:
    """Invite a colleague by address."""
    language = "de" if office.city.country.code in {"DE", "AT", "CH"} else "en"
    form = InviteForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = operations.invite(city=office.city, by=office.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            told = _("The invitation goes to %(email)s.") % {"email": invitation.email}
            messages.success(request, told)
            return redirect(office.address("people"))
    context = {"office": office, "form": form, "tab": "people"}
    return render(request, "partnerships/offices/invite.html", context)


@office_page(May.COORDINATE)
@require_POST
def invitation_take_back(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End an invitation that nobody has accepted."""
    invitation = get_object_or_404(OfficeInvitation, pk=pk, city=office.city)
    operations.take_back(invitation=invitation, by=office.user)
    messages.success(request, _("The invitation is taken back; its link opens nothing any more."))
    return redirect(office.address("people"))


@office_page(May.COORDINATE)
@require_POST
def request_grant(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Give somebody the role they asked for."""
    return _decide(request, office, pk, grants=True)


@office_page(May.COORDINATE)
@require_POST
def request_refuse(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Refuse a request, with a reason."""
    return _decide(request, office, pk, grants=False)


@office_page(May.COORDINATE)
@READ_OR_POST
def person(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One colleague's role: change it."""
    membership = _membership(office, pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_role(
                membership=membership, role=form.cleaned_data["role"], by=office.user
            )
        except ValidationError as refusal:
            form.add_error("role", refusal)
        else:
            messages.success(request, _("The role is changed; the person gets a mail."))
            return redirect(office.address("people"))
    return _person(request, office, membership, form)


@office_page(May.COORDINATE)
@require_POST
def person_end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End a colleague's role."""
    membership = _membership(office, pk)
    try:
        operations.end_role(membership=membership, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        form = RoleForm(initial={"role": membership.role})
        return _person(request, office, membership, form)
    messages.success(request, _("The role is ended; the person gets a mail."))
    return redirect("office:start" if membership.user == office.user else office.address("people"))


def _membership(office: Office, pk: int) -> Membership:
    found = Membership.objects.select_related("user", "city")
    return get_object_or_404(found, pk=pk, city=office.city)


def _person(
    request: HttpRequest, office: Office, membership: Membership, form: RoleForm
) -> HttpResponse:
    context = {"office": office, "membership": membership, "form": form, "tab": "people"}
    return render(request, "partnerships/offices/person.html", context)


def _decide(request: HttpRequest, office: Office, pk: int, *, grants: bool) -> HttpResponse:
    found = RoleRequest.objects.select_related("user", "city")
    asked = get_object_or_404(found, pk=pk, city=office.city)
    refused = deciding.decide(request, asked, grants=grants)
    return _people(request, office, refused) if refused else redirect(office.address("people"))


def _people(
    request: HttpRequest, office: Office, refused: DecisionForm | None = None
) -> HttpResponse:
    memberships = Membership.objects.filter(city=office.city).select_related("user")
    context: dict[str, Any] = {
        "office": office,
        "memberships": memberships.order_by("user__name", "user__email", "role"),
        "tab": "people",
        "refused": refused,
    }
    if office.may_coordinate:
        requests = office.city.role_requests.for_decision()
        context["waiting"] = deciding.waiting(
            requests,
            lambda one: (
                office.address("request_grant", one.pk),
                office.address("request_refuse", one.pk),
            ),
            refused,
        )
        context["invitations"] = office.city.office_invitations.open(timezone.now())
    return render(request, "partnerships/offices/people.html", context)
