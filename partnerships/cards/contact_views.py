"""Who shares a partner with us, and contact between two offices once both agreed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..models import City, ContactWish
from ..offices.door import Office, office_page
from ..policies import May
from . import operations
from .forms import AgreeForm, AskForm
from .partners import neighbourhood
from .radar import radar

PER_PAGE = 25
State = ContactWish.State


@office_page(May.READ)
@require_safe
def shared_partners(request: HttpRequest, office: Office) -> HttpResponse:
    """Cities that work with one of our partners, too."""
    page = Paginator(radar(office.city), PER_PAGE).get_page(request.GET.get("page"))
    return _page(request, office, "radar", {"page": page})


@office_page(May.READ)
@require_safe
def contacts(request: HttpRequest, office: Office) -> HttpResponse:
    """Wishes to talk, sent and received."""
    wishes = ContactWish.objects.of(office.city)
    found = Paginator(wishes, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(wish, wish.other(office.city), wish.asking_id == office.city.pk) for wish in found]
    return _page(request, office, "contacts", {"page": found, "rows": rows})


@office_page(May.READ)
@require_safe
def contact(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One wish; who was asked answers here."""
    return _wish_page(request, office, _wish(office, pk), AgreeForm(city=office.city))


@office_page(May.EDIT)
@require_safe
def ask(request: HttpRequest, office: Office, other: str) -> HttpResponse:
    """The form of a wish; there must be a reason, a card or a shared partner."""
    asked = _other(office, other)
    standing = ContactWish.objects.between(office.city, asked).standing().first()
    if standing:
        return redirect(office.address("contact", standing.pk))
    return _ask_page(request, office, asked, None)


@office_page(May.EDIT)
@require_POST
def send(request: HttpRequest, office: Office, other: str) -> HttpResponse:
    asked = _other(office, other)
    form = _ask_form(office, asked, request.POST)
    if not form.is_valid():
        return _ask_page(request, office, asked, form)
    try:
        wish = operations.wish_contact(
            asking=office.city,
            asked=asked,
            message=form.cleaned_data["message"],
            position=form.cleaned_data["position"],
            by=office.user,
            **form.reason,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _ask_page(request, office, asked, form)
    messages.success(request, _("The other office has been asked."))
    return redirect(office.address("contact", wish.pk))


@office_page(May.EDIT)
@require_POST
def agree(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    wish = _wish(office, pk)
    form = AgreeForm(request.POST, city=office.city)
    if not form.is_valid():
        return _wish_page(request, office, wish, form)
    try:
        operations.accept_contact(
            wish=wish, city=office.city, position=form.cleaned_data["position"], by=office.user
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Both offices have agreed."))
    return redirect(office.address("contact", pk))


@office_page(May.EDIT)
@require_POST
def decline(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    return _settle(request, office, pk, operations.decline_contact, _("The wish is declined."))


@office_page(May.EDIT)
@require_POST
def withdraw(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    return _settle(request, office, pk, operations.withdraw_contact, _("The wish is withdrawn."))


def _settle(request: HttpRequest, office: Office, pk: int, act: Any, told: str) -> HttpResponse:
    try:
        act(wish=_wish(office, pk), city=office.city, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect(office.address("contact", pk))


def _wish(office: Office, pk: int) -> ContactWish:
    wishes = ContactWish.objects.of(office.city).select_related(
        "asking_position__office",
        "asking_position__department",
        "asked_position__office",
        "asked_position__department",
    )
    return get_object_or_404(wishes, pk=pk)


def _other(office: Office, slug: str) -> City:
    return get_object_or_404(City.objects.exclude(pk=office.city.pk), slug=slug)


def _ask_form(office: Office, asked: City, data: Any) -> AskForm:
    """Raises ``Http404`` where nothing connects the two cities."""
    form = AskForm(data, city=office.city, asked=asked, around=neighbourhood(office.city))
    if not form.reasons:
        raise Http404("no reason to ask")
    return form


def _ask_page(
    request: HttpRequest, office: Office, asked: City, form: AskForm | None
) -> HttpResponse:
    if form is None:
        form = _ask_form(office, asked, None)
        form.initial["about"] = f"topic-{request.GET.get('topic', '')}"
    return _page(request, office, "ask", {"asked": asked, "form": form})


def _wish_page(
    request: HttpRequest, office: Office, wish: ContactWish, form: AgreeForm
) -> HttpResponse:
    is_ours = wish.asking_id == office.city.pk
    agreed = wish.state == State.ACCEPTED
    ends = [(wish.asking, wish.asking_position), (wish.asked, wish.asked_position)]
    context = {
        "wish": wish,
        "other": wish.other(office.city),
        "is_ours": is_ours,
        "posts": ends if agreed else [],
        "form": form,
        "may_answer": office.may_edit and not is_ours and wish.state == State.OPEN,
        "may_withdraw": office.may_edit and (agreed or (is_ours and wish.state == State.OPEN)),
    }
    return _page(request, office, "contact", context)


def _page(
    request: HttpRequest, office: Office, template: str, context: dict[str, Any]
) -> HttpResponse:
    context = {"office": office, "tab": "cards", **context}
    return render(request, f"partnerships/cards/{template}.html", context)
