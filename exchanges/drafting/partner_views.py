"""Links for the partner city: whom to send one, who got one, reminding and ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..door import Case
from ..models import ApplicationParty, WorkLink
from ..policies import Action
from . import operations
from .forms.linking import LinkForm


@require_http_methods(["GET", "HEAD"])
def links(request: HttpRequest, case: Case) -> HttpResponse:
    """Every partner city with the links it got and a form for the next."""
    return _page(request, case)


@require_POST
def send(request: HttpRequest, case: Case, party: int) -> HttpResponse:
    whose = get_object_or_404(_partners(case), pk=party)
    form = LinkForm(request.POST, party=whose)
    if not form.is_valid():
        return _page(request, case, form)
    try:
        operations.send_link(
            party=whose,
            contact=form.contact,
            may_sign=form.cleaned_data["may_sign"],
            by=case.actor,
        )
    except ValidationError as refusal:
        form.add_error("may_sign" if refusal.code == "unknown_address" else None, refusal)
        return _page(request, case, form)
    messages.success(request, _("The link is on its way."))
    return redirect(case.address("links"))


@require_POST
def remind(request: HttpRequest, case: Case, link: int) -> HttpResponse:
    return _act(request, case, link, operations.remind_link, _("The reminder is on its way."))


@require_POST
def end(request: HttpRequest, case: Case, link: int) -> HttpResponse:
    return _act(request, case, link, operations.end_link, _("The link opens nothing any more."))


def _act(request: HttpRequest, case: Case, link: int, act: Any, told: str) -> HttpResponse:
    found = WorkLink.objects.filter(party__in=_partners(case))
    chosen = get_object_or_404(found.select_related("party__application", "party__city"), pk=link)
    try:
        act(link=chosen, by=case.actor)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect(case.address("links"))


def _partners(case: Case) -> QuerySet[ApplicationParty]:
    """The other cities; what was typed about them is the leading office's alone."""
    if not case.party.is_lead:
        raise Http404("only the leading city sends links")
    parties = ApplicationParty.objects.filter(application=case.application, is_lead=False)
    return parties.select_related("city")


def _page(request: HttpRequest, case: Case, sent: LinkForm | None = None) -> HttpResponse:
    now = timezone.now()
    partners = []
    for party in _partners(case):
        is_sent = sent is not None and sent.party.pk == party.pk
        form = sent if is_sent else LinkForm(party=party)
        open_links = WorkLink.objects.open(now).filter(party=party)
        partners.append({"party": party, "form": form, "links": list(open_links)})
    context = case.context(
        partners=partners, may_send=case.may(Action.SEND_LINK), case_address=case.address("case")
    )
    return render(request, "exchanges/drafting/links.html", context)
