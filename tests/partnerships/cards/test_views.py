"""The pages about cards and contacts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from mailing.models import Mail
from mailing.registry import Links, Stale, kind_of
from mailing.subjects import Subjects
from partnerships.cards.operations import accept_contact, decline_contact, withdraw_contact
from partnerships.models import Card, City, ContactWish, Position
from tests.factories import (
    make_card,
    make_city,
    make_international_office,
    make_membership,
    make_partner_city,
    make_partnership,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
CARDS = "/office/hamm/cards/"


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def post(hamm: City) -> Position:
    return make_international_office(hamm, email="office@hamm.example")


@pytest.fixture
def wolfsburg() -> City:
    """Its partner is Hamm's partner, too."""
    city = make_city("Wolfsburg")
    make_international_office(city, email="office@wolfsburg.example")
    make_membership(make_user("editor@wolfsburg.example"), city, "editor")
    return city


@pytest.fixture
def shared(hamm: City, wolfsburg: City) -> City:
    city = make_partner_city("Chattanooga")
    make_partnership(hamm, city)
    make_partnership(wolfsburg, city)
    return city


@pytest.fixture
def editor(client: Client, hamm: City) -> Client:
    user = make_user()
    make_membership(user, hamm, "editor")
    client.force_login(user)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def wolfsburgs() -> Client:
    client = Client()
    client.force_login(User.objects.get(email="editor@wolfsburg.example"))
    return client


def filled(**changes: Any) -> dict[str, Any]:
    values = {
        "kind": "offer",
        "topic": make_topic().pk,
        "text": "Gründächer",
        "language": "de",
        "spoken": ["de", "en"],
        "position": "",
    }
    return {**values, **changes}


def test_a_card_is_added_shown_changed_and_removed(editor: Client, post: Position) -> None:
    answer = editor.post(f"{CARDS}add/", filled(position=post.pk))
    assert answer["Location"] == CARDS
    card = Card.objects.get()
    html = page(editor, CARDS)
    assert "Gründächer" in html
    assert "Amt für Internationales" in html
    assert 'name="seen_version" value="1"' in page(editor, f"{CARDS}{card.pk}/")
    changed = filled(text="Dachgärten", seen_version="1")
    assert editor.post(f"{CARDS}{card.pk}/save/", changed)["Location"] == CARDS
    assert "Dachgärten" in page(editor, CARDS)
    assert editor.post(f"{CARDS}{card.pk}/remove/", {}).status_code == 200
    assert Card.objects.count() == 1
    assert editor.post(f"{CARDS}{card.pk}/remove/", {"sure": "on"})["Location"] == CARDS
    assert Card.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("text", "x" * 3000, "höchstens 600 Zeichen"),
        ("text", "  ", "zwingend"),
        ("text", "Schreiben Sie an ob@hamm.de!", "lassen Sie Adressen und Links weg"),
        ("text", "Siehe https://hamm.de", "lassen Sie Adressen und Links weg"),
        ("topic", "9" * 30, "gültige Auswahl"),
        ("topic", "x", "gültige Auswahl"),
        ("spoken", ["xx"], "keine gültige Auswahl"),
        ("spoken", [], "zwingend"),
        ("language", "fr", "keine gültige Auswahl"),
        ("kind", "gift", "keine gültige Auswahl"),
        ("position", "9" * 30, "gültige Auswahl"),
    ],
)
def test_what_makes_no_card_is_said_beside_the_field(
    editor: Client, field: str, value: Any, text: str
) -> None:
    html = editor.post(f"{CARDS}add/", filled(**{field: value})).content.decode()
    assert text in html
    assert f'id="id_{field}_error"' in html
    assert Card.objects.count() == 0
    assert field == "text" or "Gründächer</textarea>" in html


def test_a_post_of_another_city_is_no_choice(editor: Client, wolfsburg: City) -> None:
    foreign = Position.objects.get(city=wolfsburg)
    html = editor.post(f"{CARDS}add/", filled(position=foreign.pk)).content.decode()
    assert 'id="id_position_error"' in html


def test_the_sixth_card_is_refused_and_nothing_typed_is_lost(editor: Client, hamm: City) -> None:
    for _ in range(5):
        make_card(hamm)
    assert f"{CARDS}new/?kind=offer" not in page(editor, CARDS)
    html = editor.post(f"{CARDS}add/", filled()).content.decode()
    assert "Sie haben schon 5 solche Karten" in html
    assert "Gründächer</textarea>" in html


