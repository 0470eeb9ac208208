"""Registering a partnership: a draft that may lack anything, its cities, and sending it off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...finding.kinds import explained
from ...importing.candidates import candidates
from ...models import City, Partnership
from ...offices.door import Office, office_page
from ...policies import May
from ...regions import place_name
from .. import operations
from ..cities import same_cities
from ..forms import (
    CitySearchForm,
    ContactForm,
    DiscardForm,
    FactsForm,
    ProposeCityForm,
    SignForm,
    UploadForm,
)
from ..steps import State
from .fetching import other_parties, partnership_or_404


@office_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """What registering takes, and the button that starts a draft."""
    if request.method == "POST":
        made = operations.start(city=office.city, by=office.user)
        return redirect(office.address("draft_cities", made.slug))
    listed = office.city.partnerships.public().filter(state=State.LISTED)
    context = {"office": office, "tab": "partnerships", "listed": listed, "kinds": explained()}
    return render(request, "partnerships/confirming/new.html", context)


@office_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """The whole form; saving keeps what is there."""
    found = partnership_or_404(office, slug, State.DRAFT)
    if request.method != "POST":
        return _form_page(request, office, found, FactsForm(partnership=found))
    form = FactsForm(request.POST, partnership=found)
    if not form.is_valid():
        return _form_page(request, office, found, form, request.POST)
    try:
        operations.save_draft(partnership=found, values=form.values(), by=office.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, office, found, form, request.POST)
    messages.success(request, _("The draft is saved."))
    return redirect(office.address("draft", slug))


@office_page(May.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Send the draft off: this city stands by it, and the others are asked."""
    found = partnership_or_404(office, slug, State.DRAFT)
    if request.method != "POST":
        return redirect(office.address("partnership", slug))
    form, sign = FactsForm(request.POST, partnership=found), SignForm(request.POST)
    contacts = _contact_forms(office, found, request.POST)
    valid = [one.is_valid() for one in (form, sign, *contacts)]  # each shows its errors
    if all(valid):
        try:
            made = operations.propose(
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
            messages.success(request, _("The partnership is registered; the others are asked."))
            return redirect(office.address("partnership", made.slug))
    return _form_page(request, office, found, form, request.POST, sign=sign, contacts=contacts)


@office_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def cities(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Look for the partner city and add it."""
    found = partnership_or_404(office, slug, State.DRAFT)
    if request.method != "POST":
        return _cities_page(request, office, found, request.GET)
    chosen = _candidate(request.POST)
    if chosen is None:
        messages.error(request, _("Please choose one of the cities."))
        return _cities_page(request, office, found, request.POST)
    try:
        operations.add_city(partnership=found, city=chosen, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _cities_page(request, office, found, request.POST)
    return redirect(office.address("draft", slug))


@office_page(May.EDIT)
@require_POST
def remove_city(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Take a city out of the draft."""
    found = partnership_or_404(office, slug, State.DRAFT)
    named = request.POST.get("city", "")
    city = get_object_or_404(found.cities, slug=named) if named else office.city
    try:
        operations.remove_city(partnership=found, city=city, by=office.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(office.address("draft", slug))


@office_page(May.EDIT)
@require_POST
def propose_city(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """A city that is not in the list goes to the staff."""
    found = partnership_or_404(office, slug, State.DRAFT)
    form = ProposeCityForm(request.POST)
    if not form.is_valid():
        return _cities_page(request, office, found, request.POST, propose=form)
    operations.propose_city(
        partnership=found, city=office.city, by=office.user, **form.cleaned_data
    )
    messages.success(
        request, _("The staff decide about the city. It then joins your draft; you get a mail.")
    )
    return redirect(office.address("draft", slug))


@office_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Delete the draft, after a tick."""
    found = partnership_or_404(office, slug, State.DRAFT)
    form = DiscardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        operations.discard_draft(partnership=found, by=office.user)
        messages.success(request, _("The draft is deleted."))
        return redirect(office.address("partnerships"))
    context = {"office": office, "tab": "partnerships", "partnership": found, "form": form}
    return render(request, "partnerships/confirming/discard.html", context)


def _form_page(
    request: HttpRequest,
    office: Office,
    found: Partnership,
    form: FactsForm,
    data: QueryDict | None = None,
    *,
    sign: SignForm | None = None,
    contacts: list[ContactForm] | None = None,
) -> HttpResponse:
    """The draft; what was typed about contacts stays, whichever button was pressed."""
    typed = {name: data.get(name, "") for name in ("office",)} if data else None
    same = same_cities(found)
    context: dict[str, Any] = {
        "office": office,
        "tab": "partnerships",
        "partnership": found,
        "form": form,
        "sign": sign or SignForm(initial=typed),
        "contacts": contacts or _contact_forms(office, found, None, data),
        "others": other_parties(office, found),
        "proposals": found.proposed_cities.open(),
        "same": same,
        "upload": UploadForm(),
        "files": found.files.select_related("city"),
    }
    return render(request, "partnerships/confirming/draft.html", context)


def _contact_forms(
    office: Office,
    found: Partnership,
    data: QueryDict | None,
    typed: QueryDict | None = None,
) -> list[ContactForm]:
    forms = [ContactForm(data, party=party) for party in other_parties(office, found)]
    for form in forms:
        kept = {name: typed.get(form.add_prefix(name)) for name in form.fields} if typed else {}
        form.initial.update((name, value) for name, value in kept.items() if value is not None)
    return forms


def _candidate(posted: QueryDict) -> City | None:
    """The chosen one among those that the same words find again."""
    words, key = posted.get("q", "")[:120], posted.get("choice", "")
    return next((one.city for one in candidates(words, "") if one.key == key), None)


def _cities_page(
    request: HttpRequest,
    office: Office,
    found: Partnership,
    asked: QueryDict,
    *,
    propose: ProposeCityForm | None = None,
) -> HttpResponse:
    words = asked.get("q", "")[:120]
    hits = [
        (one.key, one.city.name, place_name(one.city.country.code, one.city.region))
        for one in candidates(words, "")
    ]
    context = {
        "office": office,
        "tab": "partnerships",
        "partnership": found,
        "search": CitySearchForm(initial={"q": words}),
        "words": words,
        "hits": hits,
        "propose": propose or ProposeCityForm(initial={"name": words}),
        "address": office.address("draft_cities", found.slug),
    }
    return render(request, "partnerships/confirming/cities.html", context)
