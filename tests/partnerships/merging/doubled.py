"""Doubled entries with something of everything that may hang on them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from events.models import Delegation
from exchanges.models import Trip
from partnerships.merging import operations
from partnerships.merging.planning import Mergeable, plan
from partnerships.models import (
    AgreementFile,
    City,
    CityDomain,
    CityProposal,
    Commitment,
    Confirmation,
    ConfirmationRequest,
    FactConfirmation,
    Handover,
    Merge,
    Organisation,
    Partnership,
    PartnershipTopic,
)
from tests import factories as make
from tests.exchanges.scenes import make_application, make_reviewer
from tests.partnerships.importing.stored import make_import, make_import_row


def merged(kept: Mergeable, other: Mergeable, *, by: User | None = None) -> Merge:
    """Merge ``other`` into ``kept`` as the dry run shows it."""
    kept, other = (type(one).every.get(pk=one.pk) for one in (kept, other))
    seen = plan(kept, other).digest
    return operations.merge(kept=kept, merged=other, seen=seen, by=by or make.make_staff())


def two_cities() -> tuple[City, City]:
    """Wesel, and the same once more by another spelling."""
    return make.make_city("Wesel"), make.make_city("Wesel am Rhein")


def two_partnerships(**values: Any) -> tuple[Partnership, Partnership]:
    """The same two cities linked twice; ``values`` are those of both."""
    home, abroad = make.make_city("Wesel"), make.make_partner_city("Hagerstown")
    return (
        make.make_partnership(home, abroad, slug="wesel-hagerstown", **values),
        make.make_partnership(home, abroad, slug="wesel-hagerstown-2", **values),
    )


def make_merge(*, by: User) -> Merge:
    """Two cities that were merged."""
    return merged(*two_cities(), by=by)


def hang_everything_on(city: City) -> None:
    """A row for each relation to a city."""
    other, user, topic = make.make_partner_city(), make.make_user(), make.make_topic()
    partnership = make.make_partnership(city, other, started_by=city)
    post = make.make_position(city)
    make.make_membership(user, city)
    make.make_card(city, topic=topic)
    make.make_wish(city, make.make_city())
    make.make_wish(make.make_city(), city)
    make.make_wish(make.make_city(), make.make_city(), shared_partner=city)
    make.make_revealed_round(partnership, topic)
    make_import().new_cities.add(city)
    CityDomain.objects.create(city=city, domain="stadt-wesel.example")
    make.make_role_request(make.make_user(), city)
    make.make_office_invitation(city)
    Handover.objects.create(
        city=city,
        leaver=user,
        leaver_email=user.email,
        department="Amt",
        last_day=timezone.localdate(),
    )
    CityProposal.objects.create(
        partnership=partnership, by_city=city, city=city, name="Marfa", country="US"
    )
    AgreementFile.objects.create(
        partnership=partnership, city=city, name="Vertrag.pdf", file="agreements/x.pdf", size=1
    )
    merged(city, make.make_city())
    event = make.make_event(city=city)
    make.make_invitation(event, position=post, city=city)
    _apply(partnership, city, other)


def _apply(partnership: Partnership, city: City, other: City) -> None:
    """An application of the city, and one that goes there, with all that names it."""
    application = make_application(city, other, partnership=partnership, destination=city)
    application.sections.create(key="goals", saved_city=city)
    for origin, destination in ((city, other), (other, city)):
        application.legs.create(origin=origin, destination=destination, means="train")
    today = timezone.localdate()
    Trip.objects.create(
        application=application,
        destination=city,
        **dict.fromkeys(("starts_on", "ends_on", "report_due_on"), today),
    )
    make_reviewer(home_city=city)


def hang_everything_on_partnership(partnership: Partnership) -> None:
    """A row for each relation to a partnership and to its first party."""
    topic, city = make.make_topic(), partnership.parties.first().city
    party = partnership.parties.get(city=city)
    PartnershipTopic.objects.create(partnership=partnership, topic=topic)
    partnership.signatories.add(make.make_office())
    partnership.organisations.add(
        Organisation.objects.create(slug="dst", name_de="DST", name_en="DST", level="network")
    )
    make_import_row(make_import(), partnership=partnership)
    CityProposal.objects.create(partnership=partnership, by_city=city, name="Marfa", country="US")
    AgreementFile.objects.create(
        partnership=partnership, city=city, name="Vertrag.pdf", file="agreements/x.pdf", size=1
    )
    make.make_revealed_round(partnership, topic)
    merged(partnership, make.make_partnership(*[one.city for one in partnership.parties.all()]))
    Delegation.objects.create(event=make.make_event(), partnership=partnership)
    question = ConfirmationRequest.objects.create(
        party=party, round=1, purpose="confirm", email="amt@stadt.example", language="de"
    )
    Confirmation.objects.create(party=party, request=question, outcome="right")
    FactConfirmation.objects.create(party=party, fact="year", value=2000)
    Commitment.objects.create(partnership=partnership, party=party, text="Zwei Pläne schicken")
    make_application(partnership=partnership)


#: Rises whenever a row moves; all else goes back to what it was.
NOT_COMPARED = {"version", "changed_at"}


def everything(*besides: type[Model]) -> dict[str, list[dict[str, Any]]]:
    """Every row of the registry, of events and exchanges, but for versions."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in {"partnerships", "events", "exchanges"} or model in besides:
            continue
        names = [one.attname for one in model._meta.concrete_fields]
        kept = [name for name in names if name not in NOT_COMPARED]
        found[model._meta.label] = list(model._base_manager.order_by("pk").values(*kept))
    return found
