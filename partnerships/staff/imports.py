"""Bringing in a list: upload, dry run, import, result."""

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

from journal.models import Entry

from .. import exports
from ..import_forms import ColumnsForm, ReadingForm, RowFilter, UploadForm
from ..importing import operations, showing
from ..importing.columns import missing
from ..importing.traces import edited_since
from ..models import Import, ImportRow

PER_PAGE = 50


@require_safe
@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """Every list so far, and the form for the next one."""
    return _list(request, UploadForm())


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file and show what would become of it; nothing is imported yet."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form)
    file = form.cleaned_data["file"]
    source = form.cleaned_data["source"]
    try:
        draft = operations.upload(
            content=file.read(),
            name=file.name,
            source=source,
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return _list(request, form)
    return redirect("partnerships:import", pk=draft.pk)


@require_safe
@never_cache
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its dry run, or what came of an import."""
    return _page(request, _found(pk))


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file with another encoding, separator or line of headings."""
    found = _found(pk)
    form = ReadingForm(request.POST, draft=found)
    if form.is_valid():
        try:
            operations.change_reading(draft=found, **form.chosen)
        except ValidationError as refusal:
            form.add_error(_field_of(refusal), refusal)
        else:
            messages.success(request, _("The file was read again. Please check the dry run."))
            return redirect("partnerships:import", pk=pk)
    return _page(request, found, reading_form=form)


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which."""
    found = _found(pk)
    form = ColumnsForm(request.POST, draft=found)
    if form.is_valid():
        try:
            operations.change_columns(draft=found, columns=form.columns)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The columns were changed. Please check the dry run."))
            return redirect("partnerships:import", pk=pk)
    return _page(request, found, columns_form=form)


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what the dry run showed; after a change of the directory show it anew instead."""
    found = _found(pk)
    try:
        operations.run(draft=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        if refusal.code == "changed":
            operations.look_anew(draft=found)
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The list is imported. No mail was sent."))
    return redirect("partnerships:import", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    found = _found(pk)
    try:
        operations.discard(draft=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("partnerships:import", pk=pk)
    messages.success(request, _("The file is discarded. Nothing was imported."))
    return redirect("partnerships:imports")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the import back, or list what somebody has worked on since."""
    found = _found(pk)
    try:
        operations.undo(done=found, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if refusal.code == "edited":
            return _page(request, found, edited=edited_since(found))
    else:
        messages.success(request, _("The import is taken back."))
    return redirect("partnerships:import", pk=pk)


@require_POST
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out every row as a spreadsheet; a POST because the journal notes it."""
    found = _found(pk)
    content = operations.export_report(of=found, by=request.user)  # type: ignore[arg-type]
    return exports.answer(content, f"import-{found.pk}")


def _found(pk: int) -> Import:
    return get_object_or_404(Import.objects.defer("content").select_related("by"), pk=pk)


def _field_of(refusal: ValidationError) -> str | None:
    """The field beside which a refusal to read the file is shown."""
    code = getattr(refusal, "code", None)
    return code if code in {"encoding", "header"} else None


def _list(request: HttpRequest, form: UploadForm) -> HttpResponse:
    page = Paginator(showing.imports(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "open_tasks": ImportRow.objects.open_tasks().count(),
        "breadcrumb": [(_("Imports"), "")],
    }
    return render(request, "partnerships/imports/imports.html", context)


def _page(request: HttpRequest, found: Import, **more: Any) -> HttpResponse:
    template = "draft" if found.is_draft else "result"
    context = {**_context(request, found), **more}
    return render(request, f"partnerships/imports/{template}.html", context)


def _context(request: HttpRequest, found: Import) -> dict[str, Any]:
    row_filter = RowFilter(request.GET or None)
    rows = found.rows.select_related("partnership").order_by("number")
    if row_filter.chosen:
        rows = rows.filter(outcome=row_filter.chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "found": found,
        "facts": showing.facts(found),
        "columns": showing.columns(found),
        "numbers": showing.numbers(found),
        "filter": row_filter,
        "page": page,
        "rows": showing.shown_rows(page.object_list),
        "query": f"outcome={row_filter.chosen}" if row_filter.chosen else "",
        "breadcrumb": [
            (_("Imports"), reverse("partnerships:imports")),
            (found.file_name, ""),
        ],
    }
    if not found.is_draft:
        return {**context, "entries": Entry.objects.about(found)}
    return {
        **context,
        "work": showing.work(found).label,
        "missing": ", ".join(missing(found.columns)),
        "reading_form": ReadingForm(draft=found),
        "columns_form": ColumnsForm(draft=found),
    }
