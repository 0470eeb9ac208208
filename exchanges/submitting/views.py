"""Pages of an application on its way to the programme: sign, hand in, withdraw, versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..door import Case
from ..models import Application
from ..moments import last_minute
from ..policies import Action
from ..reviewing.reading import parts
from ..sections import parties_of
from . import operations, rules, standing
from .differences import differences
from .forms import ReasonForm, SignForm, SubmitForm
from .mending import mending
from .questions import question_of


@require_safe
def sign(request: HttpRequest, case: Case) -> HttpResponse:
    """What is signed, what is missing, and the form that signs."""
    signed = standing.to_sign(case.application, case.party)
    initial = {"name": case.actor.name, "seen": signed.fingerprint}
    return _sign_page(request, case, signed, SignForm(initial=initial))


@require_POST
def sign_save(request: HttpRequest, case: Case) -> HttpResponse:
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            operations.sign(
                application=case.application,
                party=case.party,
                name=form.cleaned_data["name"],
                office=form.cleaned_data["office"],
                seen=form.cleaned_data["seen"],
                by=case.actor,
            )
        except ValidationError as refusal:
            _gone(refusal)
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your city has signed."))
            return redirect(case.address("hand_in"))
    signed = standing.to_sign(case.application, case.party)
    form.show_again(signed.fingerprint)
    return _sign_page(request, case, signed, form)


def _sign_page(
    request: HttpRequest, case: Case, signed: standing.Signed, form: SignForm
) -> HttpResponse:
    stamps = standing.stamps(case.application)
    stamp = next(one for one in stamps if one.party.pk == case.party.pk)
    context = {
        "form": form,
        "can_sign": case.may(Action.SIGN),
        "has_signed": stamp.standing is not None and not stamp.standing.is_waived,
        "parts": signed.parts,
        "missing": mending(case, _missing(case.application), [one.party for one in stamps]),
        "stamp": stamp,
        "action": case.address("sign_save"),
        "back": case.address("case"),
    }
    return render(request, "exchanges/submitting/sign.html", case.context(**context))


@require_safe
def hand_in(request: HttpRequest, case: Case) -> HttpResponse:
    """Who has signed, what is missing, and for the submitting city the button."""
    number = case.application.submissions.count() + 1
    return _hand_in_page(request, case, SubmitForm(initial={"number": number}))


@require_POST
def submit(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand in; what counts is when the request arrived, not when the locks were free."""
    at = getattr(request, "arrived_at", None) or timezone.now()
    form = SubmitForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            version = operations.submit(
                application=case.application, number=number, at=at, by=case.actor
            )
        except ValidationError as refusal:
            _gone(refusal)
            form.add_error(None, refusal)
        else:
            text = _("Handed in as version %(number)s. All cities get a receipt by mail.")
            messages.success(request, text % {"number": version.number})
            return redirect(case.address("version", version.number))
    return _hand_in_page(request, case, form)


def _hand_in_page(request: HttpRequest, case: Case, form: SubmitForm) -> HttpResponse:
    application = case.application
    question = question_of(application)
    results, deadline = standing.results(application), application.deadline()
    stamps = standing.stamps(application)
    context = {
        "form": form,
        "can_submit": case.may(Action.SUBMIT),
        "results": mending(case, results, [one.party for one in stamps]),
        "missing": rules.missing(results),
        "stamps": stamps,
        "question": question,
        "opened": standing.opened(question, parties_of(application)) if question else [],
        "until": last_minute(deadline, application.call) if deadline else "",
        "late": application.state == Application.State.DRAFT
        and not application.accepts(timezone.now()),
        "action": case.address("submit") if case.may(Action.SUBMIT) else "",
        "sign_address": case.address("sign") if case.may(Action.SIGN) else "",
        "back": case.address("case"),
    }
    return render(request, "exchanges/submitting/hand_in.html", case.context(**context))


@require_safe
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    return _withdraw_page(request, case, ReasonForm())


@require_POST
def withdraw_save(request: HttpRequest, case: Case) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            operations.withdraw(
                application=case.application, reason=form.cleaned_data["reason"], by=case.actor
            )
        except ValidationError as refusal:
            _gone(refusal)
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The application is withdrawn; all involved are told."))
            return redirect(case.address("case"))
    return _withdraw_page(request, case, form)


def _withdraw_page(request: HttpRequest, case: Case, form: ReasonForm) -> HttpResponse:
    context = {
        "form": form,
        "can_withdraw": case.may(Action.WITHDRAW),
        "action": case.address("withdraw_save"),
        "back": case.address("case"),
    }
    return render(request, "exchanges/submitting/withdraw.html", case.context(**context))


@require_safe
def versions(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything that was handed in, the newest first."""
    found = case.application.submissions.defer("content")
    rows = [(one, case.address("version", one.number)) for one in found]
    context = case.context(rows=rows, back=case.address("case"))
    return render(request, "exchanges/submitting/versions.html", context)


@require_safe
def version(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """One version as it was handed in, and what differs from the one before."""
    context = version_context(case.application, number)
    context["back"] = case.address("versions")
    return render(request, "exchanges/submitting/version.html", case.context(**context))


def version_context(application: Application, number: int) -> dict[str, Any]:
    """What a page of a version shows; 404 for a number that does not exist."""
    found = get_object_or_404(application.submissions, number=number)
    before = application.submissions.filter(number__lt=number).order_by("-number").first()
    return {
        "version": found,
        "parts": parts(found),
        "before": before,
        "changed": differences(before, found) if before else [],
    }


def _missing(application: Application) -> list[rules.Result]:
    """What is missing besides signatures."""
    found = rules.missing(standing.results(application))
    return [one for one in found if one.rule.name not in rules.SIGNATURES]


def _gone(refusal: ValidationError) -> None:
    """A draft that was deleted meanwhile has no page any more."""
    if getattr(refusal, "code", "") == "gone":
        raise Http404("deleted meanwhile")
