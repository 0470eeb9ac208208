"""Papers of a partnership: for the cities' offices only, always as a download."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ... import uploads
from ...models import AgreementFile
from ...offices.door import Office, office_page
from ...policies import May
from .. import operations
from ..forms import UploadForm
from .fetching import partnership_or_404
from .shared import page_of


@office_page(May.EDIT)
@require_POST
def upload(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """Keep a file beside the partnership."""
    found = partnership_or_404(office, slug)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.add_file(
                partnership=found,
                city=office.city,
                upload=form.cleaned_data["file"],
                by=office.user,
            )
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, _("The file is kept; only the cities' offices see it."))
            return redirect(office.address("partnership", slug))
    page = page_of(office, found, upload=form)
    return render(request, "partnerships/confirming/partnership.html", page)


@office_page(May.READ)
@require_safe
def download(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponseBase:
    """A file, never run by the browser."""
    found = partnership_or_404(office, slug)
    kept = get_object_or_404(AgreementFile, pk=pk, partnership=found)
    return uploads.download(kept.file, kept.name)


@office_page(May.EDIT)
@require_POST
def remove(request: HttpRequest, office: Office, slug: str, pk: int) -> HttpResponse:
    """Delete a file that this city uploaded."""
    found = partnership_or_404(office, slug)
    kept = get_object_or_404(AgreementFile, pk=pk, partnership=found, city=office.city)
    operations.remove_file(file=kept, by=office.user)
    messages.success(request, _("The file is deleted."))
    return redirect(office.address("partnership", slug))
