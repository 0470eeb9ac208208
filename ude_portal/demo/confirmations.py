"""Partnerships between their cities: confirmed with a difference, waiting, to review, a draft."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import User
from partnerships.confirming import operations
from partnerships.confirming.contacts import Contact
from partnerships.confirming.facts import values_of
from partnerships.models import City, Confirmation, FactConfirmation, Partnership

State, Outcome = Partnership.State, Confirmation.Outcome
#: So long ago San Antonio named another year that the staff's queue shows it.
DAYS_SINCE = 12


def confirm_some() -> None:
    """What offices and mayors do with links, by the same operations."""
    darmstadt = User.objects.get(email="international@darmstadt.example")
    wolfsburg = User.objects.get(email="international@wolfsburg.example")
    _confirmed_with_another_year(darmstadt)
    _claim("Wolfsburg", "Chattanooga", "sistercities@chattanooga.example", by=wolfsburg)
    _answered_by_somebody_unknown(User.objects.get(email="international@hamm.example"))
    draft = operations.start(city=_city("Darmstadt"), by=darmstadt)
    operations.propose_city(
        partnership=draft,
        city=_city("Darmstadt"),
        name="Marfa",
        country="US",
        region="Texas",
        note="Kunststadt mit 1.800 Menschen, Kontakt über das Jazzinstitut.",
        by=darmstadt,
    )


def _confirmed_with_another_year(by: User) -> None:
    shared = _claim("Darmstadt", "San Antonio", "relations@san-antonio.example", by=by)
    if shared is None:
        return
    _answer(
        shared,
        outcome=Outcome.DIFFERS,
        said={"year": {"value": (shared.year_established or 2017) + 1, "comment": ""}},
        name="Martha Delgado-Price",
        office="International Relations Manager",
    )
    since = timezone.now() - dt.timedelta(days=DAYS_SINCE)
    differing = FactConfirmation.objects.filter(party__partnership=shared)
    differing.exclude(differs_since=None).update(differs_since=since)


def _answered_by_somebody_unknown(by: User) -> None:
    shared = _claim("Hamm", "Bradford", "twinning.bradford@mail.example", by=by)
    if shared is not None:
        _answer(
            shared,
            outcome=Outcome.RIGHT,
            said={},
            name="Harriet Longbottom",
            office="Twinning Association, chair",
        )


def _claim(home: str, abroad: str, to: str, *, by: User) -> Partnership | None:
    """The city says “this is ours”; nothing where the public list does not hold the pair."""
    city, other = _city(home), _city(abroad)
    found = (
        Partnership.objects.filter(state=State.LISTED, parties__city=city)
        .filter(parties__city=other)
        .first()
    )
    if found is None:
        return None
    return operations.claim(
        partnership=found,
        city=city,
        values=values_of(found),
        contacts={other.pk: Contact(to, "en")},
        office="Leitung Amt für Internationales",
        by=by,
    )


def _answer(shared: Partnership, **answer: object) -> None:
    asked = shared.parties.get(requests__isnull=False).requests.get()
    operations.confirm(party=asked.party, request=asked, **answer)  # type: ignore[arg-type]


def _city(name: str) -> City:
    return City.objects.filter(name_de=name).order_by("-population")[0]
