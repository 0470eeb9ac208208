"""The guest list of an event, and the page of one guest."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journal.models import Entry
from mailing.models import Mail
from mailing.queries import plain_reason

from .. import policies, seats
from ..forms.event_changes import CancelEventForm
from ..forms.guest_changes import AddressForm, ResendForm, RightForm, WithdrawForm
from ..forms.guest_filter import GuestFilter
from ..forms.phone_answer import PhoneAnswerForm
from ..guest_counts import Overview, overview
from ..guest_list import guests as guests_of
from ..guest_rows import Everybody, answer_of, columns, guest_rows, moment, place_of
from ..models import Event, Invitation
from .fetching import crumbs, event_or_404, guest_or_404

PER_PAGE = 50


@require_safe
def guests(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts and guest list; htmx asks again for the counts alone while mails leave."""
    event = event_or_404(slug)
    counts = overview(event)
    if getattr(request, "htmx", False):
        context = {"event": event, "overview": counts}
        return render(request, "events/staff/_counts.html", context)
    return render(request, "events/staff/guests.html", guests_context(request, event, counts))


def guests_context(
    request: HttpRequest, event: Event, counts: Any, *, cancel_form: Any = None
) -> dict[str, Any]:
    """What the guests page shows; ``cancel_form`` is a refused one with its errors."""
    form = GuestFilter(request.GET, overview=counts)
    page = _page(event, form.filters, counts, request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "event": event,
        "breadcrumb": crumbs(event, (_("Guests"), "")),
        "overview": counts,
        "form": form,
        "page": page,
        "rows": guest_rows(page.object_list),
        "query": query.urlencode(),
        "cancel_form": cancel_form or CancelEventForm(people=counts.total.invited),
    }


def _page(event: Event, filters: dict[str, Any], counts: Overview, number: str | None) -> Any:
    """A page of the list; how many are in all of it is known from the counts above it."""
    if filters.keys() - {"sort"}:
        found: Any = guests_of(event, filters).values_list(*columns())
        return Paginator(found, PER_PAGE).get_page(number)
    everybody: Any = Everybody(event, filters.get("sort", ""))
    paginator = Paginator(everybody, PER_PAGE)
    paginator.__dict__["count"] = counts.everybody
    return paginator.get_page(number)


@require_safe
def guest(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    invitation = guest_or_404(slug, public_id)
    return render(request, "events/staff/guest.html", guest_context(invitation))


def guest_context(invitation: Invitation, **refused: Any) -> dict[str, Any]:
    """What the page of one guest shows; ``refused`` replaces forms by those with errors."""
    event, at = invitation.event, timezone.now()
    guests_url = reverse("events:guests", args=[event.slug])
    forms = {
        "answer_form": PhoneAnswerForm,
        "address_form": AddressForm,
        "right_form": RightForm,
        "withdraw_form": WithdrawForm,
        "resend_form": ResendForm,
    }
    return {
        "event": event,
        "guest": invitation,
        "breadcrumb": crumbs(event, (_("Guests"), guests_url), (str(invitation), "")),
        "facts": _facts(invitation),
        "mails": _mails(invitation),
        "answers": invitation.answers.select_related("by"),
        "timeline": Entry.objects.about(invitation),
        "may_record": policies.may_record(invitation, at),
        "may_send": policies.may_answer(invitation, at),
        "refused": list(refused.values()),
        **{name: refused.get(name) or form(invitation=invitation) for name, form in forms.items()},
    }


def _facts(invitation: Invitation) -> list[tuple[str, str]]:
    invitation.place_in_line = seats.position(invitation)  # type: ignore[attr-defined]
    rows = [
        (_("Function"), invitation.function),
        (_("City"), place_of(invitation.city)),
        (_("E-mail address"), invitation.email),
        (_("Language"), invitation.get_language_display()),
        (_("Time zone"), invitation.time_zone),
        (_("Right"), invitation.get_right_display()),
        (_("Delegation"), str(invitation.delegation.partnership) if invitation.delegation else ""),
        (_("Reason for the invitation"), invitation.reason),
        (_("Answer"), answer_of(invitation)[0]),
        (_("Seat"), str(invitation.pool or "")),
        (_("Answered"), moment(invitation.answered_at) if invitation.answered_at else ""),
        (_("Answered by"), invitation.answered_by_name),
        (_("Message to the organisers"), invitation.message),
        (_("Invited"), moment(invitation.created_at)),
        (_("Withdrawn"), moment(invitation.withdrawn_at) if invitation.withdrawn_at else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _mails(invitation: Invitation) -> list[tuple[Mail, str]]:
    """Every mail about the guest, the newest first, with the cause where it did not arrive."""
    mails = Mail.objects.about(invitation).defer("text", "html", "calendar")
    return [(mail, "" if mail.state == Mail.State.SENT else plain_reason(mail)) for mail in mails]
