from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from journal.models import Entry
from mailing.models import Mail
from partnerships.focus.operations import (
    choose_goals,
    reopen,
    submit_ranking,
)
from partnerships.models import FocusTopic, PartnershipTopic, TopicChoice, TopicRanking, TopicRound
from tests.factories import make_membership, make_topic, make_user

from .scenes import Scene, make_scene, topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def refused(code: str) -> Any:
    return pytest.raises(ValidationError, check=lambda error: error.code == code)


def agreed(round: TopicRound) -> list[str]:
    return [link.topic.slug for link in round.focus.select_related("topic").order_by("order")]


def test_the_last_city_reveals_what_all_have_in_common(scene: Scene) -> None:
    sponge, rivers, youth, heat = topics()
    assert scene.submit(0, sponge, rivers, youth).revealed_at is None
    round = scene.submit(1, youth, heat, sponge)
    assert round.revealed_at is not None
    assert agreed(round) == ["schwammstadt", "jugendbeteiligung"]


def test_the_agreed_focus_takes_the_place_of_what_the_directory_said() -> None:
    sponge, rivers, _, heat = topics()
    scene = make_scene(topics=(rivers, sponge))
    scene.submit(0, sponge, heat)
    assert set(PartnershipTopic.objects.values_list("topic", flat=True)) == {rivers.pk, sponge.pk}
    scene.submit(1, sponge, heat)
    links = PartnershipTopic.objects.filter(partnership=scene.partnership)
    assert set(links.values_list("topic", flat=True)) == {sponge.pk, heat.pk}
    scene.partnership.refresh_from_db()
    assert (
        scene.partnership.facet_topics
        == "|" + "|".join(sorted([str(sponge.pk), str(heat.pk)])) + "|"
    )


def test_three_cities_wait_for_the_third(scene: Scene) -> None:
    three = make_scene("Hamm", "Wolfsburg", "Chattanooga")
    sponge, rivers, youth, _ = topics()
    three.submit(0, sponge, youth)
    assert three.submit(2, youth).revealed_at is None
    round = three.submit(1, rivers, youth)
    assert agreed(round) == ["jugendbeteiligung"]


def test_nothing_in_common_is_a_result_and_leaves_the_directory_alone() -> None:
    sponge, rivers, _, heat = topics()
    scene = make_scene(topics=(heat,))
    scene.submit(0, sponge)
    round = scene.submit(1, rivers)
    assert round.revealed_at is not None
    assert agreed(round) == []
    assert PartnershipTopic.objects.get().topic == heat


