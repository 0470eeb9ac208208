"""What the ledger does again with roles and questions after a backup was restored."""

from __future__ import annotations

from django.utils import timezone

from privacy import ledger

from .models import ConfirmationRequest, Membership, OfficeInvitation


def end_role(line: ledger.Line) -> bool:
    """A role that was ended or changed is not given back."""
    return bool(Membership.objects.filter(pk=line["id"], role=line["role"]).delete()[0])


def end_invitation(line: ledger.Line) -> bool:
    """An invitation that was taken back cannot be accepted."""
    open_ones = OfficeInvitation.objects.filter(pk=line["id"], ended_at__isnull=True)
    return bool(open_ones.filter(accepted_at__isnull=True).update(ended_at=timezone.now()))


ledger.register("partnerships.role_ended", end_role)
ledger.register("partnerships.office_invitation_ended", end_invitation)


def end_request(line: ledger.Line) -> bool:
    """The link that a newer one replaced opens nothing again."""
    waiting = ConfirmationRequest.objects.waiting().filter(public_id=line["id"])
    return bool(waiting.update(replaced_at=timezone.now()))


ledger.register("partnerships.request_ended", end_request)
