"""Rows of imported lists that wait for a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..import_task_forms import LinkForm, SideForm
from ..importing import operations
from ..importing.columns import FIELDS
from ..models import ImportRow

PER_PAGE = 50


@require_safe
@never_cache
def tasks(request: HttpRequest) -> HttpResponse:
    """Every row that waits, the oldest first."""
    waiting = ImportRow.objects.open_tasks().select_related("of").defer("of__content")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    breadcrumb = [(_("Imports"), reverse("partnerships:imports")), (_("Rows to settle"), "")]
    context = {"page": page, "breadcrumb": breadcrumb}
    return render(request, "partnerships/imports/tasks.html", context)


@require_safe
@never_cache
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One row with the cities it may mean; ``home`` and ``partner`` in the address look further."""
    row = _found(pk)
    home = SideForm(row=row, side="german_city", search=request.GET.get("home", ""))
    partner = SideForm(row=row, side="partner_city", search=request.GET.get("partner", ""))
    return _page(request, row, home, partner, LinkForm(row=row))


@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the partnership between the cities that were chosen."""
    row = _found(pk)
    home = SideForm(request.POST, row=row, side="german_city")
    partner = SideForm(request.POST, row=row, side="partner_city")
    link = LinkForm(request.POST, row=row)
    are_valid = [form.is_valid() for form in (home, partner, link)]  # each shows its errors
    if not all(are_valid):
        return _page(request, row, home, partner, link)
    try:
        row = operations.solve(
            row=row,
            cities=(home.city, partner.city),
            kind=link.cleaned_data["kind"],
            year=link.cleaned_data["year"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        if refusal.code == "settled":
            messages.info(request, " ".join(refusal.messages))
            return redirect("partnerships:import_tasks")
        partner.add_error(None, refusal)
        return _page(request, row, home, partner, link)
    told = (
        _("The partnership is entered.") if row.made_it else _("It was in the directory already.")
    )
    messages.success(request, f"{row.partnership}: {told}")
    return redirect("partnerships:import_tasks")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the row."""
    try:
        operations.discard_task(row=_found(pk), by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The row is discarded."))
    return redirect("partnerships:import_tasks")


def _found(pk: int) -> ImportRow:
    """A row that was put to the staff, settled or not."""
    rows = ImportRow.objects.exclude(task=ImportRow.Task.NONE).select_related(
        "of", "partnership", "solved_by"
    )
    return get_object_or_404(rows.defer("of__content"), pk=pk)


def _page(
    request: HttpRequest, row: ImportRow, home: SideForm, partner: SideForm, link: LinkForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "row": row,
        "facts": [(FIELDS[name], row.written[name]) for name in FIELDS if row.written.get(name)],
        "sides": [home, partner],
        "link": link,
        "forms": [home, partner, link],
        "is_open": row.task == ImportRow.Task.OPEN,
        "breadcrumb": [
            (_("Imports"), reverse("partnerships:imports")),
            (_("Rows to settle"), reverse("partnerships:import_tasks")),
            (_("Row %(row)s of %(file)s") % {"row": row.number, "file": row.of.file_name}, ""),
        ],
    }
    return render(request, "partnerships/imports/task.html", context)
