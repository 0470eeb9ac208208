"""Inviting: rows and mails in one transaction; sending can be stopped and continued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record, record_all
from mailing.models import Mail
from mailing.operations import enqueue, enqueue_all, hold, release

from .. import mails
from ..addresses import fold
from ..models import Delegation, Event, Invitation
from ..recipients import Recipient


@transaction.atomic
def invite(
    *, event: Event, recipients: Sequence[Recipient], by: User, at: dt.datetime | None = None
) -> list[Invitation]:
    """Invite each recipient with one mail; returns their invitations in the same order.

    Whoever is invited already is returned as they are, also when two do it at once. Refuses
    with ``not_published``, ``closed``, ``no_pools`` or ``missing_language``.
    """
    at = at or timezone.now()
    prefetch_related_objects([event], "pools")
    _refuse_unless_open(event)
    _refuse_if_text_is_missing(event, recipients)
    known = _known(event)
    delegations = _delegations(event, recipients)
    new = sorted((one for one in recipients if one.key not in known), key=_insert_order)
    written = [new_invitation(event, recipient, delegations) for recipient in new]
    for invitation in written:
        invitation.created_at = at
    Invitation.objects.bulk_create(written, batch_size=200, ignore_conflicts=True)
    known = _known(event)
    ours = {row.public_id for row in written}
    created = [invitation for invitation in known.values() if invitation.public_id in ours]
    enqueue_all(mails.invitation(invitation) for invitation in created)
    if created:
        record("events.invited", event, by=by, at=at, count=len(created))
        record_all("events.guest_invited", created, by=by, at=at)
    return [known[recipient.key] for recipient in recipients]


@transaction.atomic
def send_test(*, event: Event, recipient: Recipient, by: User) -> Mail:
    """Send what the recipient would get to ``by``, marked as a test; refuses without a text.

    Nobody is invited by it, and its button leads to the event's public page.
    """
    _refuse_if_text_is_missing(event, [recipient])
    mail = enqueue(mails.invitation(new_invitation(event, recipient), test_to=by.email))
    record("events.test_sent", event, by=by)
    return mail


@transaction.atomic
def stop_sending(*, event: Event, by: User) -> int:
    """Hold back the invitations that have not left yet; returns how many."""
    count = hold(campaign=mails.campaign_of(event))
    if count:
        record("events.sending_stopped", event, by=by, count=count)
    return count


@transaction.atomic
def continue_sending(*, event: Event, by: User) -> int:
    """Let held invitations go, in the words the event has now; returns how many."""
    rewrite_waiting(event)
    count = release(campaign=mails.campaign_of(event))
    if count:
        record("events.sending_continued", event, by=by, count=count)
    return count


def rewrite_waiting(event: Event) -> int:
    """Give invitations that wait in the outbox the event's present text and dates."""
    unsent = [Mail.State.QUEUED, Mail.State.HELD]
    waiting = Mail.objects.filter(
        campaign=mails.campaign_of(event), kind=mails.INVITATION, state__in=unsent
    )
    guests = complete(event, event.invitations.filter(pk__in=waiting.values("about_id")))
    drafts = {draft.key: draft for draft in map(mails.invitation, guests)}
    rows = [mail for mail in waiting if mail.key in drafts]
    for mail in rows:
        draft = drafts[mail.key]
        mail.subject, mail.text, mail.html = draft.subject, draft.text, draft.html
        mail.not_after = draft.not_after
    Mail.objects.bulk_update(rows, ["subject", "text", "html", "not_after"], batch_size=100)
    return len(rows)


def new_invitation(
    event: Event, recipient: Recipient, delegations: dict[int, Delegation] | None = None
) -> Invitation:
    """The invitation a recipient would get, not saved: for inviting, tests and previews."""
    partnership = recipient.partnership
    return Invitation(
        event=event,
        delegation=delegations[partnership.pk] if delegations and partnership else None,
        position=recipient.position,
        holder=recipient.holder,
        city=recipient.city,
        name=recipient.name,
        function=recipient.function,
        salutation=recipient.salutation,
        email=recipient.email,
        language=recipient.language,
        time_zone=recipient.time_zone,
        right=recipient.right,
        reason=recipient.why,
        send_count=1,
    )


def complete(event: Event, invitations: Iterable[Invitation]) -> list[Invitation]:
    """The invitations with what their mails need: this event, its pools, their cities."""
    found = list(invitations)
    for invitation in found:
        invitation.event = event
    prefetch_related_objects([event], "pools")
    prefetch_related_objects(found, "city")
    return found


def _insert_order(recipient: Recipient) -> tuple[bool, int, str]:
    """One order for everybody, so that two who invite at once never block each other."""
    position = recipient.position
    return (position is None, position.pk if position else 0, recipient.key)


def _known(event: Event) -> dict[str, Invitation]:
    """All invitations of the event by the key their recipient has."""
    return {
        f"p{one.position_id}" if one.position_id else f"a{fold(one.email)}": one
        for one in complete(event, event.invitations.order_by("pk"))
    }


def _delegations(event: Event, recipients: Sequence[Recipient]) -> dict[int, Delegation]:
    chosen = sorted({recipient.partnership.pk for recipient in recipients if recipient.partnership})
    Delegation.objects.bulk_create(
        [Delegation(event=event, partnership_id=pk) for pk in chosen], ignore_conflicts=True
    )
    return {one.partnership_id: one for one in event.delegations.filter(partnership__in=chosen)}


def _refuse_unless_open(event: Event) -> None:
    if event.state != Event.State.PUBLISHED:
        raise ValidationError(
            _("The event is not published. Please publish it first."), code="not_published"
        )
    if timezone.now() > event.closes_at:
        raise ValidationError(
            _("The deadline for answers has passed, so nobody can be invited."), code="closed"
        )
    if not event.pools.all():
        raise ValidationError(
            _("The event has no seats yet. Please add a seat pool first."), code="no_pools"
        )


def _refuse_if_text_is_missing(event: Event, recipients: Sequence[Recipient]) -> None:
    for code, name in settings.LANGUAGES:
        if not any(recipient.language == code for recipient in recipients):
            continue
        fields = ("invitation_subject", "invitation_text")
        if not all((getattr(event, f"{field}_{code}") or "").strip() for field in fields):
            raise ValidationError(
                _("Subject or text of the invitation is missing in this language: %(language)s"),
                code="missing_language",
                params={"language": name},
            )
