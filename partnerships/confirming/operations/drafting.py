"""A draft of a partnership: everything may be missing until it is sent to the other cities."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.links import new_public_id

from ...models import HOME_COUNTRY, City, CityProposal, Partnership, Party
from ...operations import refresh
from ..cities import stored
from ..facts import Value, write
from ..steps import State, locked

MOST_CITIES = 6


@transaction.atomic
def start(*, city: City, by: User) -> Partnership:
    """An empty draft that only this city's office sees."""
    slug = f"draft-{new_public_id().lower().replace('_', '-').strip('-')}"
    partnership = Partnership.objects.create(
        slug=slug, state=State.DRAFT, in_directory=False, started_by=city
    )
    Party.objects.create(partnership=partnership, city=city)
    refresh(partnership)
    record("partnerships.draft_started", partnership, by=by)
    return partnership


@transaction.atomic
def add_city(*, partnership: Partnership, city: City, by: User | None) -> Partnership:
    """Add a city to a draft; one from the gazetteer is saved first.

    Codes: ``city_twice``, ``too_many``, ``state``.
    """
    partnership = locked(partnership, State.DRAFT)
    city = stored(city)
    cities = list(partnership.cities.all())
    if city in cities:
        raise ValidationError(_("This city already belongs to the partnership."), code="city_twice")
    if len(cities) >= MOST_CITIES:
        raise ValidationError(
            _("A partnership has at most %(number)s cities here."),
            code="too_many",
            params={"number": MOST_CITIES},
        )
    Party.objects.create(partnership=partnership, city=city, order=len(cities))
    _in_order(partnership)
    record("partnerships.draft_city_added", partnership, by=by, city=city.pk)
    return partnership


@transaction.atomic
def remove_city(*, partnership: Partnership, city: City, by: User) -> Partnership:
    """Take a city out of a draft; the one that registers stays (code ``own_city``)."""
    partnership = locked(partnership, State.DRAFT)
    if city == partnership.started_by:
        raise ValidationError(_("Your own city stays in the partnership."), code="own_city")
    partnership.parties.filter(city=city).delete()
    _in_order(partnership)
    record("partnerships.draft_city_removed", partnership, by=by, city=city.pk)
    return partnership


@transaction.atomic
def propose_city(
    *,
    partnership: Partnership,
    city: City,
    name: str,
    country: str,
    region: str,
    note: str,
    by: User,
) -> CityProposal:
    """A city that is in no list: staff decide, and it joins the draft when they agree.

    ``city`` is the one whose office proposes it.
    """
    partnership = locked(partnership, State.DRAFT)
    proposal, is_new = CityProposal.objects.get_or_create(
        partnership=partnership,
        name=name,
        country=country,
        state=CityProposal.State.OPEN,
        defaults={
            "by_city": city,
            "region": region,
            "note": note,
            "by": by,
        },
    )
    if is_new:
        record("partnerships.city_proposed", partnership, by=by)
    return proposal


@transaction.atomic
def save_draft(*, partnership: Partnership, values: dict[str, Value], by: User) -> Partnership:
    """Keep what is known so far."""
    partnership = locked(partnership, State.DRAFT)
    if changed := write(partnership, values):
        refresh(partnership)
        record("partnerships.draft_saved", partnership, by=by, facts=changed)
    return partnership


@transaction.atomic
def discard_draft(*, partnership: Partnership, by: User) -> None:
    """The draft goes with all that hangs on it."""
    partnership = locked(partnership, State.DRAFT)
    for one in partnership.files.all():
        transaction.on_commit(lambda stored=one.file: stored.delete(save=False))
    record("partnerships.draft_discarded", partnership, by=by)
    partnership.delete()


def _in_order(partnership: Partnership) -> None:
    """German cities first, then by the order in which they were added."""
    parties = list(partnership.parties.select_related("city").order_by("order", "pk"))
    parties.sort(key=lambda party: party.city.country.code != HOME_COUNTRY)
    for order, party in enumerate(parties):
        party.order = order
    Party.objects.bulk_update(parties, ["order"])
    refresh(partnership)
