"""The link by which a partner city works without an account: sending, reminding, ending."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue
from privacy import ledger

from ...actors import Actor
from ...locking import locked
from ...models import ApplicationParty, WorkLink
from ...policies import Action
from .. import mails
from ..contacts import Contact, belongs_to, is_own

#: How long after a mail the next one may follow.
PAUSE = dt.timedelta(days=1)
#: Open links of one city.
MOST_LINKS = 10


@transaction.atomic
def send_link(
    *,
    party: ApplicationParty,
    contact: Contact,
    may_sign: bool,
    by: Actor,
    at: dt.datetime | None = None,
) -> WorkLink:
    """Mail a partner city a link of its own; an earlier one to the same address ends.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``own_city`` (the leading city needs
    none), ``own_address``, ``too_soon``, ``full``, and ``unknown_address`` where a signature was
    asked of an address nobody knows as the city's.
    """
    at = at or timezone.now()
    application = locked(party.application)
    by.check(Action.SEND_LINK, application)
    _check(party, contact, may_sign, by)
    links = WorkLink.objects.filter(party=party)
    for former in links.open(at).filter(email__iexact=contact.email):
        _wait(former, at)
        _end(former, at)
    if links.open(at).count() >= MOST_LINKS:
        raise ValidationError(_("Please end one of the city's links first."), code="full")
    link = _create(party, contact, may_sign, by.user, at)
    record("exchanges.link_sent", application, by=by.user, guest=by.is_guest, link=link.pk)
    enqueue(mails.link(link))
    return link


@transaction.atomic
def remind_link(*, link: WorkLink, by: Actor, at: dt.datetime | None = None) -> WorkLink:
    """Mail the same link again, at most once a day.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``ended``, ``too_soon``.
    """
    at = at or timezone.now()
    application = locked(link.party.application)
    by.check(Action.SEND_LINK, application)
    link = WorkLink.objects.select_related("party__city").get(pk=link.pk)
    link.party.application = application
    if not WorkLink.objects.open(at).filter(pk=link.pk).exists():
        raise ValidationError(_("This link has ended."), code="ended")
    _wait(link, at)
    link.reminded_at = at
    link.save(update_fields=["reminded_at"])
    record("exchanges.link_reminded", application, by=by.user, guest=by.is_guest, link=link.pk)
    enqueue(mails.link(link, reminded_at=at))
    return link


@transaction.atomic
def end_link(*, link: WorkLink, by: Actor, at: dt.datetime | None = None) -> None:
    """The link opens nothing any more, in a restored backup neither.

    Raises ``ValidationError``: ``not_yours``, ``not_now``.
    """
    at = at or timezone.now()
    application = locked(link.party.application)
    by.check(Action.SEND_LINK, application)
    if _end(link, at):
        record("exchanges.link_ended", application, by=by.user, guest=by.is_guest, link=link.pk)


@transaction.atomic
def hand_over_link(
    *, link: WorkLink, to: Contact, by: User, at: dt.datetime | None = None
) -> WorkLink:
    """End the link of somebody who leaves and mail their successor a new one.

    It signs only if the former did and the successor's address is known as the city's.
    """
    at = at or timezone.now()
    party = link.party
    application = locked(party.application)
    _end(link, at)
    may_sign = link.may_sign and belongs_to(party.city, to.email)
    made = _create(party, to, may_sign, by, at)
    record("exchanges.links_handed_over", application, by=by, link=made.pk)
    enqueue(mails.link(made))
    return made


@transaction.atomic
def introduce(*, link: WorkLink, name: str) -> None:
    """Who works by the link says who they are; both cities read it beside what they save."""
    if link.name != name:
        WorkLink.objects.filter(pk=link.pk).update(name=name)
        link.name = name


def _check(party: ApplicationParty, contact: Contact, may_sign: bool, by: Actor) -> None:
    if party.is_lead:
        raise ValidationError(_("Your own city needs no link."), code="own_city")
    if is_own(by.user, by.city, contact.email):
        raise ValidationError(
            _("This address belongs to your own office. Nobody signs for another city."),
            code="own_address",
        )
    if may_sign and not belongs_to(party.city, contact.email):
        raise ValidationError(
            _(
                "We do not know this address as one of %(city)s, so it cannot sign for the city. "
                "Send the link without that right; the programme's staff can help."
            ),
            code="unknown_address",
            params={"city": party.city.name},
        )


def _create(
    party: ApplicationParty, contact: Contact, may_sign: bool, by: User | None, at: dt.datetime
) -> WorkLink:
    return WorkLink.objects.create(
        party=party,
        number=party.links.count() + 1,
        position=contact.position,
        email=contact.email,
        name=contact.name,
        label=contact.label,
        language=contact.language,
        may_sign=may_sign,
        sent_at=at,
        sent_by=by,
    )


def _wait(link: WorkLink, at: dt.datetime) -> None:
    last = max(link.sent_at, link.reminded_at or link.sent_at)
    if at - last < PAUSE:
        raise ValidationError(
            _("This address got a mail within the last day. Please wait until tomorrow."),
            code="too_soon",
        )


def _end(link: WorkLink, at: dt.datetime) -> bool:
    ended = WorkLink.objects.filter(pk=link.pk, ended_at__isnull=True).update(ended_at=at)
    if ended:
        ledger.note("exchanges.link_ended", id=link.public_id)
    return bool(ended)
