"""Which card meets which, and why: an offer on one side, a need on the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sdg.models import Topic

from ..models import Card, City, SpokenLanguage
from ..regions import country_name
from .partners import Neighbourhood, neighbourhood

#: Goals that two topics must share to count as related; one alone, mostly 11, says little.
RELATED_GOALS = 2
#: Matches shown for each card.
MOST_MATCHES = 10


@dataclass(frozen=True)
class Match:
    """Two cards that fit. ``reasons`` are sentences, the weightiest first."""

    theirs: Card
    reasons: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class OwnCard:
    """One of our cards with those that fit, the best first."""

    card: Card
    matches: tuple[Match, ...]

    @property
    def best(self) -> tuple[Match, ...]:
        return self.matches[:MOST_MATCHES]


def own_cards(city: City) -> list[OwnCard]:
    """All cards of the city with their matches; seven queries, however many cards there are."""
    own = list(_cards(Card.objects.filter(city=city)).order_by("-kind", "slot"))
    goals = {goal.pk for card in own for goal in card.topic.goals.all()}
    topics = {card.topic_id for card in own}
    fitting = Card.objects.of_others(city).filter(
        Q(topic__in=topics) | Q(topic__in=Topic.objects.filter(goals__in=goals))
    )
    others = list(_cards(fitting))
    around = neighbourhood(city)
    shared = {pk for card in others for pk in around.shared_with(card.city_id)}
    cities = City.objects.in_bulk(shared)
    return [OwnCard(card, _matches(card, others, around, cities)) for card in own]


def _cards(cards: QuerySet[Card]) -> QuerySet[Card]:
    return cards.select_related("city", "topic").prefetch_related("topic__goals")


def _matches(
    own: Card, others: Iterable[Card], around: Neighbourhood, cities: dict[int, City]
) -> tuple[Match, ...]:
    found = [
        _match(own, theirs, topics, around, cities)
        for theirs in others
        if theirs.kind != own.kind and (topics := _about(own.topic, theirs.topic))
    ]
    found.sort(key=lambda match: (-match.weight, match.theirs.city.sort_key, match.theirs.pk))
    return tuple(found)


def _about(own: Topic, theirs: Topic) -> tuple[int, str] | None:
    """How the topics meet, with its weight."""
    if own == theirs:
        return 8, _("Same topic: %(topic)s") % {"topic": own.name}
    shared = sorted({goal.pk for goal in own.goals.all()} & {g.pk for g in theirs.goals.all()})
    if len(shared) < RELATED_GOALS:
        return None
    numbers = ", ".join(str(number) for number in shared)
    return len(shared), _("Related topics: both serve the goals %(numbers)s") % {"numbers": numbers}


def _match(
    own: Card,
    theirs: Card,
    topics: tuple[int, str],
    around: Neighbourhood,
    cities: dict[int, City],
) -> Match:
    weight, about = topics
    reasons = [about]
    spoken = [code for code in own.spoken if code in theirs.spoken]
    if spoken:
        languages = ", ".join(str(SpokenLanguage(code).label) for code in spoken)
        reasons.append(_("Same language: %(languages)s") % {"languages": languages})
        weight += 3
    if theirs.city_id in around.partners:
        reasons.append(_("You are partner cities"))
        weight += 2
    shared = [cities[pk].name for pk in around.shared_with(theirs.city_id) if pk in cities]
    if shared:
        reasons.append(_("Shared partner: %(cities)s") % {"cities": ", ".join(sorted(shared))})
        weight += 2
    if own.city.country == theirs.city.country:
        country = country_name(own.city.country.code)
        reasons.append(_("Same country: %(country)s") % {"country": country})
        weight += 1
    return Match(theirs, tuple(reasons), weight)
