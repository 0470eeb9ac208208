from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links, Stale
from partnerships.cards import mail_kinds
from partnerships.cards.operations import (
    accept_contact,
    add_card,
    decline_contact,
    edit_card,
    remove_card,
    wish_contact,
)
from partnerships.cards.operations import withdraw_contact as withdraw
from partnerships.models import Card, City, ContactWish, Position
from tests.factories import (
    make_card,
    make_city,
    make_international_office,
    make_position,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(ValidationError, check=lambda error: error.code == code)


@pytest.fixture
def by() -> User:
    return make_user()


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def wolfsburg() -> City:
    city = make_city("Wolfsburg")
    make_international_office(city, email="office@wolfsburg.example")
    return city


@pytest.fixture
def post(hamm: City) -> Position:
    return make_international_office(hamm, email="office@hamm.example")


def new_card(city: City, **extra: Any) -> Card:
    values = {"kind": "offer", "topic": make_topic(), "text": "Gründächer", "language": "de"}
    return Card(city=city, spoken=["de"], **{**values, **extra})


def ask(asking: City, asked: City, position: Position, by: User, **extra: Any) -> ContactWish:
    values = {"topic": make_topic(), "shared_partner": None, "message": "Guten\nTag"}
    return wish_contact(asking=asking, asked=asked, position=position, by=by, **{**values, **extra})


@pytest.fixture
def wish(hamm: City, wolfsburg: City, post: Position, by: User) -> ContactWish:
    return ask(hamm, wolfsburg, post, by)


def theirs(city: City) -> Position:
    return Position.objects.get(city=city)


def test_a_city_keeps_five_cards_of_a_kind(hamm: City, by: User) -> None:
    kept = [add_card(card=new_card(hamm), by=by) for _ in range(5)]
    assert [card.slot for card in kept] == [1, 2, 3, 4, 5]
    with refused("full"):
        add_card(card=new_card(hamm), by=by)
    assert add_card(card=new_card(hamm, kind="need"), by=by).slot == 1
    remove_card(card=kept[1], by=by)
    assert add_card(card=new_card(hamm), by=by).slot == 2
    verbs = Entry.objects.values_list("verb", flat=True)
    assert sorted(set(verbs)) == ["partnerships.card_added", "partnerships.card_removed"]


def test_the_database_keeps_the_limit_too(hamm: City) -> None:
    make_card(hamm)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_card(hamm, slot=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_card(hamm, slot=6)


def test_the_contact_is_a_post_of_the_same_city(hamm: City, wolfsburg: City, by: User) -> None:
    with refused("foreign_position"):
        add_card(card=new_card(hamm, position=theirs(wolfsburg)), by=by)
    gone = make_position(hamm, is_active=False)
    with refused("foreign_position"):
        add_card(card=new_card(hamm, position=gone), by=by)


def test_editing_a_card(hamm: City, by: User) -> None:
    card = make_card(hamm)
    stale = Card.objects.get(pk=card.pk)
    card.text = "Neu"
    assert edit_card(card=card, by=by).version == 2
    with refused("conflict"):
        edit_card(card=stale, by=by)
    remove_card(card=card, by=by)
    with refused("gone"):
        edit_card(card=stale, by=by)
    remove_card(card=stale, by=by)
    assert Entry.objects.filter(verb="partnerships.card_removed").count() == 1


def test_a_wish_is_mailed_to_the_other_office_and_shows_nobody(wish: ContactWish, by: User) -> None:
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == ("office@wolfsburg.example", "partnerships.contact_wished")
    assert "office@hamm.example" not in mail.subject + mail.text + mail.html
    assert (wish.state, wish.message) == ("open", "Guten Tag")
    assert Entry.objects.get(verb="partnerships.contact_wished").about == wish


def test_asking_twice_is_asking_once(
    wish: ContactWish, hamm: City, wolfsburg: City, post: Position, by: User
) -> None:
    assert ask(hamm, wolfsburg, post, by) == wish
    assert Mail.objects.count() == 1


def test_who_was_asked_answers_instead_of_asking(
    wish: ContactWish, hamm: City, wolfsburg: City, by: User
) -> None:
    with refused("asked_already"):
        ask(wolfsburg, hamm, theirs(wolfsburg), by)


def test_what_cannot_be_asked(hamm: City, wolfsburg: City, post: Position, by: User) -> None:
    with refused("same_city"):
        ask(hamm, hamm, post, by)
    with refused("foreign_position"):
        ask(hamm, wolfsburg, theirs(wolfsburg), by)
    with refused("foreign_position"):
        ask(hamm, wolfsburg, make_position(hamm, email=""), by)
    with refused("no_office"):
        ask(hamm, make_city("Bonn"), post, by)
    assert ContactWish.objects.count() == 0


def test_agreeing_tells_the_asking_office(wish: ContactWish, wolfsburg: City, by: User) -> None:
    position = theirs(wolfsburg)
    agreed = accept_contact(wish=wish, city=wolfsburg, position=position, by=by)
    assert (agreed.state, agreed.asked_position) == ("accepted", position)
    again = accept_contact(wish=wish, city=wolfsburg, position=position, by=by)
    assert again == agreed
    mail = Mail.objects.get(kind="partnerships.contact_answered")
    assert mail.to == "office@hamm.example"
    assert "wolfsburg.example" not in mail.text
    assert Entry.objects.filter(verb="partnerships.contact_agreed").count() == 1


def test_only_the_asked_city_answers_and_with_its_own_post(
    wish: ContactWish, hamm: City, wolfsburg: City, post: Position, by: User
) -> None:
    with refused("not_yours"):
        accept_contact(wish=wish, city=hamm, position=post, by=by)
    with refused("not_yours"):
        decline_contact(wish=wish, city=hamm, by=by)
    with refused("foreign_position"):
        accept_contact(wish=wish, city=wolfsburg, position=post, by=by)


def test_after_a_no_there_is_peace_for_half_a_year(
    wish: ContactWish, hamm: City, wolfsburg: City, post: Position, by: User
) -> None:
    decline_contact(wish=wish, city=wolfsburg, by=by)
    assert decline_contact(wish=wish, city=wolfsburg, by=by).state == "declined"
    assert Entry.objects.filter(verb="partnerships.contact_declined").count() == 1
    with refused("not_open"):
        accept_contact(wish=wish, city=wolfsburg, position=theirs(wolfsburg), by=by)
    with refused("declined"):
        ask(hamm, wolfsburg, post, by)
    assert ask(wolfsburg, hamm, theirs(wolfsburg), by).state == "open"
    ContactWish.objects.exclude(pk=wish.pk).delete()
    long_ago = timezone.now() - dt.timedelta(days=181)
    ContactWish.objects.update(answered_at=long_ago)
    assert ask(hamm, wolfsburg, post, by).state == "open"


def test_a_wish_can_be_withdrawn_and_its_mail_stays_unsent(
    wish: ContactWish, hamm: City, wolfsburg: City, by: User
) -> None:
    with refused("not_yours"):
        withdraw(wish=wish, city=wolfsburg, by=by)
    assert withdraw(wish=wish, city=hamm, by=by).state == "withdrawn"
    assert withdraw(wish=wish, city=hamm, by=by).state == "withdrawn"
    assert Mail.objects.get().state == Mail.State.CANCELLED
    assert Entry.objects.filter(verb="partnerships.contact_withdrawn").count() == 1
    with refused("not_open"):
        decline_contact(wish=wish, city=wolfsburg, by=by)


def test_either_city_ends_an_agreed_contact_and_no_third_one(
    wish: ContactWish, wolfsburg: City, by: User
) -> None:
    accept_contact(wish=wish, city=wolfsburg, position=theirs(wolfsburg), by=by)
    with refused("not_yours"):
        withdraw(wish=wish, city=make_city("Bonn"), by=by)
    assert withdraw(wish=wish, city=wolfsburg, by=by).state == "withdrawn"


@pytest.mark.parametrize(("ends", "is_told"), [("hamm", "wolfsburg"), ("wolfsburg", "hamm")])
def test_the_end_of_an_agreed_contact_is_told_to_the_other_office(
    wish: ContactWish, wolfsburg: City, by: User, ends: str, is_told: str
) -> None:
    accept_contact(wish=wish, city=wolfsburg, position=theirs(wolfsburg), by=by)
    withdraw(wish=wish, city=City.objects.get(slug=ends), by=by)
    mail = Mail.objects.get(kind="partnerships.contact_ended")
    assert (mail.to, mail.state) == (f"office@{is_told}.example", Mail.State.QUEUED)
    assert mail.subject == f"{ends.title()} hat den Kontakt beendet"
    assert isinstance(mail_kinds.ended(mail, wish), Links)
    assert mail_kinds.ended(mail, None) == Stale("gone")


def test_a_wish_taken_back_before_the_answer_sends_no_mail(
    wish: ContactWish, hamm: City, by: User
) -> None:
    """Negative control: only what was agreed has an end."""
    withdraw(wish=wish, city=hamm, by=by)
    assert not Mail.objects.filter(kind="partnerships.contact_ended").exists()


def test_what_was_declined_is_not_withdrawn(
    wish: ContactWish, hamm: City, wolfsburg: City, by: User
) -> None:
    decline_contact(wish=wish, city=wolfsburg, by=by)
    with refused("not_open"):
        withdraw(wish=wish, city=hamm, by=by)
