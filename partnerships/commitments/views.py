"""An office's pages about what the cities of a partnership promised each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from journal.models import Entry

from ..merging.leading import standing_or_404
from ..models import Commitment, Partnership, Party
from ..offices.door import Office, office_page
from ..policies import May
from ..portraits import timeline
from . import operations
from .forms import CloseForm, CommitmentForm
from .policies import is_own, may_promise


@office_page(May.EDIT)
@require_safe
def new(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """An empty form, promised today."""
    party = _party(office, slug)
    form = CommitmentForm(party=party, initial={"made_on": timezone.localdate()})
    return _new_page(request, office, party, form)


@office_page(May.EDIT)
@require_POST
def add(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    party = _party(office, slug)
    form = CommitmentForm(request.POST, party=party)
    if form.is_valid():
        try:
            operations.promise(commitment=form.save(commit=False), by=office.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, _("The commitment is entered; all cities of the partnership see it.")
            )
            return redirect(office.address("partnership", slug))
    return _new_page(request, office, party, form)


@office_page(May.READ)
@require_safe
def commitment(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponse:
    """One commitment of any of the cities; its own city's editors change it here."""
    found = _commitment(office, slug, pk)
    form = closing = None
    if _may_change(office, found) and found.state == Commitment.State.OPEN:
        form, closing = CommitmentForm(instance=found, party=found.party), CloseForm(instance=found)
    return _page(request, office, found, form=form, closing=closing)


@office_page(May.EDIT)
@require_POST
def save(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponse:
    found = _own(office, slug, pk)
    form = CommitmentForm(request.POST, instance=found, party=found.party)
    if form.is_valid():
        try:
            operations.change(commitment=form.save(commit=False), by=office.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The commitment is saved."))
            return redirect(office.address("partnership", slug))
    return _page(request, office, _own(office, slug, pk), form=form)


@office_page(May.EDIT)
@require_POST
def close(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponse:
    """Done, or given up with a reason."""
    found = _own(office, slug, pk)
    closing = CloseForm(request.POST, instance=found)
    if closing.is_valid():
        try:
            operations.close(commitment=closing.save(commit=False), by=office.user)
        except ValidationError as refusal:
            closing.add_error(None, refusal)
        else:
            messages.success(request, _("The commitment is closed."))
            return redirect(office.address("partnership", slug))
    return _page(request, office, _own(office, slug, pk), closing=closing)


@office_page(May.EDIT)
@require_POST
def reopen(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponse:
    found = _own(office, slug, pk)
    try:
        operations.reopen(commitment=found, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The commitment is open again."))
    return redirect(office.address("commitment", slug, pk))


def _party(office: Office, slug: str) -> Party:
    """The city's place in a partnership whose cities may promise something."""
    partnership = _partnership(office, slug)
    if not may_promise(partnership):
        raise Http404("nothing is promised in this partnership")
    return partnership.parties.select_related("city", "partnership").get(city=office.city)


def _partnership(office: Office, slug: str) -> Partnership:
    return standing_or_404(Partnership.objects.of_office(office.city), slug)


def _commitment(office: Office, slug: str, pk: int) -> Commitment:
    found = Commitment.objects.with_names().select_related("partnership", "party__partnership")
    return get_object_or_404(found, partnership=_partnership(office, slug), pk=pk)


def _own(office: Office, slug: str, pk: int) -> Commitment:
    """A commitment of the city itself; another city's is none that it could change."""
    found = _commitment(office, slug, pk)
    if not is_own(found, office.city):
        raise Http404("a commitment of another city")
    return found


def _may_change(office: Office, commitment: Commitment) -> bool:
    mine = office.may_edit and is_own(commitment, office.city)
    return mine and may_promise(commitment.partnership)


def _new_page(
    request: HttpRequest, office: Office, party: Party, form: CommitmentForm
) -> HttpResponse:
    context = {"office": office, "tab": "partnerships", "party": party, "form": form}
    return render(request, "partnerships/commitments/new.html", context)


def _page(
    request: HttpRequest, office: Office, commitment: Commitment, **forms: Any
) -> HttpResponse:
    """The page of one commitment; ``forms`` are ``form`` and ``closing``, or ``None``."""
    is_closed = commitment.state != Commitment.State.OPEN
    context = {
        "office": office,
        "tab": "partnerships",
        "commitment": commitment,
        "is_late": commitment.is_late(timezone.localdate()),
        "may_reopen": is_closed and _may_change(office, commitment),
        "timeline": timeline(Entry.objects.about(commitment)),
        **forms,
    }
    return render(request, "partnerships/commitments/commitment.html", context)
