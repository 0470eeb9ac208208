"""A city checks a partnership by the link in our mail, without an account.

GET shows and never changes a row; only a POST with an explicit choice acts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from mailing import door
from mailing.door import Notice, language_asked, sealed

from ..models import ConfirmationRequest, Handover
from ..offices.handed import handed_over, sentence
from . import operations, tokens
from .answer_form import AnswerForm
from .differences import differences
from .forms import TakeOverForm
from .link_page import context_of, last_answer, take_over_form

View = Callable[..., HttpResponse]

WRONG_LINK = Notice(
    _("This link does not work"),
    _(
        "It may be incomplete, or a newer message may have replaced it. Please open the link in "
        "our latest e-mail; if your mail program broke it, copy all of it."
    ),
)


def asked_page(view: View) -> View:
    """Call ``view(request, asked)`` for the holder of a valid grant, else ask for the link."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        asked = (
            ConfirmationRequest.objects.select_related("party__partnership", "party__city")
            .filter(public_id=public_id)
            .first()
        )
        cookie = request.COOKIES.get(tokens.COOKIE)
        if asked is None or not tokens.granted(asked, cookie) or not _is_readable(asked):
            return door.no_grant(request)
        language = language_asked(request, asked.language)
        zone = ZoneInfo(asked.party.city.time_zone)
        with translation.override(language), timezone.override(zone):
            return sealed(view(request, asked, **kwargs), language)

    return wrapped


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Move the grant from the address into a cookie and go on to the clean address."""
    asked = tokens.request_for(token)
    if asked is not None and (handover := _handed_over(asked)):
        return door.gone(request, Notice(_("This was handed over"), _sentence(handover)))
    if asked is None or not _is_readable(asked):
        return door.wrong_link(request, WRONG_LINK, counter="confirmation")
    response = door.hand_over(
        redirect("confirmation:page", asked.public_id),
        tokens.LINKS,
        tokens.grant_for(asked),
        path=f"/p/{asked.public_id}/",
        until=asked.readable_until,
    )
    return sealed(response)


@require_safe
def broken_link(request: HttpRequest, rest: str) -> HttpResponse:
    return door.wrong_link(request, WRONG_LINK, counter="confirmation")


@require_safe
@asked_page
def page(request: HttpRequest, asked: ConfirmationRequest) -> HttpResponse:
    return _show(request, asked, _form(asked))


@require_http_methods(["GET", "HEAD", "POST"])
@asked_page
def answer(request: HttpRequest, asked: ConfirmationRequest) -> HttpResponse:
    """Record the answer; a GET (a reload, a bookmark) leads back to the page."""
    address = _address(request, asked)
    if request.method != "POST":
        return redirect(address)
    form = _form(asked, request.POST)
    if not form.is_valid():
        return _show(request, asked, form)
    try:
        if form.is_handed_over:
            operations.pass_on(
                request=asked,
                email=form.cleaned_data["new_email"],
                name=form.cleaned_data["name"],
                language=asked.language,
            )
        else:
            operations.confirm(party=asked.party, request=asked, **form.answer())
    except ValidationError as refusal:
        form.add_error("new_email" if refusal.code == "same_address" else None, refusal)
        return _show(request, asked, form)
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
@asked_page
def take_over(request: HttpRequest, asked: ConfirmationRequest) -> HttpResponse:
    """Take over the value that another city states; a GET leads back to the page."""
    address = _address(request, asked)
    if request.method != "POST":
        return redirect(address)
    differing = differences(asked.party.partnership)
    form = take_over_form(asked, last_answer(asked), differing, timezone.now(), request.POST)
    if form is None:
        return redirect(address)
    if form.is_valid():
        try:
            operations.give_way(party=asked.party, **form.chosen())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(address)
    return _show(request, asked, _form(asked), form)


def _handed_over(asked: ConfirmationRequest) -> Handover | None:
    """Who left took the question along to a successor; the link says to which department."""
    if asked.replaced_at is None:
        return None
    return handed_over(
        asked.party.city, email=asked.email, position=asked.position, since=asked.asked_at
    )


#: Translated when it is shown, since the page speaks both languages.
_sentence = lazy(sentence, str)


def _is_readable(asked: ConfirmationRequest) -> bool:
    return asked.replaced_at is None and timezone.now() <= asked.readable_until


def _form(asked: ConfirmationRequest, data: Any = None) -> AnswerForm:
    is_yearly = asked.purpose == ConfirmationRequest.Purpose.YEARLY
    return AnswerForm(data, party=asked.party, request=asked, is_yearly=is_yearly)


def _show(
    request: HttpRequest,
    asked: ConfirmationRequest,
    form: AnswerForm,
    taking: TakeOverForm | None = None,
) -> HttpResponse:
    language = language_asked(request, asked.language)
    context = context_of(asked, form, language, at=timezone.now(), taking=taking)
    return render(request, "partnerships/confirming/link.html", context)


def _address(request: HttpRequest, asked: ConfirmationRequest) -> str:
    """The page's address, in the language somebody switched to."""
    language = language_asked(request, asked.language)
    query = "" if language == asked.language else f"?language={language}"
    return reverse("confirmation:page", args=[asked.public_id]) + query
