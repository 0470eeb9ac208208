"""An office's cards, what fits them, and everybody's."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sdg.models import Topic

from ..folding import sort_key
from ..models import MOST_CARDS, Card
from ..offices.door import Office, office_page
from ..policies import May
from . import matching, operations
from .forms import CardForm, RemoveForm

PER_PAGE = 20


@office_page(May.READ)
@require_safe
def cards(request: HttpRequest, office: Office) -> HttpResponse:
    """What the city offers and looks for, each with the number of cards that fit."""
    own = matching.own_cards(office.city)
    kinds = [
        (kind, [one for one in own if one.card.kind == kind], MOST_CARDS) for kind in Card.Kind
    ]
    return _page(request, office, "cards", {"kinds": kinds})


@office_page(May.READ)
@require_safe
def matches(request: HttpRequest, office: Office) -> HttpResponse:
    """Which card met which, and why."""
    return _page(request, office, "matches", {"own_cards": matching.own_cards(office.city)})


@office_page(May.READ)
@require_safe
def everybody(request: HttpRequest, office: Office) -> HttpResponse:
    """The cards of all other cities; ``topic`` and ``kind`` in the address narrow them down."""
    topic, kind = request.GET.get("topic", ""), request.GET.get("kind", "")
    found = Card.objects.of_others(office.city).select_related("city", "topic")
    if topic:
        found = found.filter(topic__slug=topic)
    if kind in Card.Kind.values:
        found = found.filter(kind=kind)
    page = Paginator(found.order_by("-updated_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    topics = sorted(Topic.objects.filter(cards__isnull=False).distinct(), key=_by_name)
    context = {
        "page": page,
        "topics": topics,
        "topic": topic,
        "kind": kind,
        "card_kinds": Card.Kind.choices,
        "query": urlencode({"topic": topic, "kind": kind}) if topic or kind else "",
    }
    return _page(request, office, "all", context)


@office_page(May.EDIT)
@require_safe
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """An empty card; ``kind`` in the address ticks what it is."""
    form = CardForm(city=office.city, initial={"kind": request.GET.get("kind")})
    return _page(request, office, "card", {"form": form})


@office_page(May.EDIT)
@require_POST
def add(request: HttpRequest, office: Office) -> HttpResponse:
    form = CardForm(request.POST, city=office.city)
    if form.is_valid():
        try:
            operations.add_card(card=form.save(commit=False), by=office.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The card is there for other cities to find."))
            return redirect(office.address("cards"))
    return _page(request, office, "card", {"form": form})


@office_page(May.EDIT)
@require_safe
def card(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """One card to change or remove."""
    found = _own(office, pk)
    form = CardForm(instance=found, city=office.city)
    return _card_page(request, office, found, form, RemoveForm())


@office_page(May.EDIT)
@require_POST
def save(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    found = _own(office, pk)
    form = CardForm(request.POST, instance=found, city=office.city)
    if form.is_valid():
        try:
            operations.edit_card(card=form.save(commit=False), by=office.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The card is saved."))
            return redirect(office.address("cards"))
    return _card_page(request, office, found, form, RemoveForm())


@office_page(May.EDIT)
@require_POST
def remove(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    found = _own(office, pk)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        unchanged = CardForm(instance=found, city=office.city)
        return _card_page(request, office, found, unchanged, form)
    operations.remove_card(card=found, by=office.user)
    messages.success(request, _("The card is removed."))
    return redirect(office.address("cards"))


def _own(office: Office, pk: int) -> Card:
    return get_object_or_404(Card, pk=pk, city=office.city)


def _by_name(topic: Topic) -> str:
    return sort_key(topic.name)


def _card_page(
    request: HttpRequest, office: Office, card: Card, form: CardForm, removing: RemoveForm
) -> HttpResponse:
    return _page(request, office, "card", {"card": card, "form": form, "removing": removing})


def _page(
    request: HttpRequest, office: Office, template: str, context: dict[str, Any]
) -> HttpResponse:
    context = {"office": office, "tab": "cards", **context}
    return render(request, f"partnerships/cards/{template}.html", context)
