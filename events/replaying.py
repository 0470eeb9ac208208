"""What the ledger does again with guests after a backup was restored."""

from __future__ import annotations

from journal.operations import record
from mailing.models import BlockedAddress
from mailing.operations import block, cancel_about
from privacy import ledger

from . import operations
from .models import Invitation
from .personal_data import anonymise

#: Stands where the ledger knows that an address was wrong, and not what is right.
MISSING_DOMAIN = "@address-missing.invalid"


def withdraw(line: ledger.Line) -> bool:
    """The invitation is withdrawn once more, with all that follows from it."""
    invitation = _outdated(line)
    if invitation is not None:
        operations.withdraw(invitation=invitation, by=None)
        _end_links(line)
    return invitation is not None


def forget_address(line: ledger.Line) -> bool:
    """The corrected address is in no ledger, so staff enter it again; the wrong one goes."""
    invitation = _outdated(line)
    if invitation is None:
        return False
    _end_links(line)
    invitation.email = f"{invitation.pk}{MISSING_DOMAIN}"
    Invitation.objects.filter(pk=invitation.pk).update(email=invitation.email)
    block(invitation.email, BlockedAddress.Reason.BOUNCED)
    cancel_about(invitation)
    record("events.address_missing", invitation, within=invitation.event)
    return True


def erase(line: ledger.Line) -> bool:
    """The guest is anonymised once more."""
    count = anonymise(Invitation.objects.filter(public_id=line["id"]))
    _end_links(line)
    return bool(count)


def opt_out(line: ledger.Line) -> bool:
    """Who wants no more invitations still wants none."""
    invitation = Invitation.objects.filter(public_id=line["id"]).first()
    if invitation is not None:
        operations.opt_out(invitation=invitation)
    return invitation is not None


def _outdated(line: ledger.Line) -> Invitation | None:
    """The invitation while links still open it that the line ended."""
    guests = Invitation.objects.select_related("event")
    return guests.filter(public_id=line["id"], token_version__lt=line["version"]).first()


def _end_links(line: ledger.Line) -> None:
    guests = Invitation.objects.filter(public_id=line["id"], token_version__lt=line["version"])
    guests.update(token_version=line["version"])


ledger.register("events.withdrawn", withdraw)
ledger.register("events.address_corrected", forget_address)
ledger.register("events.anonymised", erase)
ledger.register("events.opted_out", opt_out)
