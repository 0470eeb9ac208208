"""What staff do with one guest. A refusal shows the guest's page again, input kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..forms.guest_changes import AddressForm, ResendForm, RightForm, WithdrawForm
from ..forms.phone_answer import PhoneAnswerForm
from ..models import Invitation
from ..operations import answer, change_right, correct_address, resend, withdraw
from .fetching import guest_or_404
from .guests import guest_context

Act = Callable[[Invitation, dict[str, Any]], str]


@require_POST
def guest_answer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Record an answer that came by phone or letter; the guest gets the confirmation mail."""

    def act(guest: Invitation, wish: dict[str, Any]) -> str:
        outcome = answer(invitation=guest, by=request.user, **wish)  # type: ignore[arg-type]
        if not outcome.changed:
            return _("This answer is recorded already; nothing was changed.")
        return _("The answer is recorded. %(email)s gets a confirmation.") % {"email": guest.email}

    return _act(request, slug, public_id, PhoneAnswerForm, "answer_form", act)


@require_POST
def guest_withdraw(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    def act(guest: Invitation, wish: dict[str, Any]) -> str:
        withdraw(invitation=guest, by=request.user)  # type: ignore[arg-type]
        return _("The invitation is withdrawn; its link no longer works.")

    return _act(request, slug, public_id, WithdrawForm, "withdraw_form", act)


@require_POST
def guest_resend(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Send the invitation once more, unless somebody did so since the page was shown."""

    def act(guest: Invitation, wish: dict[str, Any]) -> str:
        resend(invitation=guest, by=request.user, **wish)  # type: ignore[arg-type]
        return _("The invitation goes to %(email)s once more.") % {"email": guest.email}

    return _act(request, slug, public_id, ResendForm, "resend_form", act)


@require_POST
def guest_address(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    def act(guest: Invitation, wish: dict[str, Any]) -> str:
        if wish["email"].lower() == guest.email.lower():
            return _("This is the address already; nothing was changed.")
        correct_address(invitation=guest, by=request.user, **wish)  # type: ignore[arg-type]
        return _("The address is corrected. The invitation goes to %(email)s.") % wish

    return _act(request, slug, public_id, AddressForm, "address_form", act)


@require_POST
def guest_right(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    def act(guest: Invitation, wish: dict[str, Any]) -> str:
        changed = change_right(invitation=guest, by=request.user, **wish)  # type: ignore[arg-type]
        return _("Right: %(right)s.") % {"right": changed.get_right_display()}

    return _act(request, slug, public_id, RightForm, "right_form", act)


def _act(
    request: HttpRequest,
    slug: str,
    public_id: str,
    form_class: type[forms.Form],
    name: str,
    act: Act,
) -> HttpResponse:
    """Check the form, act, say what happened and go back to the guest's page."""
    guest = guest_or_404(slug, public_id)
    form = form_class(request.POST, invitation=guest)  # type: ignore[call-arg]
    if form.is_valid():
        try:
            said = act(guest, form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect("events:guest", slug=slug, public_id=public_id)
    context = guest_context(guest, **{name: form})
    return render(request, "events/staff/guest.html", context)


#: Which field a refusal of an operation belongs to; all others belong to the whole form.
_FIELD_OF = {
    "not_offered": "choice",
    "invalid": "email",
    "address_taken": "email",
    "no_pool": "right",
    "pool_full": "right",
}


def add_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """Put an operation's refusal beside the field it is about."""
    field = _FIELD_OF.get(getattr(refusal, "code", "") or "")
    form.add_error(field if field in form.fields else None, refusal)