def test_a_card_that_a_colleague_changed_shows_both_texts(editor: Client, hamm: City) -> None:
    card = make_card(hamm, text="Alt")
    card.text = "Vom Kollegen"
    card.save()
    sent = filled(text="Von mir", seen_version="1")
    html = editor.post(f"{CARDS}{card.pk}/save/", sent).content.decode()
    assert "Vom Kollegen" in html
    assert "Von mir</textarea>" in html


def test_cards_of_other_cities_are_read_but_never_changed(editor: Client, wolfsburg: City) -> None:
    theirs = make_card(wolfsburg, position=Position.objects.get(city=wolfsburg), text="Strom")
    html = page(editor, f"{CARDS}all/")
    assert "Strom" in html
    assert "wolfsburg.example" not in html
    assert "Amt für Internationales" not in html
    for place in ("", "save/", "remove/"):
        address = f"{CARDS}{theirs.pk}/{place}"
        found = editor.post(address, filled(sure="on")) if place else editor.get(address)
        assert found.status_code == 404


def test_cards_are_narrowed_by_topic_and_kind(editor: Client, wolfsburg: City) -> None:
    make_card(wolfsburg, "offer", text="Erste", topic=make_topic("Wasser"))
    make_card(wolfsburg, "need", text="Zweite", topic=make_topic("Energie"))
    assert "Zweite" not in page(editor, f"{CARDS}all/?topic=wasser&kind=offer")
    assert "Eine solche Karte gibt es noch nicht" in page(editor, f"{CARDS}all/?topic=nichts")
    assert "Erste" in page(editor, f"{CARDS}all/?kind=geschenk&page=99")


