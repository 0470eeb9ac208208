"""The page on which staff choose what a file of a list holds, and the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .forms import ExportForm
from .lists import Chosen, ListExport, registered
from .operations import export


@require_safe
@never_cache
def page(request: HttpRequest, name: str) -> HttpResponse:
    """What is in the list as it is filtered now, and the form for the file."""
    return shown(request, _found(name))


@require_POST
@never_cache
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Hand the file out; a POST because the journal notes it."""
    return handed_out(request, _found(name))


def shown(request: HttpRequest, of: ListExport) -> HttpResponse:
    """The page of a list; its form posts to ``file/`` below the page with the same filters."""
    return _page(request, of, of.find(request), ExportForm(of=of))


def handed_out(request: HttpRequest, of: ListExport) -> HttpResponse:
    """The file of a list, or its page with what is wrong in the form."""
    chosen = of.find(request)
    form = ExportForm(request.POST, of=of)
    if not form.is_valid():
        return _page(request, of, chosen, form)
    made = export(
        of=of,
        chosen=chosen,
        columns=form.ticked,
        form=form.cleaned_data["format"],
        purpose=form.cleaned_data["purpose"],
        by=request.user,  # type: ignore[arg-type]
    )
    disposition = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.content_type, headers=disposition)


def _found(name: str) -> ListExport:
    found = registered().get(name)
    if found is None:
        raise Http404("no such list")
    return found


def _page(request: HttpRequest, of: ListExport, chosen: Chosen, form: ExportForm) -> HttpResponse:
    here = request.path if request.path.endswith("/file/") else f"{request.path}file/"
    query = request.META["QUERY_STRING"]
    context = {
        "list": of,
        "chosen": chosen,
        "form": form,
        "action": f"{here}?{query}" if query else here,
        "breadcrumb": [(str(of.label), chosen.back), (_("Export"), "")],
    }
    return render(request, "partnerships/exporting/page.html", context)
