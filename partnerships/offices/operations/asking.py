"""Asking for a role in a city, and deciding about it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.operations import record
from mailing.operations import cancel_about, enqueue, enqueue_all

from ... import policies
from ...models import City, Membership, RoleRequest
from .. import mails

State = RoleRequest.State


@transaction.atomic
def ask_for_role(*, user: User, city: City, role: str, department: str, reason: str) -> RoleRequest:
    """Ask for a role; a municipal address gets reader and editor at once.

    Mails the person when it is granted, else those who decide. Refuses with code ``has_role``
    or ``asked``.
    """
    User.objects.select_for_update().get(pk=user.pk)
    roles = Membership.objects.filter(user=user, city=city).values_list("role", flat=True)
    if policies.covers(roles, role):
        raise ValidationError(_("You have this role in the city already."), code="has_role")
    if RoleRequest.objects.open().filter(user=user, city=city).exists():
        raise ValidationError(
            _("You have asked for a role in this city already; it is being decided."), code="asked"
        )
    request = RoleRequest.objects.create(
        user=user, city=city, role=role, department=department, reason=reason
    )
    record("partnerships.role_asked", request, by=user, within=city, role=role)
    if policies.is_granted_by_domain(request):
        return _settle(request, State.GRANTED, by=None, answer="")
    enqueue_all(mails.role_asked(request))
    return request


@transaction.atomic
def grant(*, request: RoleRequest, by: User, answer: str = "") -> RoleRequest:
    """Give the role and mail the person. Refuses with code ``decided`` or ``not_yours``."""
    return _settle(_open(request, by), State.GRANTED, by=by, answer=answer)


@transaction.atomic
def refuse(*, request: RoleRequest, by: User, answer: str) -> RoleRequest:
    """Say no with a reason and mail the person. Refuses with code ``decided`` or ``not_yours``."""
    return _settle(_open(request, by), State.REFUSED, by=by, answer=answer)


@transaction.atomic
def withdraw(*, request: RoleRequest, by: User) -> RoleRequest:
    """The person takes the request back; a decided one stays as it is."""
    request = _locked(request)
    if request.is_open:
        request.state, request.decided_at, request.decided_by = State.WITHDRAWN, timezone.now(), by
        request.save()
        cancel_about(request)
        record("partnerships.role_withdrawn", request, by=by, within=request.city)
    return request


def _locked(request: RoleRequest) -> RoleRequest:
    rows = RoleRequest.objects.select_for_update(of=("self",)).select_related("user", "city")
    return rows.get(pk=request.pk)


def _open(request: RoleRequest, by: User) -> RoleRequest:
    request = _locked(request)
    if not policies.may_decide(by, request):
        raise ValidationError(_("Nobody decides about their own request."), code="not_yours")
    if not request.is_open:
        raise ValidationError(
            _("This request has been decided meanwhile: %(state)s.")
            % {"state": request.get_state_display()},
            code="decided",
        )
    return request


def _settle(request: RoleRequest, state: str, *, by: User | None, answer: str) -> RoleRequest:
    request.state, request.decided_at = state, timezone.now()
    request.decided_by, request.answer = by, answer
    request.save()
    cancel_about(request)
    if state == State.GRANTED:
        Membership.objects.get_or_create(user=request.user, city=request.city, role=request.role)
    verb = "granted" if state == State.GRANTED else "refused"
    record(f"partnerships.role_{verb}", request, by=by, within=request.city, role=request.role)
    enqueue(mails.role_decided(request))
    return request
