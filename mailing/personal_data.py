"""Personal data in the outbox."""

from __future__ import annotations

import datetime as dt

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import MAIL_TEXT, TWO_YEARS

from .models import BlockedAddress, Mail

_TEXT = Personal(
    purpose=_("To send the mail and to answer questions about it."),
    until=_("90 days after sending; sign-in codes are erased at once."),
)
_DELIVERY = Personal(
    purpose=_("To prove that a mail was sent and whether it arrived."),
    until=_("2 years; the address of a guest goes together with the invitation."),
)
_BLOCKED = Personal(
    purpose=_("To respect the wish for no more invitations, and not to write to dead mailboxes."),
    until=_("Wishes as long as the programme runs; dead mailboxes 2 years."),
)

PERSONAL = {
    **dict.fromkeys(["Mail.text", "Mail.html", "Mail.calendar"], _TEXT),
    **dict.fromkeys(["Mail.to", "Mail.reply_to", "Mail.subject", "Mail.server_answer"], _DELIVERY),
    **dict.fromkeys(["BlockedAddress.email", "BlockedAddress.detail"], _BLOCKED),
}
NOT_PERSONAL = {
    "Mail": (
        "key",
        "kind",
        "about_type",
        "about_id",
        "campaign",
        "priority",
        "language",
        "calendar_method",
        "message_id",
        "state",
        "created_at",
        "next_attempt_at",
        "not_after",
        "attempts",
        "lease_owner",
        "lease_until",
        "handed_over_at",
        "sent_at",
        "reason",
        "crashes",
        "may_be_duplicate",
        "erased_at",
    ),
    "BlockedAddress": ("reason", "since"),
    "Restoration": ("backup_of", "restored_at", "decided_at"),
}

_UNFINISHED = (Mail.State.QUEUED, Mail.State.HELD, Mail.State.CLAIMED)


def erase_texts(at: dt.datetime, dry_run: bool) -> int:
    """Texts of mails that were settled 90 days ago; the rows stay."""
    settled = Mail.objects.exclude(state__in=_UNFINISHED).filter(erased_at__isnull=True)
    due = settled.alias(since=Coalesce("sent_at", "created_at")).filter(since__lt=at - MAIL_TEXT)
    return due.count() if dry_run else due.update(text="", html="", calendar="", erased_at=at)


def delete_rows(at: dt.datetime, dry_run: bool) -> int:
    """Mails of two years ago, except one that is being sent this moment."""
    due = Mail.objects.filter(created_at__lt=at - TWO_YEARS).exclude(state=Mail.State.CLAIMED)
    return due.count() if dry_run else due.delete()[0]


def forget_dead_mailboxes(at: dt.datetime, dry_run: bool) -> int:
    """Addresses that bounced two years ago; who opted out stays on the list."""
    due = BlockedAddress.objects.filter(
        reason=BlockedAddress.Reason.BOUNCED, since__lt=at - TWO_YEARS
    )
    return due.count() if dry_run else due.delete()[0]


purge.register("mailing.texts", erase_texts)
purge.register("mailing.rows", delete_rows)
purge.register("mailing.dead_mailboxes", forget_dead_mailboxes)
