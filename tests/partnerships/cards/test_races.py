from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from partnerships.cards.operations import add_card, wish_contact
from partnerships.models import Card, City, ContactWish
from tests.events.test_races import at_once
from tests.factories import make_city, make_international_office, make_topic, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_new_cards_at_once_leave_five() -> None:
    city, topic, by = make_city(), make_topic(), make_user()

    def add() -> str:
        card = Card(city=city, kind="offer", topic=topic, text="x", language="de", spoken=["de"])
        try:
            add_card(card=card, by=by)
        except ValidationError as refusal:
            return str(refusal.code)
        return "kept"

    assert sorted(at_once([add] * 8)) == ["full"] * 3 + ["kept"] * 5
    assert sorted(Card.objects.values_list("slot", flat=True)) == [1, 2, 3, 4, 5]


def test_two_offices_that_ask_each_other_at_once_have_one_wish() -> None:
    hamm, wolfsburg = make_city("Hamm"), make_city("Wolfsburg")
    posts = {city: make_international_office(city) for city in (hamm, wolfsburg)}
    topic, by = make_topic(), make_user()

    def ask(asking: City, asked: City) -> str:
        try:
            wish_contact(
                asking=asking,
                asked=asked,
                topic=topic,
                shared_partner=None,
                message="",
                position=posts[asking],
                by=by,
            )
        except ValidationError as refusal:
            return str(refusal.code)
        return "asked"

    found = at_once([lambda: ask(hamm, wolfsburg), lambda: ask(wolfsburg, hamm)])
    assert sorted(found) == ["asked", "asked_already"]
    assert ContactWish.objects.count() == 1
