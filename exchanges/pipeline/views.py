"""The staff's desk: all cases, my tasks, money, and what is done to several cases at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import actors, staff_page
from ..actors import Actor
from ..models import Application, Call
from ..policies import Action
from . import lists, money, operations
from .filters import PipelineFilter
from .forms import ChosenForm, TransferForm


@never_cache
@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """Every case by state and due date; the filter stands in the address."""
    return _list(request)


@never_cache
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What I have to do: my cases whose next step is the staff's, the most urgent first."""
    user: Any = request.user
    today = timezone.localdate()
    mine = lists.cases().filter(handled_by=user).exclude(state=Application.State.DRAFT)
    closed = lists.recused(mine, user)
    rows = [lists.row_of(one, today) for one in mine if one.pk not in closed]
    context = {
        "todo": [row for row in rows if row.step.is_ours],
        "waiting": [row for row in rows if not row.step.is_ours and row.step is not lists.NOTHING],
        "unassigned": lists.needing_work(lists.cases()).filter(handled_by__isnull=True).count(),
    }
    return render(request, "exchanges/pipeline/tasks.html", context)


@never_cache
@require_safe
def budgets(request: HttpRequest) -> HttpResponse:
    """What is committed and left, for each call and partner country."""
    calls = list(Call.objects.public())
    context = {"overview": money.overview(calls)}
    return render(request, "exchanges/pipeline/budgets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Lay the ticked cases on a colleague's desk; first a dry run, then for good.

    A GET (a reload, the next page of a refused list) leads back to the list.
    """
    if request.method != "POST":
        return _to_list(request)
    chosen, form = ChosenForm(request.POST), TransferForm(request.POST)
    if not chosen.is_valid() or not form.is_valid():
        return _list(request, chosen=chosen, assigning=form)
    cases = list(chosen.cleaned_data["cases"].select_related("handled_by").order_by("ref"))
    to, by = form.person(), _staff(request)
    if "confirm" not in request.POST:
        closed = [one for one in cases if not by.may(Action.TRANSFER, one)]
        changed = [one for one in cases if one not in closed and one.handled_by != to]
        context = {"cases": cases, "closed": closed, "changed": changed, "to": to, "form": form}
        return render(request, "exchanges/pipeline/assign.html", context)
    try:
        operations.assign_many(applications=cases, to=to, reason=form.cleaned_data["reason"], by=by)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _list(request, chosen=chosen, assigning=form)
    told = ngettext("%(n)s case is handed over.", "%(n)s cases are handed over.", len(cases))
    messages.success(request, told % {"n": len(cases)})
    return redirect("exchanges:pipeline")


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest) -> HttpResponse:
    """Remind the cities of the ticked cases; first a dry run, then for good. A GET leads back."""
    if request.method != "POST":
        return _to_list(request)
    chosen = ChosenForm(request.POST)
    if not chosen.is_valid():
        return _list(request, chosen=chosen)
    now = timezone.now()
    cases = chosen.cleaned_data["cases"].select_related("call", "partnership").order_by("ref")
    prospects = [operations.prospect_of(one, now) for one in cases]
    if "confirm" not in request.POST:
        context = {"prospects": prospects, "mails": sum(one.mails for one in prospects)}
        return render(request, "exchanges/pipeline/remind.html", context)
    sent = 0
    for one in prospects:
        try:
            sent += operations.remind(application=one.application, at=now, by=_staff(request))
        except ValidationError as refusal:
            messages.error(request, f"{one.application.ref}: {' '.join(refusal.messages)}")
    told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", sent)
    messages.success(request, told % {"n": sent})
    return redirect("exchanges:pipeline")


@require_POST
def transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Lay one case on a colleague's desk."""
    application = staff_page.find_open_to(request.user, ref)
    form = TransferForm(request.POST)
    if form.is_valid():
        try:
            operations.transfer(
                application=application,
                to=form.person(),
                reason=form.cleaned_data["reason"],
                by=_staff(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The case is handed over."))
            return staff_page.back(application)
    return staff_page.show(request, application, transferring=form)


def _to_list(request: HttpRequest) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(reverse("exchanges:pipeline") + (f"?{query}" if query else ""))


def _list(
    request: HttpRequest,
    *,
    chosen: ChosenForm | None = None,
    assigning: TransferForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    found = PipelineFilter(request.GET or None, user=user)
    narrowed = found.narrowed(lists.cases()) if found.is_bound else lists.cases()
    page = Paginator(narrowed, lists.PER_PAGE).get_page(request.GET.get("page"))
    today, closed = timezone.localdate(), lists.recused(page, user)
    context = {
        "filter": found,
        "page": page,
        "rows": [
            lists.closed_row(one) if one.pk in closed else lists.row_of(one, today) for one in page
        ],
        "chosen": chosen or ChosenForm(),
        "assigning": assigning or TransferForm(),
        "ticked": request.POST.getlist("cases"),
        "query": urlencode([(n, v) for n, v in request.GET.items() if n != "page" and v]),
    }
    return render(request, "exchanges/pipeline/pipeline.html", context)


def _staff(request: HttpRequest) -> Actor:
    user: Any = request.user
    return actors.of_staff(user)
