"""The staff's page of one case: the rooms add their blocks, each with what it needs to show.

A block is a template in ``templates/exchanges/staff/`` and a function of the application and
who reads. Rooms register theirs in their module of addresses; a view whose form was refused
shows the page again with that form in place of the block's empty one::

    return staff_page.show(request, application, checking=form)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import User

from .models import Application, Review

#: Template by which somebody of the staff who is recused reads the title and nothing else.
RECUSED = "exchanges/staff/recused.html"


@dataclass(frozen=True)
class Block:
    """``context`` returns the names its template uses; all blocks share one context."""

    template: str
    order: int
    context: Callable[[Application, User], dict[str, Any]]


_BLOCKS: dict[str, Block] = {}


def register(*blocks: Block) -> None:
    _BLOCKS.update({block.template: block for block in blocks})


def blocks() -> list[Block]:
    """All blocks from top to bottom."""
    return sorted(_BLOCKS.values(), key=lambda block: (block.order, block.template))


def find(ref: str) -> Application:
    """The application of that reference with what every block shows; 404 where there is none."""
    found = Application.objects.select_related("call", "partnership", "destination", "handled_by")
    return get_object_or_404(found.prefetch_related("parties__city"), ref=ref)


def find_open_to(user: Any, ref: str) -> Application:
    """``find`` for somebody who wants to do something: 404 for who is recused from the case."""
    application = find(ref)
    if _is_recused(application, user):
        raise Http404("recused from this case")
    return application


def show(request: HttpRequest, application: Application, **refused: Any) -> HttpResponse:
    """The page; ``refused`` are forms that were sent and are shown again with their errors."""
    user: Any = request.user
    context: dict[str, Any] = {"application": application}
    if _is_recused(application, user):
        return render(request, RECUSED, context)
    found = blocks()
    for block in found:
        context |= block.context(application, user)
    templates = [block.template for block in found]
    return render(request, "exchanges/staff/case.html", {**context, "blocks": templates, **refused})


def back(application: Application) -> HttpResponse:
    """On to the page, after something was done there."""
    return redirect("exchanges:staff_case", application.ref)


def _is_recused(application: Application, user: Any) -> bool:
    return application.reviews.filter(reviewer=user, state=Review.State.RECUSED).exists()
