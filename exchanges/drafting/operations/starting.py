"""Starting an application from a call, and throwing a draft away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from journal.operations import record
from partnerships.models import City, Partnership
from privacy import ledger

from ...actors import Actor
from ...locking import locked
from ...models import Application, ApplicationParty, Call, Traveller, WorkLink
from ...policies import Action
from ..choosing import draft_of, may_start, next_ref, startable
from ..self_check import from_self_check

#: References tried when another call's application took one at the same moment.
ATTEMPTS = 20


@transaction.atomic
def start(
    *,
    call: Call,
    partnership: Partnership,
    city: City,
    self_check: dict[str, Any],
    by: User,
    at: dt.datetime | None = None,
) -> Application:
    """Start a draft of all the partnership's cities, which ``city`` leads and will submit.

    Returns the draft there is for this call and partnership instead of a twin.
    Raises ``ValidationError``: ``closed``, ``country``, ``partnership``.
    """
    at = at or timezone.now()
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not call.is_open(at):
        raise ValidationError(_("This call is not open."), code="closed")
    if not may_start(call, city):
        raise ValidationError(_("Cities of your country cannot submit here."), code="country")
    if partnership not in startable(city):
        raise ValidationError(_("Please choose one of your partnerships."), code="partnership")
    draft = draft_of(call, partnership)
    if draft is not None:
        return draft
    application = _create(call, partnership, self_check, at)
    _add_cities(application, city)
    _prefill(application, by)
    record("exchanges.started", application, by=by, call=call.slug)
    return application


@transaction.atomic
def discard(*, application: Application, by: Actor) -> None:
    """Delete a draft with all that was written and all its links.

    Raises ``ValidationError``: ``not_yours``, ``not_now``; gone already is as good.
    """
    try:
        application = locked(application)
    except ValidationError:
        return
    by.check(Action.DISCARD, application)
    links = WorkLink.objects.open(timezone.now()).filter(party__application=application)
    ledger.note_all(
        "exchanges.link_ended",
        [{"id": public_id} for public_id in links.values_list("public_id", flat=True)],
    )
    record("exchanges.discarded", application.partnership, by=by.user, ref=application.ref)
    application.delete()


def _create(
    call: Call, partnership: Partnership, self_check: dict[str, Any], at: dt.datetime
) -> Application:
    """The row with the year's next free reference."""
    known = from_self_check(self_check)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Application.objects.create(
                    ref=next_ref(timezone.localdate(at, call.zone).year),
                    call=call,
                    partnership=partnership,
                    format=known["format"],
                    self_check=self_check,
                    created_at=at,
                )
        except IntegrityError:
            continue
    raise ValidationError(_("Too many people start at once. Please try again."), code="busy")


def _add_cities(application: Application, lead: City) -> None:
    parties = application.partnership.parties.select_related("city")
    others = [party.city for party in parties if party.city_id != lead.pk]
    ApplicationParty.objects.bulk_create(
        ApplicationParty(application=application, city=city, is_lead=order == 0, order=order)
        for order, city in enumerate([lead, *others])
    )


def _prefill(application: Application, by: User) -> None:
    """A youth delegate who was announced in the self-check is the first traveller."""
    if not from_self_check(application.self_check)["youth"]:
        return
    with translation.override(by.language):
        function = _("Youth delegate")
    lead = application.parties.get(is_lead=True)
    Traveller.objects.create(application=application, party=lead, function=function, is_youth=True)
