"""What the revealed rounds of a partnership say; nothing here reads an open one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from sdg.models import Goal, Topic

from ..models import (
    City,
    FocusGoal,
    FocusTopic,
    Partnership,
    TopicChoice,
    TopicRanking,
    TopicRound,
)
from . import agreement


@dataclass(frozen=True)
class FocusLine:
    """A topic all cities chose, with the place each gave it."""

    topic: Topic
    places: tuple[tuple[City, int], ...]

    @property
    def explanation(self) -> str:
        return ", ".join(
            _("%(city)s: place %(rank)s") % {"city": city.name, "rank": rank}
            for city, rank in self.places
        )


@dataclass(frozen=True)
class Nearby:
    """Two topics of different cities that serve the same goals."""

    topic: Topic
    city: City
    other_topic: Topic
    other_city: City
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Result:
    """A revealed round."""

    round: TopicRound
    focus: list[FocusLine]
    interests: list[tuple[Topic, list[City]]]
    nearest: list[Nearby]
    goals: list[FocusGoal]


@dataclass(frozen=True)
class Focus:
    """What holds now: the agreed focus, if there is one, and the interests of the last round."""

    agreed: Result | None
    latest: Result
    history: list[Result]

    @property
    def agreed_topics(self) -> list[Topic]:
        return [line.topic for line in self.agreed.focus] if self.agreed else []

    @property
    def interests(self) -> list[tuple[Topic, list[City]]]:
        """Of one side only; what the cities agreed earlier and still holds is none."""
        agreed = self.agreed_topics
        return [pair for pair in self.latest.interests if pair[0] not in agreed]


def focus_of(partnership: Partnership) -> Focus | None:
    """What the cities agreed; ``None`` before the first result. Eight queries at most."""
    rounds = (
        partnership.topic_rounds.revealed()
        .select_related("opened_for")
        .prefetch_related(
            Prefetch("focus", FocusTopic.objects.order_by("order")),
            Prefetch("goals", FocusGoal.objects.select_related("goal").order_by("goal")),
            Prefetch(
                "rankings",
                TopicRanking.objects.select_related("party__city").order_by(
                    "party__order", "party"
                ),
            ),
            Prefetch(
                "rankings__choices",
                TopicChoice.objects.select_related("topic").order_by("rank"),
            ),
            "rankings__choices__topic__goals",
        )
    )
    history = [_result(round) for round in rounds]
    if not history:
        return None
    agreed = next((one for one in history if one.focus), None)
    return Focus(agreed, history[0], history)


def _result(round: TopicRound) -> Result:
    rankings: list[TopicRanking] = list(round.rankings.all())
    cities = {ranking.pk: ranking.party.city for ranking in rankings}
    topics = {one.topic_id: one.topic for ranking in rankings for one in ranking.choices.all()}
    chosen = {
        ranking.pk: [choice.topic_id for choice in ranking.choices.all()] for ranking in rankings
    }
    focus = [
        FocusLine(
            topics[link.topic_id],
            tuple((cities[pk], ranked.index(link.topic_id) + 1) for pk, ranked in chosen.items()),
        )
        for link in round.focus.all()
    ]
    return Result(
        round=round,
        focus=focus,
        interests=[
            (topics[topic], [cities[pk] for pk in whose])
            for topic, whose in agreement.interests(chosen).items()
        ],
        nearest=[] if focus else _nearest(chosen, topics, cities),
        goals=list(round.goals.all()),
    )


def _nearest(
    chosen: dict[int, list[int]], topics: dict[int, Topic], cities: dict[int, City]
) -> list[Nearby]:
    goals = {pk: {goal.pk: goal for goal in topic.goals.all()} for pk, topic in topics.items()}
    return [
        Nearby(
            topics[near.topic],
            cities[near.city],
            topics[near.other_topic],
            cities[near.other_city],
            tuple(goals[near.topic][number] for number in near.goals),
        )
        for near in agreement.nearest(chosen, {pk: set(found) for pk, found in goals.items()})
    ]


def names(cities: Iterable[Any]) -> str:
    """“Hamm and Wolfsburg”, in the reader's language."""
    *first, last = [city.name for city in cities]
    if not first:
        return str(last)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
