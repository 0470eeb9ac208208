"""What can be done with mail: write it, stop it, take it back, try again, block an address."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.inserting import insert
from journal.operations import record

from .bell import ring_on_commit
from .drafts import Draft
from .models import UNCLAIMED, BlockedAddress, Mail
from .registry import kind_of

CHUNK = 500
State = Mail.State


def enqueue(draft: Draft) -> Mail:
    """Write one mail in the caller's transaction; the same key returns the existing row.

    Raises ``ValidationError`` (code ``email``) for an address that is none, ``LookupError``
    for an unregistered kind.
    """
    row = _row(draft)
    written = insert(row, unless_there=True)
    ring_on_commit()
    return row if written else Mail.objects.get(key=draft.key)


@transaction.atomic
def enqueue_all(drafts: Iterable[Draft]) -> int:
    """Write many mails, skipping keys that exist; returns how many are new.

    All or nothing: one broken address refuses the whole lot.
    """
    before = Mail.objects.order_by().values_list("pk", flat=True)
    new = 0
    rows = (_row(draft) for draft in drafts)
    for chunk in _chunks(rows):
        keys = {row.key for row in chunk}
        known = set(before.filter(key__in=keys).values_list("key", flat=True))
        Mail.objects.bulk_create(chunk, ignore_conflicts=True)
        new += len(keys - known)
    if new:
        ring_on_commit()
    return new


def hold(*, campaign: str) -> int:
    """Stop a campaign: what has not been handed to the server yet waits; returns how many."""
    return _waiting().filter(campaign=campaign).update(state=State.HELD, **UNCLAIMED)


@transaction.atomic
def release(*, campaign: str) -> int:
    """Let a stopped campaign go on; returns how many mails wait again."""
    held = Mail.objects.filter(campaign=campaign, state=State.HELD)
    count = held.update(state=State.QUEUED)
    if count:
        ring_on_commit()
    return count


def cancel_about(thing: models.Model, *, kinds: Iterable[str] | None = None) -> int:
    """Take back every mail about ``thing`` that has not been handed over; returns how many."""
    mails = (_waiting() | Mail.objects.filter(state=State.HELD)).about(thing)
    if kinds is not None:
        mails = mails.filter(kind__in=list(kinds))
    return mails.update(state=State.CANCELLED, reason="withdrawn", **UNCLAIMED)


RETRYABLE = frozenset({State.FAILED, State.UNCERTAIN, State.CANCELLED})


@transaction.atomic
def retry(*, mail: Mail, by: Any) -> Mail:
    """Queue a failed, uncertain or cancelled mail again; a queued one is returned as it is.

    Refuses with code ``not_retryable`` (sent, stale, being sent, stopped) or ``erased``.
    """
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.state == State.QUEUED:
        return mail
    if mail.state not in RETRYABLE:
        raise ValidationError(_("This mail cannot be sent again."), code="not_retryable")
    if mail.erased_at:
        raise ValidationError(
            _("The text of this mail has been erased; it cannot be sent again."), code="erased"
        )
    mail.may_be_duplicate |= mail.state == State.UNCERTAIN
    mail.state, mail.reason, mail.server_answer = State.QUEUED, "", ""
    mail.attempts = mail.crashes = 0
    mail.next_attempt_at, mail.handed_over_at = timezone.now(), None
    mail.save()
    record("mailing.retried", mail, by=by)
    ring_on_commit()
    return mail


def block(email: str, reason: str, detail: str = "") -> BlockedAddress:
    """Block an address; the owner's own wish is never replaced by a bounce."""
    found, created = BlockedAddress.objects.get_or_create(
        email=fold(email), defaults={"reason": reason, "detail": detail[:250]}
    )
    if not created and found.reason != BlockedAddress.Reason.OPTED_OUT:
        found.reason, found.detail, found.since = reason, detail[:250], timezone.now()
        found.save()
    return found


def unblock(email: str) -> None:
    """Lift the block of an address, whatever its reason."""
    BlockedAddress.objects.filter(email=fold(email)).delete()


def blocked(emails: Iterable[str]) -> dict[str, str]:
    """The blocked ones among ``emails``, as they were spelt, with the reason."""
    spellings = list(emails)
    reasons: dict[str, str] = {}
    for chunk in _chunks({fold(email) for email in spellings}):
        rows = BlockedAddress.objects.filter(email__in=chunk)
        reasons.update(rows.values_list("email", "reason"))
    return {email: reasons[fold(email)] for email in spellings if fold(email) in reasons}


def fold(email: str) -> str:
    """How addresses are compared: without surrounding blanks, in lower case."""
    return email.strip().lower()


def _waiting() -> Any:
    """Mails not yet handed to the server; a claimed one is lost to its worker's fence."""
    unsent = models.Q(state=State.CLAIMED, handed_over_at=None)
    return Mail.objects.filter(models.Q(state=State.QUEUED) | unsent)


def _row(draft: Draft) -> Mail:
    kind_of(draft.kind)
    _check_address(draft.to)
    if draft.reply_to:
        _check_address(draft.reply_to)
    return Mail(
        key=draft.key,
        kind=draft.kind,
        about=draft.about,
        campaign=draft.campaign,
        priority=draft.priority,
        to=draft.to,
        reply_to=draft.reply_to,
        language=draft.language,
        subject=one_line(draft.subject)[:250],
        text=_clean(draft.text),
        html=_clean(draft.html),
        calendar=_clean(draft.calendar),
        calendar_method=draft.calendar_method,
        message_id=_message_id(),
        next_attempt_at=draft.not_before or timezone.now(),
        not_after=draft.not_after,
    )


def _check_address(address: str) -> None:
    """Django's pattern ignores case and so takes some letters (ſ, the Kelvin sign) for ASCII."""
    mailbox = address.rpartition("@")[0]
    if len(address.splitlines()) != 1 or address != address.strip() or not mailbox.isascii():
        raise ValidationError(_("This is not one e-mail address."), code="email")
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(error.message, code="email") from error


def one_line(text: str) -> str:
    """``text`` on one line: every kind of line break and control character is a space."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _message_id() -> str:
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    walk = iter(rows)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
