"""The invitation as one recipient would get it, and a test of it to oneself."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mailing.drafts import Draft
from mailing.message import fill
from mailing.sandbox import sandboxed

from .. import mails
from ..audience import recipient_for
from ..forms.preview_form import PreviewForm
from ..models import Event
from ..operations import send_test
from ..operations.inviting import new_invitation
from ..recipients import Recipient
from .fetching import crumbs, event_or_404


@require_safe
def invite_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Subject and text as that recipient would get them; the HTML version stands in a frame."""
    event = event_or_404(slug)
    recipient, query = _recipient(event, request.GET)
    draft = _draft(event, recipient)
    languages = [(code, label, query | {"language": code}) for code, label in PreviewForm.LANGUAGES]
    invite_url = reverse("events:invite", args=[event.slug])
    context = {
        "event": event,
        "breadcrumb": crumbs(event, (_("Invite"), invite_url), (_("Preview"), "")),
        "recipient": recipient,
        "subject": draft.subject,
        "plain_text": _filled(event, draft.text),
        "query": urlencode(query),
        "fields": query.items(),
        "languages": [(code, label, urlencode(values)) for code, label, values in languages],
    }
    return render(request, "events/staff/preview.html", context)


@require_safe
def invite_preview_html(request: HttpRequest, slug: str) -> HttpResponse:
    """The HTML version of the mail, alone and locked in."""
    event = event_or_404(slug)
    recipient, _query = _recipient(event, request.GET)
    return sandboxed(_filled(event, _draft(event, recipient).html))


@require_POST
def invite_test(request: HttpRequest, slug: str) -> HttpResponse:
    """Send what that recipient would get to oneself, through the same outbox."""
    event = event_or_404(slug)
    recipient, query = _recipient(event, request.POST)
    try:
        mail = send_test(event=event, recipient=recipient, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The test goes to %(email)s.") % {"email": mail.to})
    preview = reverse("events:invite_preview", args=[slug])
    return redirect(f"{preview}?{urlencode(query)}")


def _recipient(event: Event, data: QueryDict) -> tuple[Recipient, dict[str, str]]:
    """Whom the address names, and the query that names them again; else a 404."""
    form = PreviewForm(data)
    if not form.is_valid():
        raise Http404("no such recipient")
    named = form.cleaned_data
    right = named["right"]
    recipient = recipient_for(
        event,
        named["to"],
        name=named["name"],
        language=named["language"],
        partnership=named["partnership"],
    )
    if recipient is None:
        raise Http404("no such recipient")
    query = {name: value for name, value in data.items() if name in form.fields and value}
    return replace(recipient, right=right or recipient.right), query  # type: ignore[return-value]


def _draft(event: Event, recipient: Recipient) -> Draft:
    return mails.invitation(new_invitation(event, recipient))


def _filled(event: Event, text: str) -> str:
    """The button of a preview leads to the public page, as in a test."""
    return fill(text, {"answer": settings.SITE_URL + event.get_absolute_url()})
