"""All drafts of a call on one page: the dry run, and releasing those that are ticked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import actors
from ..actors import Actor
from ..calls.budget import standing
from ..models import Call, Decision
from . import batch


@never_cache
@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What releasing would do, draft by draft, and what it would leave of the budget."""
    call = get_object_or_404(Call, slug=slug)
    items = batch.dry_run(call, _staff(request))
    ready = [item for item in items if item.is_ready]
    context = {
        "call": call,
        "items": items,
        "ready": len(ready),
        "sum": sum(item.decision.amount for item in ready),
        "budget": standing(call),
    }
    return render(request, "exchanges/deciding/decisions.html", context)


@require_POST
def release_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Release the ticked drafts, each in the version that the page showed."""
    call = get_object_or_404(Call, slug=slug)
    chosen = _chosen(request, call)
    if not chosen:
        messages.error(request, _("Please tick at least one draft."))
        return redirect("exchanges:decisions", slug)
    done = batch.release_all(chosen, _staff(request))
    released = sum(item.is_ready for item in done)
    if released:
        told = ngettext("%(n)s decision is released.", "%(n)s decisions are released.", released)
        messages.success(request, told % {"n": released})
    for item in done:
        if not item.is_ready:
            messages.error(request, f"{item.decision.application.ref}: {item.refusal}")
    return redirect("exchanges:decisions", slug)


def _chosen(request: HttpRequest, call: Call) -> list[tuple[Decision, int]]:
    """Ticked drafts of this call; a box holds key and version, ``12-3``."""
    drafts = {draft.pk: draft for draft in batch.drafts(call, _staff(request))}
    found = []
    for ticked in request.POST.getlist("draft"):
        key, _dash, version = ticked.partition("-")
        is_ours = key.isascii() and key.isdigit() and len(key) < 10 and int(key) in drafts
        if is_ours and version.isascii() and version.isdigit() and len(version) < 10:
            found.append((drafts[int(key)], int(version)))
    return found


def _staff(request: HttpRequest) -> Actor:
    user: Any = request.user
    return actors.of_staff(user)
