"""A guest's personal page: opened by the link in the mail, without an account.

GET shows and never changes a row; only a POST with an explicit choice acts.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from . import calendar_files, operations, policies, tokens
from .forms.answer import AnswerForm, OptOutForm
from .models import Invitation
from .personal_door import (
    guest_page,
    in_the_guests_world,
    language_of,
    let_in,
    sealed,
    wrong_link,
)
from .personal_page import page_context

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Move the grant from the address into a cookie and go on to the clean address."""
    invitation = tokens.invitation_for(token)
    if invitation is None or not policies.may_read(invitation, timezone.now()):
        return wrong_link(request)
    return sealed(let_in(redirect("invitation:page", invitation.public_id), invitation))


@require_safe
def broken_link(request: HttpRequest, rest: str) -> HttpResponse:
    return wrong_link(request)


@require_safe
@guest_page
def page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    return _show(request, invitation, AnswerForm(invitation=invitation), OptOutForm())


@require_http_methods(["GET", "HEAD", "POST"])
@guest_page
def answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Record the answer; a GET (a reload, a bookmark) leads back to the page."""
    if request.method != "POST":
        return redirect(_address(request, invitation))
    form = AnswerForm(request.POST, invitation=invitation)
    if form.is_valid():
        try:
            operations.answer(invitation=invitation, **form.answer())
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect(_address(request, invitation))
    return _show(request, invitation, form, OptOutForm())


@require_safe
@guest_page
def calendar(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The calendar file of a confirmed guest; others go back to the page, which says why not."""
    if invitation.seat != Invitation.Seat.CONFIRMED:
        return redirect(_address(request, invitation))
    response = HttpResponse(calendar_files.request(invitation), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{invitation.event.slug}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@guest_page
def opt_out(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return redirect(_address(request, invitation))
    form = OptOutForm(request.POST)
    if not form.is_valid():
        return _show(request, invitation, AnswerForm(invitation=invitation), form)
    operations.opt_out(invitation=invitation)
    return _unsubscribed(
        request, invitation, form=form, done=True, page_url=_address(request, invitation)
    )


@csrf_exempt  # mail programs post here without a cookie (RFC 8058); the token is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribing without a cookie, also after the event.

    Acts on the POST of RFC 8058, which mail programs send, or on the page's own form with its
    tick: robots that follow the header's address press lone buttons.
    """
    invitation = tokens.invitation_for(token)
    if invitation is None:
        return wrong_link(request)
    language = language_of(request, invitation)
    form = OptOutForm(request.POST if request.method == "POST" else None)
    with in_the_guests_world(invitation, language):
        done = request.POST.get("List-Unsubscribe") == "One-Click" or form.is_valid()
        if done:
            operations.opt_out(invitation=invitation)
        return sealed(_unsubscribed(request, invitation, form=form, done=done), language)


def _unsubscribed(
    request: HttpRequest,
    invitation: Invitation,
    *,
    form: OptOutForm,
    done: bool,
    page_url: str = "",
) -> HttpResponse:
    """The page that confirms; ``page_url`` leads back those who came from their page."""
    status = 400 if form.is_bound and not done else 200
    context = {"invitation": invitation, "form": form, "done": done, "page_url": page_url}
    return render(request, "events/personal/unsubscribe.html", context, status=status)


def _show(
    request: HttpRequest, invitation: Invitation, form: AnswerForm, opt_out_form: OptOutForm
) -> HttpResponse:
    context = page_context(invitation, language_of(request, invitation), timezone.now())
    forms = {"form": form, "opt_out_form": opt_out_form}
    return render(request, "events/personal/page.html", {**context, **forms})


def _address(request: HttpRequest, invitation: Invitation) -> str:
    """The page's address, in the language the guest switched to."""
    language = language_of(request, invitation)
    query = "" if language == invitation.language else "?" + urlencode({"language": language})
    return reverse("invitation:page", args=[invitation.public_id]) + query
