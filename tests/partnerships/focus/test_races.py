"""Cities that submit at the same time, on both databases, with the negative control."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.utils import timezone

from journal.models import Entry
from mailing.models import Mail
from partnerships.models import FocusTopic, TopicRanking, TopicRound
from tests.events.test_races import at_once

from .scenes import make_scene, topics

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_cities_at_once_reveal_exactly_once() -> None:
    scene = make_scene("Hamm", "Wolfsburg", "Chattanooga")
    sponge, rivers, *_ = topics()
    at_once([lambda city=city: scene.submit(city, sponge, rivers) for city in range(3)])
    assert TopicRound.objects.get().revealed_at is not None
    assert FocusTopic.objects.count() == 2
    assert Entry.objects.filter(verb="partnerships.focus_agreed").count() == 1
    assert Mail.objects.filter(kind="partnerships.topics_revealed").count() == 3


def test_one_list_sent_eight_times_at_once_counts_once() -> None:
    scene = make_scene()
    sponge, *_ = topics()
    at_once([lambda: scene.submit(0, sponge)] * 8)
    assert TopicRanking.objects.filter(submitted_at__isnull=False).count() == 1
    assert Entry.objects.filter(verb="partnerships.topics_submitted").count() == 1


def test_without_the_lock_nobody_reveals() -> None:
    """Negative control: each city writes, looks whether all have written, and sees itself alone."""
    scene = make_scene()
    sponge, *_ = topics()
    scene.save(0, sponge)
    round = TopicRound.objects.get()
    looked = Barrier(2)

    def naive(party: int) -> bool:
        others = round.rankings.exclude(party=party)
        is_last = not others.filter(submitted_at__isnull=True).exists()
        looked.wait(timeout=30)
        TopicRanking.objects.filter(round=round, party=party).update(submitted_at=timezone.now())
        return is_last

    parties = list(scene.partnership.parties.values_list("pk", flat=True))
    assert at_once([lambda pk=pk: naive(pk) for pk in parties]) == [False, False]
    assert round.rankings.filter(submitted_at__isnull=True).count() == 0
