"""What an edit does to the cities' stamps: a city whose piece changed signs once more."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation

from journal.operations import record
from mailing.operations import enqueue_all

from ..actors import Actor
from ..models import Application, ApplicationParty, SignOff
from ..sections import Part
from . import mails
from .parts import content_of, fingerprint_in
from .recipients import mailboxes

_GERMAN = frozenset({"DE", "AT", "CH"})
_LONGEST = SignOff._meta.get_field("cancelled_because").max_length


def part_changed(
    *,
    application: Application,
    part: Part,
    party: ApplicationParty | None,
    what: Any,
    by: Actor,
) -> list[SignOff]:
    """Cancel the stamps an edit has made untrue, and tell those cities; returns the stamps.

    Call it in the edit's transaction, after writing, with the application's row locked.
    ``party`` is the city whose piece it is (``None``: a joint piece, which all cities sign),
    ``what`` a few translatable words on what changed. A city keeps its stamp while what it
    signed is what is stored; a waived one needs no signature, whatever is written.
    """
    standing = SignOff.objects.standing().filter(party__application=application, is_waived=False)
    if party is not None:
        standing = standing.filter(party=party)
    stamps = list(standing.select_related("party__city").order_by("party__order", "pk"))
    if not stamps:
        return []
    content = content_of(application)
    changed = [one for one in stamps if one.fingerprint != fingerprint_in(content, one.party)]
    for stamp in changed:
        stamp.party.application = application
        _cancel(stamp, part, what, by)
    return changed


def _cancel(stamp: SignOff, part: Part, what: Any, by: Actor) -> None:
    party = stamp.party
    stamp.cancelled_at = timezone.now()
    with translation.override(language_of(party)):
        stamp.cancelled_because = str(what)[:_LONGEST]
    stamp.save()
    boxes = [box for box in mailboxes(party) if not box.belongs_to(by)]
    enqueue_all(mails.sign_again(stamp, part, what, box, by) for box in boxes)
    record(
        "exchanges.sign_off_cancelled",
        party.application,
        by=by.user,
        guest=by.is_guest,
        part=part.key,
        city=party.city.slug,
    )


def language_of(party: ApplicationParty) -> str:
    """The language in which the portal notes something for a city."""
    return "de" if party.city.country.code in _GERMAN else "en"