def test_a_list_may_change_while_others_are_missing(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    scene.submit(0, rivers)
    assert agreed(scene.submit(1, rivers)) == ["gewasser"]
    assert Entry.objects.filter(verb="partnerships.topics_submitted").count() == 3


def test_the_same_list_sent_twice_counts_once(scene: Scene) -> None:
    sponge, *_ = topics()
    arguments = scene.arguments(0, [sponge])
    submit_ranking(**arguments)
    submit_ranking(**arguments)
    assert Entry.objects.filter(verb="partnerships.topics_submitted").count() == 1
    last = scene.arguments(1, [sponge])
    assert submit_ranking(**last) == submit_ranking(**last)
    assert Entry.objects.filter(verb="partnerships.focus_agreed").count() == 1


def test_a_saved_list_is_submitted_by_nobody(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.save(0, sponge)
    scene.submit(1, sponge)
    assert TopicRound.objects.get().revealed_at is None
    assert TopicRanking.objects.get(party__city=scene.cities[0]).submitted_at is None


def test_saving_an_empty_list_clears_it(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.save(0, sponge)
    scene.save(0)
    assert TopicChoice.objects.count() == 0


def test_a_submitted_list_is_not_saved_for_later(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    with refused("submitted"):
        scene.save(0, rivers)


def test_what_makes_no_list_is_refused(scene: Scene) -> None:
    sponge, *_ = topics()
    with refused("empty"):
        scene.submit(0)
    with refused("twice"):
        scene.submit(0, sponge, sponge)
    with refused("too_many"):
        scene.submit(0, *[make_topic(f"Thema {number}") for number in range(6)])
    sponge.pk = 10**9
    with refused("unknown_topic"):
        scene.submit(0, sponge)
    assert TopicRound.objects.count() == 0


def test_a_colleague_s_newer_list_is_not_overwritten(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    stale = scene.arguments(0, [rivers])
    scene.save(0, sponge)
    with refused("conflict"):
        submit_ranking(**stale)
    assert TopicChoice.objects.get().topic == sponge


def test_a_list_that_comes_after_the_result_is_refused(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    late = scene.arguments(0, [rivers])
    scene.submit(1, sponge)
    with refused("round_over"):
        submit_ranking(**late)
    assert TopicRound.objects.count() == 1


@pytest.mark.parametrize("state", ["listed", "draft", "ended"])
def test_only_confirmed_partnerships_agree_on_topics(state: str) -> None:
    scene = make_scene(state=state)
    sponge, *_ = topics()
    with refused("not_now"):
        scene.submit(0, sponge)
    with refused("not_now"):
        reopen(partnership=scene.partnership, city=scene.cities[0], by=scene.editors[0])


def test_the_old_focus_holds_until_a_new_one_is_revealed(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge)
    first = scene.submit(1, sponge)
    fresh = reopen(partnership=scene.partnership, city=scene.cities[1], by=scene.editors[1])
    assert (fresh.number, fresh.opened_for) == (2, scene.cities[1])
    scene.submit(0, rivers)
    holds = scene.partnership.topic_rounds.with_focus()
    assert holds.first() == first
    second = scene.submit(1, rivers)
    assert list(holds.all()) == [second, first]
    assert PartnershipTopic.objects.get().topic == rivers


def test_reopening_what_is_open_changes_nothing(scene: Scene) -> None:
    opened = [
        reopen(partnership=scene.partnership, city=city, by=user)
        for city, user in zip(scene.cities, scene.editors, strict=True)
    ]
    assert opened[0] == opened[1]
    assert Entry.objects.filter(verb="partnerships.topics_reopened").count() == 0


def test_a_city_that_joins_late_is_waited_for(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    third = make_scene("Leeds", "Essen").cities[0]
    scene.partnership.parties.create(city=third, order=2)
    assert scene.submit(1, sponge).revealed_at is None
    user = make_user()
    make_membership(user, third, "editor")
    scene.cities.append(third)
    scene.editors.append(user)
    assert agreed(scene.submit(2, sponge)) == ["schwammstadt"]


def test_each_office_hears_of_the_first_list_and_of_the_result(scene: Scene) -> None:
    sponge, *_ = topics()
    scene.submit(0, sponge)
    assert [mail.to for mail in Mail.objects.all()] == ["office@san-antonio.example"]
    scene.submit(1, sponge)
    revealed = Mail.objects.filter(kind="partnerships.topics_revealed").order_by("to")
    assert [(mail.to, mail.language) for mail in revealed] == [
        ("office@darmstadt.example", "de"),
        ("office@san-antonio.example", "en"),
    ]


@pytest.fixture
def focus(scene: Scene) -> TopicRound:
    sponge, rivers, *_ = topics()
    scene.submit(0, sponge, rivers)
    return scene.submit(1, sponge)


def goals(scene: Scene, round: TopicRound, **more: Any) -> None:
    arguments = {"whys": {6: "Trinkwasser"}, "language": "de", "seen_version": round.version}
    choose_goals(round=round, by=scene.editors[0], **{**arguments, **more})


def test_goals_of_the_agreed_topics_are_chosen_with_a_reason(
    scene: Scene, focus: TopicRound
) -> None:
    goals(scene, focus, whys={6: " Trinkwasser\nsparen ", 13: "Hitze", 11: "  "})
    links = focus.goals.order_by("goal").values_list("goal", "why", "language")
    assert list(links) == [(6, "Trinkwasser sparen", "de"), (13, "Hitze", "de")]
    entry = Entry.objects.get(verb="partnerships.goals_chosen")
    assert (entry.within, entry.facts) == (scene.partnership, {"count": 2})


def test_a_line_keeps_the_language_it_was_written_in(scene: Scene, focus: TopicRound) -> None:
    goals(scene, focus)
    focus.refresh_from_db()
    goals(scene, focus, whys={6: "Trinkwasser", 13: "Heat"}, language="en")
    links = focus.goals.order_by("goal").values_list("goal", "language")
    assert list(links) == [(6, "de"), (13, "en")]


def test_goals_are_refused_with_a_reason(scene: Scene, focus: TopicRound) -> None:
    with refused("foreign_goal"):
        goals(scene, focus, whys={4: "Bildung"})
    with refused("too_long"):
        goals(scene, focus, whys={6: "x" * 201})
    goals(scene, focus)
    with refused("conflict"):
        goals(scene, focus, whys={13: "Hitze"})
    goals(scene, focus)  # what is stored already is no conflict
    assert focus.goals.get().why == "Trinkwasser"


def test_at_most_three_goals(scene: Scene) -> None:
    wide = make_topic("Alles", goals=(1, 2, 3, 4))
    scene.submit(0, wide)
    round = scene.submit(1, wide)
    with refused("too_many"):
        goals(scene, round, whys=dict.fromkeys((1, 2, 3, 4), "Grund"))


def test_goals_belong_to_the_focus_that_holds(scene: Scene, focus: TopicRound) -> None:
    reopen(partnership=scene.partnership, city=scene.cities[0], by=scene.editors[0])
    goals(scene, focus)  # the old focus still holds
    _, rivers, *_ = topics()
    scene.submit(0, rivers)
    scene.submit(1, rivers)
    with refused("superseded"):
        goals(scene, focus, whys={6: "Neu"})


def test_the_database_keeps_one_open_round_and_each_place_once(scene: Scene) -> None:
    sponge, rivers, *_ = topics()
    round = scene.submit(0, sponge)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicRound.objects.create(
            partnership=scene.partnership, number=2, opened_for=scene.cities[0]
        )
    ranking = round.rankings.get(party__city=scene.cities[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicChoice.objects.create(ranking=ranking, topic=rivers, rank=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicChoice.objects.create(ranking=ranking, topic=rivers, rank=6)
    assert FocusTopic.objects.count() == 0
