"""Signing for a city, and doing without."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import enqueue_all, one_line

from ...actors import Actor
from ...locking import locked
from ...models import Application, ApplicationParty, SignOff
from ...policies import Action
from ...sections import parties_of
from .. import mails
from ..parts import Content, content_of, fingerprint_in
from ..recipients import all_mailboxes
from ..rules import needs_sign_off


@transaction.atomic
def sign(
    *,
    application: Application,
    party: ApplicationParty,
    name: str,
    office: str,
    seen: str,
    by: Actor,
) -> SignOff:
    """Put a city's stamp on what it signs; one that holds is returned as it is.

    ``seen`` is the fingerprint of what the page showed. Raises ``ValidationError``: ``gone``,
    ``not_yours`` (another city's, too), ``not_now``, and ``changed`` when somebody edited what
    the city signs while it was being read.
    """
    application = locked(application)
    by.check(Action.SIGN, application)
    if by.party is None or by.party.pk != party.pk:
        raise ValidationError(_("You can only sign for your own city."), code="not_yours")
    content = content_of(application)
    now = fingerprint_in(content, party)
    standing = party.sign_offs.standing().first()
    if standing and not standing.is_waived and standing.fingerprint == now:
        return standing
    if now != seen:
        raise _changed()
    if standing:
        _replace(standing)
    stamp = SignOff.objects.create(
        party=party,
        name=one_line(name),
        office=one_line(office),
        fingerprint=now,
        by=by.user,
        link=by.link,
    )
    record("exchanges.signed", application, by=by.user, guest=by.is_guest, city=party.city.slug)
    _tell_when_all_have_signed(application, content, stamp, by)
    return stamp


@transaction.atomic
def waive(*, application: Application, party: ApplicationParty, reason: str, by: Actor) -> SignOff:
    """Do without a city's sign-off, for a reason that all cities are told.

    A stamp that holds is returned as it is. Raises ``ValidationError``: ``gone``, ``not_yours``,
    ``not_now``, or ``reason`` for none.
    """
    application = locked(application)
    by.check(Action.WAIVE, application)
    reason = one_line(reason)
    if not reason:
        raise ValidationError(_("Please give a reason."), code="reason")
    content = content_of(application)
    now = fingerprint_in(content, party)
    standing = party.sign_offs.standing().first()
    if standing and (standing.is_waived or standing.fingerprint == now):
        return standing
    if standing:
        _replace(standing)
    stamp = SignOff.objects.create(
        party=party, fingerprint=now, by=by.user, is_waived=True, reason=reason
    )
    record("exchanges.sign_off_waived", application, by=by.user, city=party.city.slug)
    parties = parties_of(application)
    enqueue_all(mails.waived(stamp, party, box) for party, box in all_mailboxes(parties))
    return stamp


def _changed() -> ValidationError:
    return ValidationError(
        _(
            "Somebody changed the application while you were reading it. Please look at it once "
            "more, then sign."
        ),
        code="changed",
    )


def _replace(stamp: SignOff) -> None:
    """A waiver, or a stamp on something else, gives way to a new stamp."""
    stamp.cancelled_at = timezone.now()
    stamp.save()


def _tell_when_all_have_signed(
    application: Application, content: Content, stamp: SignOff, by: Actor
) -> None:
    """The submitting city learns that nothing but handing in is left."""
    parties = parties_of(application)
    wanted = [party for party in parties if needs_sign_off(application, party)]
    signed = set(
        SignOff.objects.standing().filter(party__in=wanted).values_list("party", flat=True)
    )
    if signed != {party.pk for party in wanted}:
        return
    lead = [party for party in parties if party.is_lead]
    enqueue_all(mails.all_signed(stamp, party, box) for party, box in all_mailboxes(lead, but=by))
