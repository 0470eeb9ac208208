"""Agreed topics, cards and a wish to talk, made by the operations that offices use."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from accounts.models import User
from partnerships.cards.operations import add_card, wish_contact
from partnerships.focus.operations import choose_goals, submit_ranking
from partnerships.models import Card, City, Partnership, Party, Position, TopicRound
from partnerships.operations import refresh
from sdg.models import Topic

CARDS = tomllib.loads(Path(__file__).with_name("agreements.toml").read_text(encoding="utf-8"))
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
    for values in CARDS["cards"]:
        city = _city(values["city"])
        topic = Topic.objects.get(slug=values["topic"])
        position = Position.objects.filter(city=city, department__isnull=False).first()
        texts = {name: values[name] for name in ("kind", "text", "language", "spoken")}
        card = Card(city=city, topic=topic, position=position, is_demo=True, **texts)
        add_card(card=card, by=by)


def share_a_partner(*, by: User) -> None:
    """Hamm and Wolfsburg both work with Chattanooga; Wolfsburg would like to talk about it."""
    hamm, wolfsburg, shared = _city("Hamm"), _city("Wolfsburg"), _city("Chattanooga")
    if not Partnership.objects.filter(parties__city=hamm).filter(parties__city=shared).exists():
        _link(hamm, shared)
    wish = wish_contact(
        asking=wolfsburg,
        asked=hamm,
        topic=None,
        shared_partner=shared,
        message="Wir planen für den Herbst einen Besuch. Fahren wir zusammen?",
        position=Position.objects.filter(city=wolfsburg, department__isnull=False)[0],
        by=by,
    )
    wish.is_demo = True
    wish.save(update_fields=["is_demo"])


def _city(name: str) -> City:
    return City.objects.filter(name_de=name).order_by("-population")[0]


def _confirmed(*names: str) -> Partnership:
    """Their partnership, which the demo takes as confirmed by both."""
    found = Partnership.objects.all()
    for name in names:
        found = found.filter(parties__city=_city(name))
    partnership = found.get()
    if partnership.state == State.LISTED:
        partnership.state = State.ACTIVE
        partnership.save(update_fields=["state"])
    return partnership


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
    partnership = Partnership.objects.create(
        slug=f"{city.slug}-{partner.slug}",
        kind=Partnership.Kind.PROJECT,
        source="rundblick-hamm.de",
    )
    for order, one in enumerate((city, partner)):
        Party.objects.create(partnership=partnership, city=one, order=order)
    refresh(partnership)
