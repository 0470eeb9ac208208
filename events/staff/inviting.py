"""Choosing an audience, the preflight, and sending after the number was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ..audience import preflight
from ..forms.audience_form import AudienceForm
from ..forms.send_form import Selection, SendForm, digest
from ..models import Event
from ..operations import continue_sending, invite, stop_sending
from ..preflight_rows import left_out_groups, recipient_groups
from ..recipients import Preflight
from .fetching import crumbs, event_or_404

TEMPLATE = "events/staff/invite.html"


@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The audience form; a POST shows the preflight below it and changes nothing."""
    event = event_or_404(slug)
    if request.method != "POST":
        return render(request, TEMPLATE, _context(event, AudienceForm()))
    form = AudienceForm(request.POST)
    if not form.is_valid():
        return render(request, TEMPLATE, _context(event, form))
    found = preflight(event, form.criteria)
    return render(request, TEMPLATE, _preflight_context(request, event, form, found))


@require_POST
def invite_send(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite those who stand in the preflight now, if that is what the typed number says."""
    event = event_or_404(slug)
    audience = AudienceForm(request.POST)
    if not audience.is_valid():
        return render(request, TEMPLATE, _context(event, audience))
    found = preflight(event, audience.criteria)
    if _all_invited_already(found):
        messages.info(request, _("All of these people are invited already; nothing was sent."))
        return redirect("events:guests", slug=slug)
    chosen = Selection.posted(request.POST).chosen(found.recipients)
    form = SendForm(request.POST, people=len(chosen), now=digest(found.recipients))
    if form.is_valid():
        try:
            invited = invite(event=event, recipients=chosen, by=request.user)  # type: ignore[arg-type]
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _sent(len(invited)))
            return redirect("events:guests", slug=slug)
    context = _preflight_context(request, event, audience, found, send_form=form)
    return render(request, TEMPLATE, context)


@require_POST
def invite_stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold back what has not left yet; stopping twice holds back nothing more."""
    event = event_or_404(slug)
    count = stop_sending(event=event, by=request.user)  # type: ignore[arg-type]
    if not count:
        messages.info(request, _("Nothing was left to stop: every invitation is sent already."))
        return redirect("events:guests", slug=slug)
    sentence = ngettext(
        "Stopped. %(count)d invitation is held back.",
        "Stopped. %(count)d invitations are held back.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("events:guests", slug=slug)


@require_POST
def invite_continue(request: HttpRequest, slug: str) -> HttpResponse:
    event = event_or_404(slug)
    count = continue_sending(event=event, by=request.user)  # type: ignore[arg-type]
    if not count:
        messages.info(request, _("No invitation was held back."))
        return redirect("events:guests", slug=slug)
    sentence = ngettext(
        "Continued. %(count)d invitation is on its way.",
        "Continued. %(count)d invitations are on their way.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect("events:guests", slug=slug)


def _context(event: Event, form: AudienceForm) -> dict[str, Any]:
    return {"event": event, "form": form, "breadcrumb": crumbs(event, (_("Invite"), ""))}


def _preflight_context(
    request: HttpRequest,
    event: Event,
    form: AudienceForm,
    found: Preflight,
    send_form: SendForm | None = None,
) -> dict[str, Any]:
    """The page with the preflight; what staff had ticked stays ticked."""
    selection = Selection.posted(request.POST)
    people = len(selection.chosen(found.recipients))
    now = digest(found.recipients)
    return {
        **_context(event, form),
        "preflight": found,
        "groups": recipient_groups(found, selection),
        "left_out": left_out_groups(found.left_out),
        "people": people,
        "seen": now,
        "kept": _kept(form),
        "send_form": send_form or SendForm(people=people, now=now),
    }


def _kept(form: AudienceForm) -> list[tuple[str, str]]:
    """The criteria as hidden fields, so that sending looks for the same people again."""
    data: Any = form.data
    return [(name, value) for name in form.fields for value in data.getlist(name) if value]


def _all_invited_already(found: Preflight) -> bool:
    """What the second click of a double click finds."""
    codes = {left_out.code for left_out in found.left_out if left_out.line is None}
    return not found.recipients and codes == {"already_invited"}


def _sent(count: int) -> str:
    sentence = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count
    )
    return sentence % {"count": count}
