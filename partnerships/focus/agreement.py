"""What follows from the cities' rankings: pure functions over primary keys.

A ranking is a list of topics, the most important first; rankings are given by city.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Rankings = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Near:
    """Two topics of different cities that serve the same goals."""

    city: int
    topic: int
    other_city: int
    other_topic: int
    goals: tuple[int, ...]


def focus(rankings: Rankings) -> list[int]:
    """Topics that every city chose, in their common order.

    The smallest sum of places comes first; of equal sums, the topic whose worst place is better,
    then the one that the first city put higher.
    """
    lists = list(rankings.values())
    if not lists:
        return []
    common = set(lists[0]).intersection(*lists[1:])
    places = {topic: [ranked.index(topic) for ranked in lists] for topic in common}
    return sorted(common, key=lambda topic: (sum(places[topic]), max(places[topic]), places[topic]))


def interests(rankings: Rankings) -> dict[int, list[int]]:
    """Topics that not every city chose, each with the cities that did; the highest placed first."""
    chosen: dict[int, list[int]] = {}
    for city, topics in rankings.items():
        for topic in topics:
            chosen.setdefault(topic, []).append(city)
    best = {
        topic: min(rankings[city].index(topic) for city in cities)
        for topic, cities in chosen.items()
    }
    one_sided = [topic for topic, cities in chosen.items() if len(cities) < len(rankings)]
    return {
        topic: chosen[topic]
        for topic in sorted(one_sided, key=lambda t: (-len(chosen[t]), best[t]))
    }


def nearest(rankings: Rankings, goals: Mapping[int, set[int]], *, most: int = 3) -> list[Near]:
    """Pairs of topics that share goals, the closest first, each topic of a city at most once."""
    pairs = [
        (Near(city, topic, other, twin, tuple(sorted(shared))), place + there)
        for (city, topics), (other, twins) in combinations(rankings.items(), 2)
        for place, topic in enumerate(topics)
        for there, twin in enumerate(twins)
        if topic != twin and (shared := goals.get(topic, set()) & goals.get(twin, set()))
    ]
    pairs.sort(key=lambda pair: (-len(pair[0].goals), pair[1]))
    found: list[Near] = []
    taken: set[tuple[int, int]] = set()
    for near, _places in pairs:
        ends = {(near.city, near.topic), (near.other_city, near.other_topic)}
        if not ends & taken and len(found) < most:
            found.append(near)
            taken |= ends
    return found