def test_matches_say_why_and_lead_to_the_wish(
    editor: Client, hamm: City, wolfsburg: City, shared: City
) -> None:
    make_card(hamm, "offer")
    make_card(wolfsburg, "need", text="Wie geht das?")
    html = page(editor, f"{CARDS}matches/")
    assert "Wie geht das?" in html
    assert "<li>Gemeinsamer Partner: Chattanooga</li>" in html
    assert f"{CARDS}contacts/ask/wolfsburg/" in html


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("place", "number"),
    [("", 10), ("matches/", 10), ("all/", 6), ("shared-partners/", 8), ("contacts/", 5)],
)
def test_every_page_takes_a_constant_number_of_queries(
    editor: Client,
    hamm: City,
    shared: City,
    many: int,
    place: str,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    make_card(hamm, "offer")
    for _ in range(many):
        other = make_city()
        make_partnership(other, shared)
        make_card(other, "need")
        make_membership(make_user(), other)
        ContactWish.objects.create(asking=other, asked=hamm, topic=make_topic())
    with django_assert_num_queries(number):
        page(editor, f"{CARDS}{place}")


def wish_of(editor: Client, post: Position, **changes: Any) -> Any:
    city = City.objects.get(slug="chattanooga")
    data = {"about": f"partner-{city.pk}", "position": post.pk, "message": "", **changes}
    return editor.post(f"{CARDS}contacts/ask/wolfsburg/send/", data)


def test_from_the_radar_to_an_agreed_contact(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    assert f"{CARDS}contacts/ask/wolfsburg/" in page(editor, f"{CARDS}shared-partners/")
    answer = wish_of(editor, post, message="Wollen wir zusammen hinfahren?")
    wish = ContactWish.objects.get()
    assert answer["Location"] == f"{CARDS}contacts/{wish.pk}/"
    there, place = wolfsburgs(), f"/office/wolfsburg/cards/contacts/{wish.pk}/"
    html = page(there, place)
    assert "Wollen wir zusammen hinfahren?" in html
    assert "office@hamm.example" not in html
    assert "Gemeinsamer Partner" in html
    position = Position.objects.get(city=wolfsburg)
    assert there.post(f"{place}agree/", {"position": position.pk})["Location"] == place
    for client, address in ((there, place), (editor, answer["Location"])):
        html = page(client, address)
        assert "mailto:office@hamm.example" in html
        assert "mailto:office@wolfsburg.example" in html
    editor.post(f"{answer['Location']}withdraw/")
    assert "office@hamm.example" not in page(there, place)


def test_agreeing_needs_a_post(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    wish_of(editor, post)
    place = f"/office/wolfsburg/cards/contacts/{ContactWish.objects.get().pk}/"
    html = wolfsburgs().post(f"{place}agree/", {"position": post.pk}).content.decode()
    assert 'id="id_position_error"' in html
    assert ContactWish.objects.get().state == "open"


@pytest.mark.parametrize(
    "changes",
    [
        {"about": "partner-999999"},
        {"about": "topic-x"},
        {"about": ""},
        {"position": ""},
        {"position": "9" * 30},
        {"message": "x" * 3000},
        {"message": "mail@hamm.de"},
    ],
)
def test_a_wish_that_is_none_is_refused_beside_its_field(
    editor: Client, post: Position, wolfsburg: City, shared: City, changes: dict[str, str]
) -> None:
    html = wish_of(editor, post, **changes).content.decode()
    assert f'id="id_{next(iter(changes))}_error"' in html
    assert ContactWish.objects.count() == 0


def test_who_asks_again_is_led_to_what_stands(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    wish_of(editor, post)
    wish = ContactWish.objects.get()
    for client, office, other in (
        (editor, "hamm", "wolfsburg"),
        (wolfsburgs(), "wolfsburg", "hamm"),
    ):
        answer = client.get(f"/office/{office}/cards/contacts/ask/{other}/")
        assert answer["Location"] == f"/office/{office}/cards/contacts/{wish.pk}/"


def test_without_a_reason_there_is_nobody_to_ask(editor: Client, wolfsburg: City) -> None:
    address = f"{CARDS}contacts/ask/wolfsburg/"
    assert editor.get(address).status_code == 404
    assert editor.post(f"{address}send/", {}).status_code == 404
    make_card(wolfsburg)
    assert "Karte dieser Stadt: Schwammstadt" in page(editor, address)
    assert editor.get(f"{CARDS}contacts/ask/hamm/").status_code == 404


def test_a_refusal_stands_on_the_page(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    wish_of(editor, post)
    there, wish = wolfsburgs(), ContactWish.objects.get()
    there.post(f"/office/wolfsburg/cards/contacts/{wish.pk}/decline/")
    html = wish_of(editor, post).content.decode()
    assert "Büro hat vor weniger als einem halben Jahr abgelehnt" in html
    answer = editor.post(f"{CARDS}contacts/{wish.pk}/withdraw/", follow=True)
    assert "Diese Anfrage ist schon erledigt." in answer.content.decode()


def test_a_wish_of_others_does_not_exist(editor: Client, wolfsburg: City) -> None:
    other = ContactWish.objects.create(asking=make_city(), asked=wolfsburg, topic=make_topic())
    assert editor.get(f"{CARDS}contacts/{other.pk}/").status_code == 404
    for verb in ("agree", "decline", "withdraw"):
        assert editor.post(f"{CARDS}contacts/{other.pk}/{verb}/", {}).status_code == 404


def finish(mail: Mail) -> Links | Stale:
    return kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))


def test_mails_lead_to_the_page_or_are_not_needed_any_more(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    wish_of(editor, post)
    wish, by, asked = ContactWish.objects.get(), make_user(), Mail.objects.get()
    links = finish(asked)
    assert isinstance(links, Links)
    assert links.texts["page"].endswith(f"/office/wolfsburg/cards/contacts/{wish.pk}/")
    position = Position.objects.get(city=wolfsburg)
    accept_contact(wish=wish, city=wolfsburg, position=position, by=by)
    assert finish(asked) == Stale("answered")
    answer = Mail.objects.get(kind="partnerships.contact_answered")
    links = finish(answer)
    assert isinstance(links, Links)
    assert links.texts["page"].endswith(f"{CARDS}contacts/{wish.pk}/")
    withdraw_contact(wish=wish, city=wolfsburg, by=by)
    assert [finish(mail) for mail in (asked, answer)] == [Stale("withdrawn")] * 2
    ContactWish.objects.all().delete()
    assert [finish(mail) for mail in (asked, answer)] == [Stale("gone")] * 2


def test_after_a_no_the_mail_leads_to_other_cities(
    editor: Client, post: Position, wolfsburg: City, shared: City
) -> None:
    wish_of(editor, post)
    decline_contact(wish=ContactWish.objects.get(), city=wolfsburg, by=make_user())
    mail = Mail.objects.get(kind="partnerships.contact_answered")
    assert mail.subject == "Wolfsburg möchte zurzeit nicht sprechen"
    links = finish(mail)
    assert isinstance(links, Links)
    assert links.texts["page"].endswith(f"{CARDS}shared-partners/")
