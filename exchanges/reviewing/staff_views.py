"""The staff's page of one case, with its formal check and its reviewers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import actors, staff_page
from ..models import Application, Review
from . import operations
from .forms import NoteForm
from .staff_blocks import assign_form
from .staff_forms import CheckForm, SettleForm


@require_safe
@never_cache
def staff_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one case, in blocks."""
    return staff_page.show(request, staff_page.find(ref))


@require_POST
def start_review(request: HttpRequest, ref: str) -> HttpResponse:
    """The tick of the formal check."""
    application = _find(request, ref)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return staff_page.show(request, application, checking=form)
    return _try(
        request,
        application,
        lambda by: operations.start_review(
            application=application, note=form.cleaned_data["note"], by=by
        ),
        _("The case is under review; the assigned reviewers are told."),
        checking=form,
    )


@require_POST
def assign(request: HttpRequest, ref: str) -> HttpResponse:
    application = _find(request, ref)
    form = assign_form(application, request.POST)
    if not form.is_valid():
        return staff_page.show(request, application, assigning=form)
    return _try(
        request,
        application,
        lambda by: operations.assign(
            application=application,
            reviewers=form.people,
            due_on=form.cleaned_data["due_on"],
            by=by,
        ),
        _("The reviewers are assigned."),
        assigning=form,
    )


@require_POST
def unassign(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a request back; who is not asked any more is fine, too."""
    application = _find(request, ref)
    review = application.reviews.filter(pk=pk).first()
    if review is None:
        return staff_page.back(application)
    return _try(
        request,
        application,
        lambda by: operations.unassign(review=review, by=by),
        _("The request is taken back."),
    )


@require_POST
def settle(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Whether somebody who was unsure may review."""
    application = _find(request, ref)
    review = get_object_or_404(Review, application=application, pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return staff_page.show(request, application, settling=form)
    return _try(
        request,
        application,
        lambda by: operations.settle(
            review=review, may_review=form.cleaned_data["may_review"], by=by
        ),
        _("Decided; the person is told."),
    )


@require_POST
def remind(request: HttpRequest, ref: str) -> HttpResponse:
    """One button for all whose review is missing."""
    application = _find(request, ref)
    try:
        count = operations.remind(application=application, by=actors.of_staff(_user(request)))
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        text = ngettext("%(count)s person is reminded.", "%(count)s persons are reminded.", count)
        messages.success(request, text % {"count": count})
    return staff_page.back(application)


@require_POST
def discuss(request: HttpRequest, ref: str) -> HttpResponse:
    application = _find(request, ref)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return staff_page.show(request, application, note=form)
    return _try(
        request,
        application,
        lambda by: operations.discuss(
            application=application, text=form.cleaned_data["text"], by=by
        ),
        _("Your note is there for the panel."),
        note=form,
    )


def _find(request: HttpRequest, ref: str) -> Application:
    """The case; for staff who are recused it is none they could work on."""
    return staff_page.find_open_to(_user(request), ref)


def _try(
    request: HttpRequest,
    application: Application,
    operation: Callable[[Any], object],
    done: str,
    **form: Any,
) -> HttpResponse:
    """Do it, or say why not: in the form, or where there is none above the page.

    A refusal whose code is a field's name stands at that field.
    """
    try:
        operation(actors.of_staff(_user(request)))
    except ValidationError as refusal:
        for one in form.values():
            code = getattr(refusal, "code", None)
            one.add_error(code if code in one.fields else None, refusal)
            return staff_page.show(request, staff_page.find(application.ref), **form)
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return staff_page.back(application)


def _user(request: HttpRequest) -> Any:
    return request.user
