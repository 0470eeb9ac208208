"""Requests for a role as those who decide see them: coordinators and staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import RoleRequest
from ..models.offices import domains_of
from . import operations
from .forms import DecisionForm

#: The addresses at which a request is granted and refused.
Addresses = Callable[[RoleRequest], tuple[str, str]]


@dataclass(frozen=True)
class Waiting:
    """A request with its form, the addresses of both decisions, and what is known of the person."""

    request: RoleRequest
    form: DecisionForm
    grant_url: str
    refuse_url: str
    is_known_domain: bool


def waiting(
    requests: Iterable[RoleRequest], address: Addresses, refused: DecisionForm | None = None
) -> list[Waiting]:
    """Every request with its form; ``refused`` is one that was sent and is not right yet.

    The requests come with their city's domains (``for_decision``).
    """
    return [
        Waiting(
            request,
            _form(request, refused),
            *address(request),
            is_known_domain=_is_known(request),
        )
        for request in requests
    ]


def decide(http: HttpRequest, request: RoleRequest, *, grants: bool) -> DecisionForm | None:
    """Grant or refuse as the form says; returns the form where something is wrong with it."""
    form = DecisionForm(http.POST, request=request, refuses=not grants)
    if not form.is_valid():
        return form
    by: User = http.user  # type: ignore[assignment]
    answer = form.cleaned_data["answer"]
    decision = operations.grant if grants else operations.refuse
    try:
        decision(request=request, by=by, answer=answer)
    except ValidationError as refusal:
        messages.info(http, " ".join(refusal.messages))
        return None
    told = (
        _("The role is granted; %(person)s gets a mail.")
        if grants
        else _("The request is refused; %(person)s gets a mail.")
    )
    messages.success(http, told % {"person": request.user})
    return None


def _is_known(request: RoleRequest) -> bool:
    domains = {one.domain for one in request.city.domains.all()}
    return bool(domains & domains_of(request.user.email))


def _form(request: RoleRequest, refused: DecisionForm | None) -> DecisionForm:
    form = DecisionForm(request=request)
    return refused if refused and refused.prefix == form.prefix else form
