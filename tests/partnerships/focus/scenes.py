"""Cities that choose topics together, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from partnerships.focus.operations import save_ranking, submit_ranking
from partnerships.models import City, Partnership, TopicRanking, TopicRound
from sdg.models import Topic
from tests.factories import (
    make_city,
    make_international_office,
    make_membership,
    make_partner_city,
    make_partnership,
    make_topic,
    make_user,
)


@dataclass
class Scene:
    """A partnership with an editor in every city."""

    partnership: Partnership
    cities: list[City]
    editors: list[User] = field(default_factory=list)

    def number(self) -> int:
        """The round a person sees: the open one, or the coming one."""
        last = self.partnership.topic_rounds.order_by("-number").first()
        if last is None:
            return 1
        return last.number

    def version(self, city: int) -> int:
        found = TopicRanking.objects.filter(
            round__number=self.number(), party__city=self.cities[city]
        ).first()
        return found.version if found else 1

    def submit(self, city: int, *topics: Topic) -> TopicRound:
        return submit_ranking(**self.arguments(city, topics))

    def save(self, city: int, *topics: Topic) -> TopicRanking:
        return save_ranking(**self.arguments(city, topics))

    def arguments(self, city: int, topics: Sequence[Topic]) -> dict[str, object]:
        return {
            "partnership": self.partnership,
            "city": self.cities[city],
            "number": self.number(),
            "topics": [topic.pk for topic in topics],
            "seen_version": self.version(city),
            "by": self.editors[city],
        }

    def address(self, city: int, page: str = "") -> str:
        office = self.cities[city].slug
        return f"/office/{office}/partnerships/{self.partnership.slug}/topics/{page}"


def make_scene(*names: str, **extra: object) -> Scene:
    """Two cities, Darmstadt and San Antonio, or those that are named; each office has a mailbox."""
    first, *others = names or ("Darmstadt", "San Antonio")
    cities = [make_city(first), *(make_partner_city(name) for name in others)]
    partnership = make_partnership(*cities, **{"state": "active", **extra})
    scene = Scene(partnership, cities)
    for city in cities:
        user = make_user(f"editor@{city.slug}.example")
        make_membership(user, city, "editor")
        scene.editors.append(user)
        language = "de" if city.country == "DE" else "en"
        make_international_office(city, email=f"office@{city.slug}.example", language=language)
    return scene


def topics() -> tuple[Topic, Topic, Topic, Topic]:
    """Sponge city, rivers (near it by two goals), youth and heat."""
    return (
        make_topic("Schwammstadt", name_en="Sponge city", goals=(6, 11, 13)),
        make_topic("Gewässer", name_en="Rivers", goals=(6, 13)),
        make_topic("Jugendbeteiligung", name_en="Youth participation", goals=(4, 16)),
        make_topic("Hitzevorsorge", name_en="Heat", goals=(3, 11)),
    )
