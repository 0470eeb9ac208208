"""Who enters a city's office: people with a role there. For all others it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import User

from ..merging.leading import LeadsOn, stands_for
from ..models import City, Membership
from ..policies import May
from .tabs import tabs

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Office:
    """A city's office as one of its people sees it."""

    city: City
    user: User
    roles: frozenset[str]

    def may(self, what: May) -> bool:
        return what.granted_to(self.roles)

    @property
    def may_edit(self) -> bool:
        return self.may(May.EDIT)

    @property
    def may_sign(self) -> bool:
        return self.may(May.SIGN)

    @property
    def may_coordinate(self) -> bool:
        return self.may(May.COORDINATE)

    def address(self, name: str, *args: Any) -> str:
        """Where a page of this office is, by its URL name without the namespace."""
        return reverse(f"office:{name}", args=[self.city.slug, *args])

    @property
    def tabs(self) -> list[tuple[Any, str, str]]:
        """Label, address and name of every page the office's menu leads to."""
        return [(tab.label, reverse(tab.view, args=[self.city.slug]), tab.name) for tab in tabs()]


def office_page(may: May) -> Callable[[View], View]:
    """Call ``view(request, office, …)`` for people whose role in the city allows ``may``.

    The address names the city as ``city``; everybody else gets the 404 of a missing page. The
    address of a merged city opens the office of the one it leads to, that of a merged partnership
    the same page of the one that stands.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, city: str, **kwargs: Any) -> HttpResponseBase:
            office = _office(request.user, city, may)
            is_reading = request.method in {"GET", "HEAD"}
            here = request.resolver_match.view_name  # type: ignore[union-attr]
            if office.city.slug != city and is_reading:
                return redirect(here, city=office.city.slug, **kwargs)
            try:
                return view(request, office, **kwargs)
            except LeadsOn as merged:
                if not is_reading:
                    raise
                return redirect(here, city=city, **{**kwargs, "slug": merged.slug})

        wrapped.asks_for = may  # type: ignore[attr-defined]
        return never_cache(wrapped)

    return decorator


def _office(user: Any, slug: str, may: May) -> Office:
    theirs = Membership.objects.filter(user=user, city__merged_into__isnull=True)
    memberships = list(theirs.filter(city__slug=slug).select_related("city"))
    roles = frozenset(membership.role for membership in memberships)
    if may.granted_to(roles):
        return Office(memberships[0].city, user, roles)
    standing = None if memberships else stands_for(slug)
    if standing is None:
        raise Http404("no role in this office")
    return _office(user, standing.slug, may)
