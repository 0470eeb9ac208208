"""Which card meets which, and the cities that share a partner."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.cards.matching import own_cards
from partnerships.cards.partners import neighbourhood
from partnerships.cards.radar import radar
from partnerships.models import City
from tests.factories import (
    make_card,
    make_city,
    make_membership,
    make_partner_city,
    make_partnership,
    make_topic,
    make_user,
    make_wish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def wolfsburg() -> City:
    return make_city("Wolfsburg")


@pytest.fixture
def chattanooga(hamm: City, wolfsburg: City) -> City:
    """The shared partner."""
    city = make_partner_city("Chattanooga")
    make_partnership(hamm, city)
    make_partnership(wolfsburg, city)
    return city


def reasons(city: City) -> list[tuple[str, ...]]:
    return [match.reasons for one in own_cards(city) for match in one.matches]


def test_an_offer_meets_a_need_of_the_same_topic_and_says_why(
    hamm: City, wolfsburg: City, chattanooga: City
) -> None:
    make_card(hamm, "offer", spoken=["de", "en"])
    make_card(wolfsburg, "need", spoken=["fr", "de"])
    expected = (
        "Dasselbe Thema: Schwammstadt",
        "Gemeinsame Sprache: Deutsch",
        "Gemeinsamer Partner: Chattanooga",
        "Derselbe Staat: Deutschland",
    )
    assert reasons(hamm) == [expected]
    assert reasons(wolfsburg) == [expected]


def test_partner_cities_without_a_common_language(hamm: City, chattanooga: City) -> None:
    make_card(hamm, "need", spoken=["de"])
    make_card(chattanooga, "offer", spoken=["es"])
    assert reasons(hamm) == [("Dasselbe Thema: Schwammstadt", "Sie sind Partnerstädte")]


def test_related_topics_share_two_goals(hamm: City, wolfsburg: City) -> None:
    make_card(hamm, "offer", topic=make_topic("Schwammstadt", goals=(6, 11, 13)), spoken=["de"])
    make_card(wolfsburg, "need", topic=make_topic("Gewässer", goals=(6, 13)), spoken=["en"])
    make_card(wolfsburg, "need", topic=make_topic("Wohnen", goals=(1, 11)), spoken=["en"])
    assert reasons(hamm) == [
        ("Verwandte Themen: beide dienen den Zielen 6, 13", "Derselbe Staat: Deutschland")
    ]


def test_two_offers_do_not_meet_and_nobody_meets_themselves(hamm: City, wolfsburg: City) -> None:
    make_card(hamm, "offer")
    make_card(hamm, "need")
    make_card(wolfsburg, "offer")
    assert [len(one.matches) for one in own_cards(hamm)] == [0, 1]


def test_changing_a_card_changes_the_matches_and_their_reasons(hamm: City, wolfsburg: City) -> None:
    make_card(hamm, "offer", spoken=["de"])
    theirs = make_card(wolfsburg, "need", spoken=["de"])
    assert "Gemeinsame Sprache: Deutsch" in reasons(hamm)[0]
    theirs.spoken = ["en"]
    theirs.save()
    assert reasons(hamm) == [("Dasselbe Thema: Schwammstadt", "Derselbe Staat: Deutschland")]
    theirs.topic = make_topic("Jugend", goals=(4,))
    theirs.save()
    assert reasons(hamm) == []


def test_the_best_fit_comes_first(hamm: City, wolfsburg: City, chattanooga: City) -> None:
    sponge = make_topic("Schwammstadt", goals=(6, 13))
    rivers = make_topic("Gewässer", goals=(6, 13))
    make_card(hamm, "offer", topic=sponge, spoken=["de"])
    make_card(make_city("Aachen"), "need", topic=sponge, spoken=["en"])
    make_card(wolfsburg, "need", topic=sponge, spoken=["en"])
    make_card(make_city("Bonn"), "need", topic=rivers, spoken=["de"])
    found = [match.theirs.city.name for match in own_cards(hamm)[0].matches]
    assert found == ["Wolfsburg", "Aachen", "Bonn"]


@pytest.mark.parametrize("many", [1, 4])
def test_matching_takes_seven_queries(
    hamm: City, wolfsburg: City, chattanooga: City, many: int, django_assert_num_queries: Any
) -> None:
    make_card(hamm, "offer")
    for number in range(many):
        make_card(hamm, "need", topic=make_topic(f"Thema {number}"))
        make_card(wolfsburg, "need")
        make_card(make_city(), "need")
    with django_assert_num_queries(7):
        own_cards(hamm)


def test_hamm_and_wolfsburg_see_that_both_work_with_chattanooga(
    hamm: City, wolfsburg: City, chattanooga: City
) -> None:
    assert [(b.city, b.shared, b.is_partner) for b in radar(hamm)] == [
        (wolfsburg, (chattanooga,), False)
    ]
    assert [blip.city for blip in radar(wolfsburg)] == [hamm]
    assert radar(chattanooga) == []


def test_a_partnership_of_three_is_on_the_radar_as_known(hamm: City, wolfsburg: City) -> None:
    third = make_partner_city("Chattanooga")
    make_partnership(hamm, wolfsburg, third)
    make_partnership(make_city("Aachen"), third)
    assert [(blip.city.name, blip.is_partner) for blip in radar(hamm)] == [
        ("Aachen", False),
        ("Wolfsburg", True),
        ("Chattanooga", True),
    ]


@pytest.mark.parametrize(
    "hidden", [{"state": "draft"}, {"state": "ended"}, {"in_directory": False}]
)
def test_drafts_and_what_has_ended_connect_nobody(
    hamm: City, wolfsburg: City, hidden: dict[str, Any]
) -> None:
    partner = make_partner_city()
    make_partnership(hamm, partner)
    make_partnership(wolfsburg, partner, **hidden)
    assert neighbourhood(hamm).shared == {}
    assert neighbourhood(wolfsburg).partners == frozenset()


@pytest.mark.parametrize("many", [1, 4])
def test_the_radar_takes_five_queries(
    hamm: City, chattanooga: City, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        city = make_city()
        make_partnership(city, chattanooga)
        make_membership(make_user(), city, "reader")
        make_wish(hamm, city)
    with django_assert_num_queries(5):
        found = radar(hamm)
    assert [blip.has_office for blip in found].count(True) == many
    assert sum(blip.wish is not None for blip in found) == many
