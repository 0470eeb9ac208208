"""What staff do with a case that cities still work on: more time, doing without, a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import actors, staff_page
from ..actors import Actor
from ..models import Application
from . import operations
from .forms import AskForm, ExtendForm, ReasonForm
from .views import version_context


@require_POST
def extend(request: HttpRequest, ref: str) -> HttpResponse:
    application = _find(request, ref)
    form = ExtendForm(request.POST)

    def do(by: Actor) -> object:
        return operations.extend(
            application=application,
            until=form.until(application),
            reason=form.cleaned_data["reason"],
            by=by,
        )

    return _try(request, application, do, _("There is more time; the cities are told."), form)


@require_POST
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    application = _find(request, ref)
    form = AskForm(request.POST, application=application)

    def do(by: Actor) -> object:
        return operations.ask_information(application=application, by=by, **form.cleaned_data)

    return _try(request, application, do, _("The cities are asked."), form)


@require_POST
def go_on(request: HttpRequest, ref: str) -> HttpResponse:
    application = _find(request, ref)

    def do(by: Actor) -> object:
        return operations.go_on(application=application, by=by)

    return _try(request, application, do, _("The case goes on without an answer."))


@require_POST
def waive(request: HttpRequest, ref: str, party: int) -> HttpResponse:
    application = _find(request, ref)
    city = get_object_or_404(application.parties, pk=party)
    form = ReasonForm(request.POST, prefix=f"waive-{city.pk}")

    def do(by: Actor) -> object:
        return operations.waive(
            application=application, party=city, reason=form.cleaned_data["reason"], by=by
        )

    return _try(request, application, do, _("The sign-off is waived; the cities are told."), form)


@require_safe
@never_cache
def version(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """One version as it was handed in, and what differs from the one before."""
    application = _find(request, ref)
    context = {"application": application, **version_context(application, number)}
    return render(request, "exchanges/staff/version.html", context)


def _find(request: HttpRequest, ref: str) -> Application:
    user: Any = request.user
    return staff_page.find_open_to(user, ref)


#: In which block of the staff's page each form is shown again.
_PLACES: dict[Any, str] = {ExtendForm: "extending", AskForm: "asking", ReasonForm: "waiving"}


def _try(
    request: HttpRequest,
    application: Application,
    operation: Callable[[Actor], object],
    done: str,
    form: Any = None,
) -> HttpResponse:
    """Do it, or show the page again with what was typed and why not."""
    user: Any = request.user
    if form is None or form.is_valid():
        try:
            operation(actors.of_staff(user))
        except ValidationError as refusal:
            if form is None:
                messages.info(request, " ".join(refusal.messages))
                return staff_page.back(application)
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return staff_page.back(application)
    return staff_page.show(request, application, **{_PLACES[type(form)]: form})
