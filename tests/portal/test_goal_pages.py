"""Goals and topics, with the partnerships that work on them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sdg.models import Target
from tests.factories import make_city, make_goal, make_partner_city, make_partnership, make_topic

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_goals_11_16_and_17_stand_first(client: Client) -> None:
    for number in (1, 11, 16, 17):
        make_goal(number)
    response = client.get("/goals/")
    assert [goal.number for goal in response.context["first"]] == [11, 16, 17]


def test_goals_are_grouped_by_the_five_ps(client: Client) -> None:
    make_goal(1, dimension="people")
    make_goal(16, dimension="peace")
    groups = client.get("/goals/").context["dimensions"]
    assert [str(name) for name, _, _ in groups] == [
        *("Menschen", "Planet", "Wohlstand", "Frieden", "Partnerschaft")
    ]
    assert [[goal.number for goal in goals] for _, _, goals in groups] == [[1], [], [], [16], []]


def test_topics_sort_the_german_way(client: Client) -> None:
    for name in ("Zero Waste", "Öffentliche Gesundheit", "Kultur"):
        make_topic(name)
    topics = client.get("/goals/").context["topics"]
    assert [topic.name for topic in topics] == ["Kultur", "Öffentliche Gesundheit", "Zero Waste"]


def test_a_goal_shows_targets_topics_and_partnerships(client: Client) -> None:
    topic = make_topic("Schwammstadt", goals=(11,), name_en="Sponge city")
    Target.objects.create(code="11.7", goal_id=11, label_de="Grünflächen", label_en="Green spaces")
    koeln = make_city("Köln", name_en="Cologne")
    make_partnership(koeln, make_partner_city("Indianapolis"), topics=(topic,))
    german = page(client, "/goals/11/")
    for text in ("Grünflächen", "Schwammstadt</a>", "Köln – Indianapolis</a>"):
        assert text in german
    english = page(client, "/en/goals/11/")
    for text in ("Green spaces", "Sponge city</a>", "Cologne – Indianapolis</a>"):
        assert text in english
    assert 'href="/en/partnerships/?goal=11"' in english


def test_a_partnership_stands_once_though_two_topics_serve_the_goal(client: Client) -> None:
    topics = (make_topic("Schwammstadt"), make_topic("Zero Waste"))
    make_partnership(topics=topics)
    assert client.get("/goals/11/").context["partnership_count"] == 1


@pytest.mark.parametrize(("demo", "labels"), [((True, True), 1), ((True, False), 0), ((False,), 0)])
def test_only_partnerships_with_nothing_but_invented_topics_are_labelled(
    client: Client, demo: tuple[bool, ...], labels: int
) -> None:
    topics = tuple(make_topic(f"Thema {number}") for number in range(len(demo)))
    partnership = make_partnership(topics=topics)
    for topic, is_demo in zip(topics, demo, strict=True):
        partnership.topic_links.filter(topic=topic).update(is_demo=is_demo)
    assert page(client, "/goals/11/").count("kern-badge--warning") == labels


def test_a_topic_shows_its_goals_and_partnerships(client: Client) -> None:
    topic = make_topic("Zero Waste", goals=(12, 11), description_de="Abfall vermeiden.")
    make_partnership(make_city("Hamm"), make_partner_city("Leeds"), topics=(topic,))
    response = client.get("/topics/zero-waste/")
    assert [goal.number for goal in response.context["goals"]] == [11, 12]
    for text in ("Abfall vermeiden.", "Hamm – Leeds</a>", "/partnerships/?topic=zero-waste"):
        assert text in response.content.decode()


def test_hidden_partnerships_are_not_named(client: Client) -> None:
    make_partnership(topics=(make_topic("Zero Waste"),), in_directory=False)
    assert client.get("/topics/zero-waste/").context["partnerships"] == []


def test_a_long_list_is_cut_and_leads_to_the_directory(client: Client) -> None:
    topic = make_topic("Zero Waste")
    for _ in range(13):
        make_partnership(topics=(topic,))
    context = client.get("/topics/zero-waste/").context
    assert (len(context["partnerships"]), context["partnership_count"]) == (12, 13)


@pytest.mark.parametrize(
    "address", ["/goals/18/", "/goals/0/", f"/goals/{10**30}/", "/topics/gibt-es-nicht/"]
)
def test_unknown_goals_and_topics_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"), [("/goals/", 2), ("/goals/11/", 5), ("/topics/zero-waste/", 4)]
)
def test_the_number_of_queries_does_not_grow(
    client: Client, rows: int, address: str, number: int, django_assert_num_queries: Any
) -> None:
    topic = make_topic("Zero Waste", goals=(11, 12)[:rows])
    for _ in range(rows):
        make_partnership(topics=(topic,))
    with django_assert_num_queries(number):
        client.get(address)
