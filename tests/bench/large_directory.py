"""A directory of fifty thousand partnerships between the cities of the reference data."""

from __future__ import annotations

import random
from collections.abc import Iterator

from partnerships import derived
from partnerships.models import HOME_COUNTRY, City, Partnership, PartnershipTopic, Party
from sdg.models import Topic

BATCH = 5_000


def grow(number: int) -> None:
    """Two or three cities and one to three topics each, the same on every run."""
    chance = random.Random(2030)
    cities = list(City.objects.order_by("pk"))
    home = [city for city in cities if city.country.code == HOME_COUNTRY]
    away = [city for city in cities if city.country.code != HOME_COUNTRY]
    topics = list(Topic.objects.order_by("pk"))
    for first in range(0, number, BATCH):
        drawn = [
            (
                [chance.choice(home), *chance.sample(away, 2 if chance.random() < 0.3 else 1)],
                chance.sample(topics, chance.choice((1, 1, 2, 3))),
            )
            for _ in range(min(BATCH, number - first))
        ]
        _enter(first, drawn, chance)


def _enter(first: int, drawn: list[tuple[list[City], list[Topic]]], chance: random.Random) -> None:
    made = Partnership.objects.bulk_create(
        [
            Partnership(
                slug=f"bench-{first + step}",
                kind=chance.choice(Partnership.Kind.values),
                state=chance.choice(("listed", "listed", "active")),
                year_established=chance.choice((None, *range(1950, 2026))),
                source="Figures",
                **derived.of_cities(cities),
                **derived.of_topics(topic.pk for topic in topics),
            )
            for step, (cities, topics) in enumerate(drawn)
        ],
        batch_size=1_000,
    )
    Party.objects.bulk_create(_parties(made, drawn), batch_size=2_000)
    PartnershipTopic.objects.bulk_create(_links(made, drawn), batch_size=2_000)


def _parties(
    made: list[Partnership], drawn: list[tuple[list[City], list[Topic]]]
) -> Iterator[Party]:
    for partnership, (cities, _) in zip(made, drawn, strict=True):
        for order, city in enumerate(cities):
            yield Party(partnership=partnership, city=city, order=order)


def _links(
    made: list[Partnership], drawn: list[tuple[list[City], list[Topic]]]
) -> Iterator[PartnershipTopic]:
    for partnership, (_, topics) in zip(made, drawn, strict=True):
        for topic in topics:
            yield PartnershipTopic(partnership=partnership, topic=topic)
