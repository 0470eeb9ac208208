"""The outbox for staff: what is on its way, what went wrong and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journal.models import Entry

from .. import restoring
from ..forms import OutboxFilter
from ..models import Mail
from ..operations import RETRYABLE
from ..operations import retry as retry_mail
from ..outbox import counts, facts, mails, oldest_due, restored, rows
from ..queries import plain_reason
from ..sandbox import sandboxed

PAGE = 50


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails, those with a problem first."""
    form = OutboxFilter(request.GET)
    page = Paginator(mails(form.filters), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": rows(page.object_list),
        "counts": counts(),
        "oldest": oldest_due(timezone.now()),
        "restored": restored(),
        "query": query.urlencode(),
    }
    return render(request, "mailing/outbox.html", context)


@require_safe
@never_cache
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one mail; links are not in it, they are put in while sending."""
    found = get_object_or_404(Mail, pk=pk)
    context = {
        "mail": found,
        "reason": plain_reason(found),
        "facts": facts(found),
        "may_retry": found.state in RETRYABLE and not found.erased_at,
        "entries": Entry.objects.about(found),
        "breadcrumb": [(_("Outbox"), reverse("mailing:outbox")), (found.subject, "")],
    }
    return render(request, "mailing/mail.html", context)


@require_safe
@never_cache
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Mail, pk=pk)
    if not found.html:
        raise Http404("this mail has no HTML")
    return sandboxed(found.html)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Mail, pk=pk)
    try:
        retry_mail(mail=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The mail is queued again."))
    return redirect("mailing:mail", pk=pk)


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """After a backup was restored: what waits goes out."""
    count = restoring.release(by=request.user)
    messages.success(
        request, _("The outbox is open. Mails that go out now: %(count)s") % {"count": count}
    )
    return redirect("mailing:outbox")


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """After a backup was restored: what waited is dropped."""
    count = restoring.drop(by=request.user)
    messages.success(
        request, _("The outbox is open. Mails that were dropped: %(count)s") % {"count": count}
    )
    return redirect("mailing:outbox")
