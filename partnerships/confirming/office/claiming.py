"""“This is ours”, our own answer, whom to ask, and giving way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...models import ConfirmationRequest, FactConfirmation, Partnership
from ...offices.door import Office, office_page
from ...policies import May
from .. import operations
from ..answer_form import AnswerForm
from ..forms import ContactForm, FactsForm, GiveWayForm, SignForm
from ..steps import SHARED, State
from .fetching import other_parties, other_party_or_404, own_party, partnership_or_404
from .shared import page_of


@office_page(May.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Check each fact of a listed partnership, and say whom to ask in the other cities."""
    found = partnership_or_404(office, slug)
    if found.state != State.LISTED:
        return redirect(office.address("partnership", slug))
    data = request.POST if request.method == "POST" else None
    form, sign = FactsForm(data, partnership=found), SignForm(data)
    contacts = [ContactForm(data, party=party) for party in other_parties(office, found)]
    valid = [one.is_valid() for one in (form, sign, *contacts)]  # each shows its errors
    if data is not None and all(valid):
        try:
            operations.claim(
                partnership=found,
                city=office.city,
                values=form.values(),
                contacts={one.party.city_id: one.contact for one in contacts},
                office=sign.cleaned_data["office"],
                by=office.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The partnership is yours now; the others are asked."))
            return redirect(office.address("partnership", slug))
    context = {"form": form, "sign": sign, "contacts": contacts}
    return _render(request, office, found, "claim", context)


@office_page(May.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """This city's own answer, signed in: the same form as behind the link."""
    found = partnership_or_404(office, slug)
    if found.state not in SHARED:
        return redirect(office.address("partnership", slug))
    own = own_party(office, found)
    last = own.requests.order_by("-round").first()
    is_yearly = bool(last and last.purpose == ConfirmationRequest.Purpose.YEARLY)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, party=own, is_yearly=is_yearly)
    if data is not None and form.is_valid():
        try:
            operations.confirm(
                party=own, by=office.user, **{**form.answer(), "name": office.user.name}
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your answer is recorded. Thank you."))
            return redirect(office.address("partnership", slug))
    return _render(request, office, found, "confirm", {"form": form, "is_yearly": is_yearly})


@office_page(May.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, office: Office, slug: str, party: int) -> HttpResponse:
    """Ask another city once more, at another post or address if need be."""
    found = partnership_or_404(office, slug)
    asked = other_party_or_404(office, found, party)
    data = request.POST if request.method == "POST" else None
    form = ContactForm(data, party=asked)
    if data is not None and form.is_valid():
        try:
            operations.ask_again(party=asked, contact=form.contact, by=office.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The question is on its way; links sent before end."))
            return redirect(office.address("partnership", slug))
    return _render(request, office, found, "ask", {"form": form, "party": asked})


@office_page(May.SIGN)
@require_POST
def take_back(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Ask nobody any more."""
    found = partnership_or_404(office, slug)
    if found.started_by_id != office.city.pk:
        messages.error(request, _("Only the city that registered the partnership can do this."))
        return redirect(office.address("partnership", slug))
    try:
        operations.take_back(partnership=found, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The question is taken back; nobody is asked any more."))
    return redirect(office.address("partnership", slug))


@office_page(May.SIGN)
@require_POST
def give_way(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Take over the value that another city states."""
    found = partnership_or_404(office, slug)
    form = GiveWayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the values."))
        return redirect(office.address("partnership", slug))
    theirs = FactConfirmation.objects.filter(
        party__partnership=found, party=form.cleaned_data["of"], fact=form.cleaned_data["fact"]
    ).first()
    try:
        operations.give_way(
            party=own_party(office, found),
            fact=form.cleaned_data["fact"],
            value=theirs.value if theirs else None,
            by=office.user,
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The value is taken over; the other cities are told."))
    return redirect(office.address("partnership", slug))


def _render(
    request: HttpRequest,
    office: Office,
    found: Partnership,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    page = page_of(office, found, **context)
    return render(request, f"partnerships/confirming/{template}.html", page)
