"""Staff decide about a city that an office proposed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue_all

from ...models import City, CityProposal
from .. import mails
from ..cities import stored
from ..contacts import told
from ..steps import State
from .drafting import add_city

Settled = CityProposal.State


@transaction.atomic
def accept_city(*, proposal: CityProposal, city: City, by: User) -> CityProposal:
    """The city, new or found after all, joins the draft; a city without a key is saved first.

    Code ``settled`` when a colleague was faster.
    """
    proposal = _open(proposal)
    if city.pk is None:
        city = stored(city)
        record("partnerships.city_added", city, by=by)
    partnership = proposal.partnership
    is_draft = partnership.state == State.DRAFT
    if is_draft and not partnership.parties.filter(city=city).exists():
        add_city(partnership=partnership, city=city, by=by)
    proposal.city = city
    return _decided(proposal, Settled.ACCEPTED, by, "")


@transaction.atomic
def refuse_city(*, proposal: CityProposal, reason: str, by: User) -> CityProposal:
    """The office hears why. Code ``settled`` when a colleague was faster."""
    return _decided(_open(proposal), Settled.REFUSED, by, reason)


def _open(proposal: CityProposal) -> CityProposal:
    found = CityProposal.objects.select_for_update().get(pk=proposal.pk)
    if found.state != Settled.OPEN:
        raise ValidationError(_("A colleague has settled this already."), code="settled")
    return found


def _decided(proposal: CityProposal, state: str, by: User, reason: str) -> CityProposal:
    proposal.state, proposal.reason = state, reason
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()
    record(f"partnerships.city_{state}", proposal.partnership, by=by)
    enqueue_all(mails.city_decided(proposal, contact) for contact in told(proposal.by_city))
    return proposal
