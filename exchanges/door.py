"""Who comes to the pages of one application: a city's office, or a partner city by link.

Both see the same pages with the same views: ``Case`` knows where they are and who is there.
For everybody else the application does not exist (404).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mailing import door
from mailing.door import Notice, language_asked, language_links, sealed
from partnerships.models import Handover
from partnerships.offices.door import Office, office_page
from partnerships.offices.handed import handed_over, sentence
from partnerships.policies import May

from . import actors, policies, tokens
from .actors import Actor
from .models import Application, ApplicationParty, WorkLink
from .policies import Action

View = Callable[..., HttpResponse]
OfficeView = Callable[..., HttpResponseBase]
WRONG_LINK = Notice(
    _("This link does not work"),
    _(
        "It may be incomplete, or a newer message may have replaced it. Please open the link in "
        "our latest e-mail; if your mail program broke it, copy all of it."
    ),
)


@dataclass(frozen=True)
class Case:
    """One application as somebody of one of its cities sees it."""

    application: Application
    party: ApplicationParty
    actor: Actor

    def may(self, action: Action) -> bool:
        return self.actor.may(action, self.application)

    def address(self, name: str, *args: Any) -> str:
        """Where a page of this application is for whoever reads, by its bare URL name."""
        raise NotImplementedError

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of a case needs; ``layout`` is the template it extends."""
        return {"case": self, "application": self.application, **more}


@dataclass(frozen=True)
class OfficeCase(Case):
    """Seen from the city's office, after signing in."""

    office: Office

    def address(self, name: str, *args: Any) -> str:
        ours = [self.office.city.slug, self.application.ref]
        return reverse(f"exchanges:{name}", args=[*ours, *args])

    def context(self, **more: Any) -> dict[str, Any]:
        layout = {"layout": "partnerships/offices/_layout.html", "tab": "exchanges"}
        return super().context(**layout, office=self.office, **more)


@dataclass(frozen=True)
class LinkCase(Case):
    """Seen by the holder of a partner city's link."""

    link: WorkLink
    language: str

    def address(self, name: str, *args: Any) -> str:
        here = reverse(f"exchange_link:{name}", args=[self.link.public_id, *args])
        return here if self.language == self.link.language else f"{here}?language={self.language}"

    def context(self, **more: Any) -> dict[str, Any]:
        here = reverse("exchange_link:case", args=[self.link.public_id])
        links = language_links(here, self.link.language, self.language)
        layout = {"layout": "exchanges/link_layout.html", "language": self.language}
        return super().context(**layout, language_links=links, **more)


def office_case(may: May) -> Callable[[View], OfficeView]:
    """Call ``view(request, case, …)`` for people of one of the cities whose role allows ``may``."""

    def decorator(view: View) -> OfficeView:
        @office_page(may)
        @wraps(view)
        def wrapped(
            request: HttpRequest, office: Office, ref: str, **kwargs: Any
        ) -> HttpResponseBase:
            party = get_object_or_404(_parties(), application__ref=ref, city=office.city)
            actor = actors.of_office(office.user, party, office.roles)
            with timezone.override(ZoneInfo(office.user.time_zone)):
                return view(request, OfficeCase(party.application, party, actor, office), **kwargs)

        return wrapped

    return decorator


def link_case(may: May) -> Callable[[View], View]:
    """Call ``view(request, case, …)`` for the holder of a valid grant, else ask for the link."""

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
            found = WorkLink.objects.open(timezone.now()).filter(public_id=public_id).first()
            cookie = request.COOKIES.get(tokens.COOKIE)
            if found is None or not tokens.granted(found, cookie):
                return door.no_grant(request)
            party = get_object_or_404(_parties(), pk=found.party_id)
            found.party = party
            language = language_asked(request, found.language)
            with translation.override(language), timezone.override(ZoneInfo(party.city.time_zone)):
                actor = actors.of_link(found)
                if not policies.link_may(may, may_sign=found.may_sign):
                    raise Http404("this link does not sign")
                case = LinkCase(party.application, party, actor, found, language)
                return sealed(view(request, case, **kwargs), language)

        return wrapped

    return decorator


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Move the grant from the address into a cookie and go on to the clean address."""
    link = tokens.link_of(token)
    if link is None and (handover := _handed_over(token)):
        return door.gone(request, Notice(_("This was handed over"), _sentence(handover)))
    if link is None:
        return door.wrong_link(request, WRONG_LINK, counter="exchange")
    response = door.hand_over(
        redirect("exchange_link:case", link.public_id),
        tokens.LINKS,
        tokens.grant_for(link),
        path=f"/x/{link.public_id}/",
        until=link.readable_until,
    )
    return sealed(response)


@require_safe
def broken_link(request: HttpRequest, rest: str) -> HttpResponse:
    return door.wrong_link(request, WRONG_LINK, counter="exchange")


def _handed_over(token: str) -> Handover | None:
    """Who left took the work along to a successor; the old link says to which department."""
    link = tokens.former_link_of(token)
    if link is None:
        return None
    city = link.party.city
    return handed_over(city, email=link.email, position=link.position, since=link.sent_at)


#: Translated when it is shown, since the page speaks both languages.
_sentence = lazy(sentence, str)


def _parties() -> Any:
    return ApplicationParty.objects.select_related(
        "city", "application__call", "application__partnership", "application__destination"
    )
