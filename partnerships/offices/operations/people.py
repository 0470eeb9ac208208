"""The people of an office: inviting colleagues, changing and ending roles."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policies import has_confirmed_address
from journal.operations import record
from mailing.operations import cancel_about, enqueue
from privacy import ledger

from ... import policies
from ...locks import lock_city
from ...models import City, Handover, Membership, OfficeInvitation
from .. import mails
from .moving import move_roles

Role = Membership.Role


@transaction.atomic
def invite(
    *,
    city: City,
    email: str,
    name: str,
    role: str,
    language: str,
    by: User,
    handover: Handover | None = None,
) -> OfficeInvitation:
    """Invite a colleague by address and mail the link; to a successor with the handover.

    Whether the address has an account is told to nobody. Refuses with code ``member`` (a
    colleague of the same office) or ``invited``.
    """
    lock_city(city.pk)
    email = email.strip().lower()
    if Membership.objects.filter(city=city, user__email=email).exists():
        raise ValidationError(_("This colleague is in your office already."), code="member")
    waiting = OfficeInvitation.objects.filter(
        city=city, email=email, accepted_at__isnull=True, ended_at__isnull=True
    )
    if waiting.open(timezone.now()).exists():
        raise ValidationError(
            _("This address has been invited already. Take the invitation back first."),
            code="invited",
        )
    waiting.update(ended_at=timezone.now())
    invitation = OfficeInvitation.objects.create(
        city=city, email=email, name=name, role=role, language=language, invited_by=by
    )
    record("partnerships.colleague_invited", invitation, by=by, within=city, role=role)
    enqueue(mails.invitation(invitation, handover))
    return invitation


@transaction.atomic
def take_back(*, invitation: OfficeInvitation, by: User) -> OfficeInvitation:
    """End an invitation that nobody has accepted; an accepted one stays."""
    invitation = OfficeInvitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is None and invitation.ended_at is None:
        invitation.ended_at = timezone.now()
        invitation.save()
        invitation.handovers.update(invitation=None)
        cancel_about(invitation)
        ledger.note("partnerships.office_invitation_ended", id=invitation.pk)
        record("partnerships.invitation_taken_back", invitation, by=by, within=invitation.city)
    return invitation


@transaction.atomic
def accept(*, invitation: OfficeInvitation, by: User) -> OfficeInvitation:
    """Take the role one was invited to, and with it what somebody handed over.

    A second time changes nothing. Refuses with code ``not_yours`` unless ``by`` confirmed the
    invited address, and ``over`` when the invitation was taken back or is too old.
    """
    invitation = OfficeInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if by.email != invitation.email or not has_confirmed_address(by):
        raise ValidationError(
            _("The invitation is for another address than the one you signed in with."),
            code="not_yours",
        )
    if invitation.accepted_at is None:
        if not invitation.is_open(timezone.now()):
            raise ValidationError(_("This invitation is over."), code="over")
        invitation.accepted_at = timezone.now()
        invitation.save()
        _give(by, invitation)
    return invitation


def _give(user: User, invitation: OfficeInvitation) -> None:
    city = invitation.city
    held = Membership.objects.filter(user=user, city=city).values_list("role", flat=True)
    if not policies.covers(held, invitation.role):
        Membership.objects.create(user=user, city=city, role=invitation.role)
    record(
        "partnerships.invitation_accepted", invitation, by=user, within=city, role=invitation.role
    )
    for handover in Handover.objects.waiting().filter(invitation=invitation):
        move_roles(handover=handover, to=user, by=user)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Give a colleague another role and mail them. Refuses with code ``last_coordinator``."""
    membership = _locked(membership)
    if membership.role == role:
        return membership
    _keep_a_coordinator(membership)
    theirs = Membership.objects.filter(user=membership.user, city=membership.city)
    if theirs.filter(role=role).exists():
        raise ValidationError(_("This colleague has this role already."), code="has_role")
    before = membership.role
    membership.role = role
    membership.save()
    ledger.note("partnerships.role_ended", id=membership.pk, role=before)
    entry = record(
        "partnerships.role_changed", membership, by=by, within=membership.city, role=role
    )
    enqueue(mails.role_changed(membership, number=entry.pk))
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: User) -> None:
    """Take a colleague's role and mail them. Refuses with code ``last_coordinator``."""
    membership = _locked(membership)
    _keep_a_coordinator(membership)
    ledger.note("partnerships.role_ended", id=membership.pk, role=membership.role)
    record("partnerships.role_ended", membership.city, by=by, role=membership.role)
    enqueue(mails.role_ended(membership))
    membership.delete()


def _locked(membership: Membership) -> Membership:
    """The city's row is the lock: two coordinators must not end each other's role."""
    lock_city(membership.city_id)
    return Membership.objects.select_related("user", "city").get(pk=membership.pk)


def _keep_a_coordinator(membership: Membership) -> None:
    others = Membership.objects.coordinators().filter(city=membership.city)
    if membership.role == Role.COORDINATOR and not others.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _(
                "This is the only person who coordinates the office. Make somebody else "
                "coordinator first, or hand over under “I am leaving”."
            ),
            code="last_coordinator",
        )
