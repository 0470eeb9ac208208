"""A city stands by a partnership and asks the other cities to confirm it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from ...models import HOME_COUNTRY, City, Confirmation, Partnership, Party
from ...operations import refresh
from ...registry import free_slug
from ..cities import same_cities
from ..contacts import Contact
from ..facts import Value, write
from ..steps import (
    SHARED,
    Purpose,
    State,
    ask,
    end_requests,
    locked,
    may_be_taken_back,
    parties_of,
    settle_state,
    state_own_facts,
)

#: Contacts by the primary key of the city they speak for.
Contacts = dict[int, Contact]


@transaction.atomic
def propose(
    *,
    partnership: Partnership,
    city: City,
    values: dict[str, Value],
    contacts: Contacts,
    office: str,
    by: User,
) -> Partnership:
    """Register a draft: this city stands by it, the others are asked.

    Codes: ``cities`` (a German city and one abroad are needed), ``exists`` (there is one of
    exactly these cities, in ``params``), ``proposed_city`` (staff have not decided), ``contact``.
    """
    partnership = locked(partnership, State.DRAFT)
    parties = parties_of(partnership)
    _check_cities(partnership, parties)
    write(partnership, values)
    partnership.slug = _slug(partnership, parties)
    partnership.state = State.AWAITING_PARTNER
    partnership.save()
    refresh(partnership)
    _stand_by(partnership, parties, city, office=office, contacts=contacts, by=by)
    record("partnerships.proposed", partnership, by=by, city=city.pk)
    return partnership


@transaction.atomic
def claim(
    *,
    partnership: Partnership,
    city: City,
    values: dict[str, Value],
    contacts: Contacts,
    office: str,
    by: User,
) -> Partnership:
    """“This is ours”: the city checks a listed partnership and asks the others.

    Nobody had confirmed it before, so the values count at once. Codes: ``state``, ``contact``.
    """
    partnership = locked(partnership, State.LISTED)
    changed = write(partnership, values)
    partnership.state, partnership.started_by = State.AWAITING_PARTNER, city
    partnership.save(update_fields=["state", "started_by"])
    refresh(partnership)
    parties = parties_of(partnership)
    _stand_by(partnership, parties, city, office=office, contacts=contacts, by=by)
    record("partnerships.claimed", partnership, by=by, city=city.pk, facts=changed)
    return partnership


@transaction.atomic
def ask_again(*, party: Party, contact: Contact, by: User) -> None:
    """Send a new link to another address or post; links sent before end. Code ``confirmed``."""
    partnership = locked(party.partnership, *SHARED)
    party = partnership.parties.select_related("city").get(pk=party.pk)
    if party.confirmed_at and partnership.state in {State.ACTIVE, State.AWAITING_PARTNER}:
        raise ValidationError(_("This city has confirmed already."), code="confirmed")
    waiting_for = party.requests.order_by("-round").first()
    purpose = Purpose(waiting_for.purpose) if waiting_for else Purpose.CONFIRM
    ask(party, contact, purpose, by=by)
    record("partnerships.asked_again", partnership, by=by, city=party.city_id)


@transaction.atomic
def take_back(*, partnership: Partnership, by: User) -> Partnership:
    """The registering city asks nobody any more; code ``confirmed`` once another confirmed.

    Where one of them declined it is possible all the same, as nothing can come of the question.
    What it registered is a draft again, which no link shows; what it claimed is listed again.
    """
    partnership = locked(partnership, State.AWAITING_PARTNER)
    parties = parties_of(partnership)
    others = [party for party in parties if party.city_id != partnership.started_by_id]
    if not may_be_taken_back(others):
        raise ValidationError(_("Another city has confirmed already."), code="confirmed")
    end_requests(parties, also_answered=True)
    for party in parties:
        party.facts.all().delete()
    Party.objects.filter(partnership=partnership).update(
        confirmed_at=None, confirmed_office="", declined_at=None
    )
    partnership.state = State.LISTED if partnership.in_directory else State.DRAFT
    partnership.save(update_fields=["state"])
    record("partnerships.taken_back", partnership, by=by)
    return partnership


def _check_cities(partnership: Partnership, parties: list[Party]) -> None:
    if partnership.proposed_cities.open().exists():
        raise ValidationError(
            _("The staff have not yet decided about the city you proposed. You will get a mail."),
            code="proposed_city",
        )
    is_home = {party.city.country.code == HOME_COUNTRY for party in parties}
    if is_home != {True, False}:
        raise ValidationError(
            _("A partnership needs a German city and a city abroad."), code="cities"
        )
    if found := same_cities(partnership):
        raise ValidationError(
            _("These cities have a partnership in the directory already: %(title)s."),
            code="exists",
            params={"title": found.title, "partnership": found},
        )


def _stand_by(
    partnership: Partnership,
    parties: list[Party],
    city: City,
    *,
    office: str,
    contacts: Contacts,
    by: User,
) -> None:
    """The city confirms what it registered, and all others are asked."""
    at = timezone.now()
    own = next(party for party in parties if party.city_id == city.pk)
    others = [party for party in parties if party != own]
    if missing := [party.city.name for party in others if party.city_id not in contacts]:
        raise ValidationError(
            _("Please say whom to ask in %(cities)s."),
            code="contact",
            params={"cities": ", ".join(missing)},
        )
    own.confirmed_at, own.confirmed_office = at, office
    own.save(update_fields=["confirmed_at", "confirmed_office"])
    Confirmation.objects.create(
        party=own, outcome=Confirmation.Outcome.RIGHT, at=at, by=by, office=office
    )
    state_own_facts(own, partnership, at)
    for party in others:
        ask(party, contacts[party.city_id], Purpose.CONFIRM, by=by)
    settle_state(partnership, at)


def _slug(partnership: Partnership, parties: list[Party]) -> str:
    wanted = "-".join(party.city.slug for party in parties)[:115].strip("-")
    taken = Partnership.every.filter(slug__startswith=wanted).exclude(pk=partnership.pk)
    return free_slug(wanted, set(taken.values_list("slug", flat=True)))
