"""Goals come in the order that city diplomacy gives them."""

from __future__ import annotations

import pytest

from sdg.models import Goal, Target
from tests.factories import make_goal, make_topic

pytestmark = pytest.mark.django_db


def test_goals_11_16_and_17_come_first() -> None:
    for number in (17, 1, 16, 2, 11):
        make_goal(number)
    assert [goal.number for goal in Goal.objects.first_things_first()] == [11, 16, 17, 1, 2]
    assert [goal.number for goal in Goal.objects.all()] == [1, 2, 11, 16, 17]


def test_goals_targets_and_topics_say_what_they_are() -> None:
    goal = make_goal(11, title_de="Nachhaltige Städte")
    target = Target(code="11.7", goal=goal, label_de="Grünflächen")
    assert (str(goal), str(target)) == ("11 Nachhaltige Städte", "11.7 Grünflächen")
    assert str(make_topic("Schwammstadt")) == "Schwammstadt"


def test_goals_and_topics_have_addresses() -> None:
    assert make_goal(11).get_absolute_url() == "/goals/11/"
    assert make_topic("Zero Waste").get_absolute_url() == "/topics/zero-waste/"
