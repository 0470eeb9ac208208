"""Moving the roles of somebody who leaves; used inside other operations."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.operations import record
from privacy import ledger

from ... import policies
from ...models import Handover, Membership


@transaction.atomic
def move_roles(*, handover: Handover, to: User, by: User) -> None:
    """Give the successor every role the leaver still has in the city, and end the leaver's."""
    city = handover.city
    theirs = Membership.objects.filter(user=handover.leaver, city=city) if handover.leaver else ()
    for membership in theirs:
        held = Membership.objects.filter(user=to, city=city).values_list("role", flat=True)
        if not policies.covers(held, membership.role):
            Membership.objects.create(user=to, city=city, role=membership.role)
        ledger.note("partnerships.role_ended", id=membership.pk, role=membership.role)
        membership.delete()
    handover.successor, handover.completed_at = to, timezone.now()
    handover.save()
    record("partnerships.roles_moved", handover, by=by, within=city)
