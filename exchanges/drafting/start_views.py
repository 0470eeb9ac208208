"""Apply: an office chooses a call and one of its partnerships."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.offices.door import Office, office_page
from partnerships.policies import May

from . import operations
from .answers import answers_in
from .choosing import open_calls, startable
from .forms.starting import StartForm


@office_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, office: Office) -> HttpResponse:
    """The form; a draft there is for this call and partnership opens instead of a twin."""
    is_sent = request.method == "POST"
    form = StartForm(
        request.POST if is_sent else None,
        calls=open_calls(office.city, timezone.now()),
        partnerships=startable(office.city),
        initial={name: request.GET.get(name) for name in ("call", "partnership")},
    )
    if not (is_sent and form.is_valid()):
        return _page(request, office, form)
    try:
        application = operations.start(
            call=form.chosen_call,
            partnership=form.chosen_partnership,
            city=office.city,
            self_check=answers_in(request.GET, form.chosen_call),
            by=office.user,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, office, form)
    return redirect(reverse("exchanges:case", args=[office.city.slug, application.ref]))


def _page(request: HttpRequest, office: Office, form: StartForm) -> HttpResponse:
    context: dict[str, Any] = {
        "office": office,
        "tab": "exchanges",
        "form": form,
        "query": request.GET.urlencode(),
    }
    return render(request, "exchanges/drafting/start.html", context)
