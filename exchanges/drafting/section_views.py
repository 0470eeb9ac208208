"""Writing one part: a page with a form, saved as one goes where the browser has JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..actors import Actor
from ..door import Case
from ..policies import Action
from .forms import FORMS, PartForm, form_of
from .forms.naming import NameForm
from .operations import introduce, save_section
from .pieces import Piece, piece_of
from .policies import may_write, opened
from .saved import saved_line
from .standing import next_piece


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, case: Case, key: str, party: int | None = None) -> HttpResponse:
    """A part's form for who may write it now, its content for everybody else."""
    piece = _piece(case, key, party)
    naming = _naming(request, case)
    if request.method != "POST":
        return _page(request, case, piece, form_of(piece), naming)
    form = form_of(piece, request.POST)
    is_named = naming is None or naming.is_valid()
    if form.is_valid() and is_named:
        try:
            saved = save_section(
                piece=piece, values=form.values, seen=form.seen, by=_actor(case, naming)
            )
        except ValidationError as refusal:
            form = _refused(case, piece, form, refusal, request)
        else:
            return _saved(request, case, replace(piece, section=saved))
    if _is_autosave(request):
        return render(request, "exchanges/drafting/_unsaved.html", {"form": form})
    return _page(request, case, piece, form, naming)


def _piece(case: Case, key: str, party: int | None) -> Piece:
    piece = piece_of(case.application, key, party) if key in FORMS else None
    if piece is None:
        raise Http404("no such part")
    return piece


def _naming(request: HttpRequest, case: Case) -> NameForm | None:
    """Who works by link says once who they are."""
    link = case.actor.link
    if link is None:
        return None
    return NameForm(
        request.POST if request.method == "POST" else None, initial={"my_name": link.name}
    )


def _actor(case: Case, naming: NameForm | None) -> Actor:
    link = case.actor.link
    if naming is None or link is None:
        return case.actor
    introduce(link=link, name=naming.cleaned_data["my_name"])
    return replace(case.actor, name=naming.cleaned_data["my_name"])


def _refused(
    case: Case, piece: Piece, form: PartForm, refusal: ValidationError, request: HttpRequest
) -> PartForm:
    """The form with why it was refused; after a conflict with the rows that are stored now."""
    if getattr(refusal, "code", "") != "conflict":
        form.add_error(None, refusal)
        return form
    case.application.refresh_from_db()
    stored = _piece(case, piece.part.key, piece.party.pk if piece.party else None)
    form = form_of(stored, request.POST)
    form.full_clean()
    form.refuse(refusal, stored)
    return form


def _saved(request: HttpRequest, case: Case, piece: Piece) -> HttpResponse:
    if _is_autosave(request):
        case.application.refresh_from_db()
        context = {"saved": saved_line(piece.section), "piece": piece}
        context["warnings"] = form_of(piece).warnings()
        return render(request, "exchanges/drafting/_saved.html", context)
    address = case.address(piece.page, *piece.arguments)
    if "onward" in request.POST:
        following = next_piece(case, piece)
        address = (
            case.address(following.page, *following.arguments)
            if following
            else case.address("case")
        )
    return redirect(address)


def _page(
    request: HttpRequest, case: Case, piece: Piece, form: PartForm, naming: Any
) -> HttpResponse:
    can_write = case.may(Action.EDIT) and may_write(piece, case.party, opened(case.application))
    context = case.context(
        piece=piece,
        form=form,
        naming=naming,
        saved=saved_line(piece.section),
        may_write=can_write or form.is_bound,
        address=case.address(piece.page, *piece.arguments),
        case_address=case.address("case"),
    )
    return render(request, "exchanges/drafting/section.html", context)


def _is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
