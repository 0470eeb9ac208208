"""The demo's mailbox. It exists only in demo mode; elsewhere its addresses are unknown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import mailbox as box
from ..forms import MailboxFilter
from ..sandbox import sandboxed

PAGE = 25
View = Callable[..., HttpResponse]


def only_in_demo(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404("there is a mailbox in demo mode only")
        return never_cache(require_safe(view))(request, *args, **kwargs)

    return guarded


@only_in_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    form = MailboxFilter(request.GET)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    page = Paginator(box.names(to), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "mails": box.read_all(list(page.object_list)),
        "query": query.urlencode(),
    }
    return render(request, "mailing/mailbox.html", context)


@only_in_demo
def mailbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    kept = _kept(name)
    breadcrumb = [(_("Mailbox"), reverse("mailing:mailbox")), (kept.subject, "")]
    context = {"kept": kept, "breadcrumb": breadcrumb}
    return render(request, "mailing/mailbox_mail.html", context)


@only_in_demo
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML as it was sent, except that its links open in the whole window."""
    html = _kept(name).html
    if not html:
        raise Http404("this mail has no HTML")
    return sandboxed(html.replace("<head>", '<head><base target="_top">', 1))


@only_in_demo
def mailbox_calendar(request: HttpRequest, name: str) -> HttpResponse:
    calendar = _kept(name).calendar
    if not calendar:
        raise Http404("this mail has no calendar file")
    return HttpResponse(
        calendar,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="invite.ics"'},
    )


def _kept(name: str) -> box.Kept:
    found = box.read(name)
    if found is None:
        raise Http404("no such mail")
    return found
