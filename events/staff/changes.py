"""Telling the guests that an event has moved, or that it does not take place."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..forms.event_changes import CancelEventForm
from ..guest_counts import overview
from ..models import Event
from ..operations import announce_change, cancel_event
from .fetching import event_or_404
from .guests import guests_context


@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the updated calendar to those who hold one; a second click finds nothing to do."""
    event = event_or_404(slug)
    if event.anchor_version <= event.announced_version:
        messages.info(request, _("The guests know the present dates already."))
        return redirect("events:guests", slug=slug)
    try:
        count = announce_change(event=event, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        sentence = ngettext(
            "The updated calendar goes to %(count)d person.",
            "The updated calendar goes to %(count)d people.",
            count,
        )
        messages.success(request, sentence % {"count": count})
    return redirect("events:guests", slug=slug)


@require_POST
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Call the event off once the right number of people was typed."""
    event = event_or_404(slug)
    if event.state == Event.State.CANCELLED:
        messages.info(request, _("The event is called off already."))
        return redirect("events:guests", slug=slug)
    counts = overview(event)
    form = CancelEventForm(request.POST, people=counts.total.invited)
    if form.is_valid():
        try:
            count = cancel_event(event=event, by=request.user)  # type: ignore[arg-type]
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            sentence = ngettext(
                "The event is called off. %(count)d person is told by mail.",
                "The event is called off. %(count)d people are told by mail.",
                count,
            )
            messages.success(request, sentence % {"count": count})
            return redirect("events:guests", slug=slug)
    context = guests_context(request, event, counts, cancel_form=form)
    return render(request, "events/staff/guests.html", context)
