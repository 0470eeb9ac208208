"""Topics, cards, commitments and a wish to talk, made by the operations that offices use."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from partnerships.cards.operations import add_card, wish_contact
from partnerships.commitments.operations import close, promise
from partnerships.confirming.days import day_of
from partnerships.focus.operations import choose_goals, submit_ranking
from partnerships.models import Card, City, Commitment, Partnership, Party, Position, TopicRound
from partnerships.operations import refresh
from sdg.models import Topic

TEXTS = tomllib.loads(Path(__file__).with_name("agreements.toml").read_text(encoding="utf-8"))
State = Partnership.State


def agree(*, by: User) -> None:
    """Darmstadt and San Antonio have a focus, Darmstadt and Alkmaar wait for Darmstadt."""
    agreed = _confirmed("Darmstadt", "San Antonio")
    _rank(agreed, "Darmstadt", ["sponge-city", "youth-participation", "energy-transition"], by)
    _rank(
        agreed,
        "San Antonio",
        ["youth-participation", "climate-adaptation", "sponge-city", "culture-remembrance"],
        by,
    )
    choose_goals(
        round=agreed.topic_rounds.with_focus()[0],
        whys={
            6: "Regenwasser bleibt in der Stadt, statt den Kanal zu füllen.",
            16: "Jugendräte beider Städte entscheiden über ein eigenes Budget.",
        },
        language="de",
        seen_version=agreed.topic_rounds.get().version,
        by=by,
    )
    _rank(_confirmed("Darmstadt", "Alkmaar"), "Alkmaar", ["culture-remembrance"], by)


def keep_cards(*, by: User) -> None:
    """Offers and needs of six cities, some of which meet."""
    for values in TEXTS["cards"]:
        city = _city(values["city"])
        topic = Topic.objects.get(slug=values["topic"])
        position = Position.objects.filter(city=city, department__isnull=False).first()
        texts = {name: values[name] for name in ("kind", "text", "language", "spoken")}
        card = Card(city=city, topic=topic, position=position, is_demo=True, **texts)
        add_card(card=card, by=by)


def share_a_partner(*, by: User) -> None:
    """Hamm and Wolfsburg both work with Chattanooga, and together; Wolfsburg asks for more."""
    hamm, wolfsburg, shared = _city("Hamm"), _city("Wolfsburg"), _city("Chattanooga")
    if not Partnership.objects.filter(parties__city=hamm).filter(parties__city=shared).exists():
        _link(hamm, shared)
    _join(hamm, wolfsburg, shared)
    wish = wish_contact(
        asking=wolfsburg,
        asked=hamm,
        topic=None,
        shared_partner=shared,
        message="Nach der gemeinsamen Reise möchten wir unsere Fachämter treffen. Wann passt es?",
        position=Position.objects.filter(city=wolfsburg, department__isnull=False)[0],
        by=by,
    )
    wish.is_demo = True
    wish.save(update_fields=["is_demo"])


def promise_something(*, by: User) -> None:
    """Open, late and done; by cities of a partnership, one of them of three cities."""
    today = timezone.localdate()
    for values in TEXTS["commitments"]:
        partnership = _partnership(*values["cities"])
        city = _city(values["by"])
        made = Commitment(
            partnership=partnership,
            party=partnership.parties.get(city=city),
            position=Position.objects.filter(city=city, department__slug=values["department"])[0],
            topic=Topic.objects.get(slug=values["topic"]),
            text=values["text"],
            made_on=today + dt.timedelta(days=values["made"]),
            due_on=today + dt.timedelta(days=values["due"]),
            is_demo=True,
        )
        promise(commitment=made, by=by)
        if "done" in values:
            made.state, made.note = Commitment.State.DONE, values["done"]
            close(commitment=made, by=by)


def _city(name: str) -> City:
    return City.objects.filter(name_de=name).order_by("-population")[0]


def _confirmed(*names: str) -> Partnership:
    """Their partnership, which the demo takes as confirmed by both."""
    partnership = _partnership(*names)
    if partnership.state == State.LISTED:
        _confirm(partnership)
    return partnership


def _confirm(partnership: Partnership) -> None:
    """As if each city had confirmed it three months ago."""
    at = timezone.now() - dt.timedelta(days=90)
    partnership.state, partnership.confirmed_on = State.ACTIVE, day_of(at)
    partnership.save(update_fields=["state", "confirmed_on"])
    partnership.parties.update(confirmed_at=at, confirmed_office="Amt für Internationales")


def _partnership(*names: str) -> Partnership:
    return of_cities(names).get()


def of_cities(names: Sequence[str]) -> QuerySet[Partnership]:
    """Partnerships of these cities and no others."""
    found = Partnership.objects.alias(size=Count("parties")).filter(size=len(names))
    for name in names:
        found = found.filter(pk__in=Party.objects.filter(city__name_de=name).values("partnership"))
    return found


def _rank(partnership: Partnership, city: str, topics: Sequence[str], by: User) -> None:
    pks = dict(Topic.objects.filter(slug__in=topics).values_list("slug", "pk"))
    submit_ranking(
        partnership=partnership,
        city=_city(city),
        number=1,
        topics=[pks[slug] for slug in topics],
        seen_version=1,
        by=by,
    )
    TopicRound.objects.filter(partnership=partnership, is_demo=False).update(is_demo=True)


def _link(city: City, partner: City) -> None:
    """Both cities applied together with Wolfsburg; the source says so, the list does not."""
    _found(city, partner, source="rundblick-hamm.de")


def _join(*cities: City) -> None:
    """One partnership of three cities, invented, confirmed by each; it has its own applications."""
    _confirm(_found(*cities, source="Demo"))


def _found(*cities: City, **values: str) -> Partnership:
    slug = "-".join(city.slug for city in cities)
    partnership = Partnership.objects.create(slug=slug, kind=Partnership.Kind.PROJECT, **values)
    for order, one in enumerate(cities):
        Party.objects.create(partnership=partnership, city=one, order=order)
    refresh(partnership)
    return partnership
