from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.audience import Criteria, preflight, recipient_for
from events.models import Event, Invitation
from events.recipients import LeftOut, Preflight
from mailing.operations import block
from partnerships.models import Holder, Organisation, Position
from tests.factories import (
    make_city,
    make_department,
    make_event,
    make_invitation,
    make_mayor,
    make_office,
    make_partner_city,
    make_partnership,
    make_pool,
    make_position,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_event()
    make_pool(event, "speak")
    make_pool(event, "listen")
    return event


def found(preflight: Preflight) -> list[str]:
    return [recipient.key for recipient in preflight.recipients]


def keys(*positions: Position) -> list[str]:
    return [f"p{position.pk}" for position in positions]


def test_empty_criteria_find_nobody(event: Event) -> None:
    make_position()
    assert preflight(event, Criteria()) == Preflight([], [], [])


def test_values_of_one_filter_are_joined_by_or(event: Event) -> None:
    british = make_mayor(make_city("Leeds", country="GB", region="England"))
    american = make_mayor(make_partner_city("Nashville"))
    make_mayor(make_city("Köln"))
    assert found(preflight(event, Criteria(countries=("US", "GB")))) == keys(british, american)


def test_kinds_of_filters_are_joined_by_and(event: Event) -> None:
    koeln, nashville = make_city("Köln"), make_partner_city("Nashville")
    office, department = make_office(), make_department()
    mayor = make_position(koeln, office=office, department=department)
    make_position(koeln, office=office)
    make_position(nashville, office=office, department=department)
    criteria = Criteria(
        countries=("DE",),
        regions=("Nordrhein-Westfalen",),
        offices=(office.pk,),
        departments=(department.pk,),
    )
    result = preflight(event, criteria)
    assert found(result) == keys(mayor)
    assert result.recipients[0].reasons == (
        "Staat: Deutschland",
        "Region: Nordrhein-Westfalen",
        "Amt: Oberbürgermeisterin / Oberbürgermeister",
        "Fachamt: Umweltamt",
    )


def test_partner_country_finds_cities_with_a_public_partnership_there(event: Event) -> None:
    koeln, bonn, ulm = make_city("Köln"), make_city("Bonn"), make_city("Ulm")
    make_partnership(koeln, make_partner_city())
    make_partnership(bonn, make_partner_city(), in_directory=False)
    make_partnership(ulm, make_city("Metz", country="FR"))
    mayors = [make_mayor(city) for city in (koeln, bonn, ulm)]
    result = preflight(event, Criteria(countries=("DE",), partner_countries=("US", "GB")))
    assert found(result) == keys(mayors[0])
    assert result.recipients[0].reasons[1].startswith("Partnerstadt in: USA")


def test_a_city_is_not_its_own_partner(event: Event) -> None:
    """Negative control for the exclusion: both cities of the partnership are German."""
    koeln, nashville = make_city("Köln"), make_partner_city()
    make_partnership(koeln, nashville)
    make_mayor(koeln)
    make_mayor(nashville)
    result = preflight(event, Criteria(partner_countries=("DE",)))
    assert [recipient.city for recipient in result.recipients] == [nashville]


def test_topic_finds_the_cities_whose_public_partnerships_have_it(event: Event) -> None:
    topic, other = make_topic(), make_topic("Jugend")
    koeln, nashville, bonn, ulm = (
        make_city("Köln"),
        make_partner_city(),
        make_city("Bonn"),
        make_city("Ulm"),
    )
    make_partnership(koeln, nashville, topics=(topic,))
    make_partnership(bonn, nashville, topics=(other,))
    make_partnership(ulm, make_partner_city(), topics=(topic,), in_directory=False)
    german, american = make_mayor(koeln), make_mayor(nashville)
    make_mayor(bonn)
    make_mayor(ulm)
    result = preflight(event, Criteria(topics=(topic.pk,)))
    assert found(result) == keys(german, american)
    assert result.recipients[0].reasons == ("Thema: Schwammstadt",)


def test_a_partnership_brings_all_active_positions_of_its_cities(event: Event) -> None:
    koeln, nashville = make_city("Köln"), make_partner_city()
    partnership = make_partnership(koeln, nashville)
    german, american = make_mayor(koeln), make_mayor(nashville)
    make_mayor(koeln, is_active=False)
    make_mayor()
    result = preflight(event, Criteria(partnerships=(partnership.pk,)))
    assert found(result) == keys(german, american)
    assert {recipient.partnership for recipient in result.recipients} == {partnership}
    assert [check.partnership for check in result.delegations] == [partnership]


def test_a_city_in_two_chosen_partnerships_comes_with_the_first(event: Event) -> None:
    hamm, wolfsburg = make_city("Hamm"), make_city("Wolfsburg")
    chattanooga = make_partner_city("Chattanooga")
    first, second = make_partnership(hamm, chattanooga), make_partnership(wolfsburg, chattanooga)
    make_mayor(chattanooga)
    result = preflight(event, Criteria(partnerships=(second.pk, first.pk)))
    (mayor,) = result.recipients
    assert mayor.partnership == first
    assert mayor.reasons == (
        "Partnerschaft: Hamm – Chattanooga",
        "Partnerschaft: Wolfsburg – Chattanooga",
    )
    assert [len(check.members) for check in result.delegations] == [1, 1]


def test_selections_are_united_and_nobody_stands_twice(event: Event) -> None:
    koeln = make_city("Köln")
    partnership = make_partnership(koeln, make_partner_city())
    mayor = make_mayor(koeln, email="ob@koeln.example")
    criteria = Criteria(
        countries=("DE",), partnerships=(partnership.pk,), people="OB@Koeln.example"
    )
    (recipient,) = preflight(event, criteria).recipients
    assert recipient.key == f"p{mayor.pk}"
    assert recipient.reasons == ("Staat: Deutschland", f"Partnerschaft: {partnership}", "Zeile 1")


def test_two_positions_with_one_mailbox_are_two_recipients(event: Event) -> None:
    koeln = make_city("Köln")
    both = [make_position(koeln, email="international@koeln.example") for _ in range(2)]
    assert found(preflight(event, Criteria(countries=("DE",)))) == keys(*both)


def test_order_is_country_city_rank_then_organisations_then_strangers(event: Event) -> None:
    network = Organisation.objects.create(slug="rgre", name_de="RGRE", name_en="RGRE")
    american = make_mayor(make_partner_city("Aachen-on-Hudson"))
    second = make_position(make_city("Ötigheim"))
    first = make_position(second.city, office=make_office(rank=1))
    aachen = make_mayor(make_city("Aachen"))
    member = make_position(organisation=network, email="buero@rgre.example")
    criteria = Criteria(
        countries=("US", "DE"), people="x@b.example\nbuero@rgre.example\na@b.example"
    )
    assert found(preflight(event, criteria)) == [
        *keys(aachen, first, second, american, member),
        "aa@b.example",
        "ax@b.example",
    ]


def test_a_recipient_stands_in_their_own_language_zone_and_right(event: Event) -> None:
    office = make_office(title_en="Mayor", country="US")
    nashville = make_partner_city("Nashville")
    make_mayor(nashville, office=office, language="en", holder="Jo Sample")
    (mayor,) = preflight(event, Criteria(countries=("US",))).recipients
    assert (mayor.name, mayor.function, mayor.language) == ("Jo Sample", "Mayor", "en")
    assert (mayor.right, mayor.right_is_certain, mayor.city) == ("speak", True, nashville)
    assert mayor.why == (
        "You receive this invitation because you are listed as Mayor of the city of Nashville."
    )
    assert mayor.local_start == event.starts_at
    assert mayor.local_start.tzinfo == ZoneInfo("America/New_York")


def test_an_office_staff_decide_about_listens_for_now(event: Event) -> None:
    make_mayor(make_city("Köln"), office=make_office(may_speak="staff decide"))
    (deputy,) = preflight(event, Criteria(countries=("DE",))).recipients
    assert (deputy.right, deputy.right_is_certain) == ("listen", False)


def test_the_present_holder_is_invited(event: Event) -> None:
    today = timezone.localdate()
    position = make_mayor(make_city("Köln"), holder="Alte Amtsinhaberin")
    for name, since in (("Neu Gewählt", today), ("Noch Nicht", today + dt.timedelta(days=9))):
        Holder.objects.create(position=position, name=name, since=since)
    (mayor,) = preflight(event, Criteria(countries=("DE",))).recipients
    assert mayor.name == "Neu Gewählt"


def test_a_position_without_a_holder_is_invited_without_a_name(event: Event) -> None:
    make_position(make_city("Köln"), holder="")
    (post,) = preflight(event, Criteria(countries=("DE",))).recipients
    assert (post.holder, post.name, post.salutation) == (None, "", "Sehr geehrte Damen und Herren,")


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"email": ""}, "no_address", "Es ist keine E-Mail-Adresse gespeichert."),
        ({"email": "kaputt"}, "broken_address", "Die gespeicherte E-Mail-Adresse ist fehlerhaft."),
        ({"email": "weg@x.example"}, "bounced", "E-Mails an diese Adresse kamen zurück."),
        ({"email": "NEIN@x.example"}, "opted_out", "Möchte keine Einladungen."),
    ],
)
def test_who_cannot_be_mailed_is_left_out_with_the_reason(
    event: Event, change: dict[str, Any], code: str, reason: str
) -> None:
    block("weg@x.example", "bounced")
    block("nein@x.example", "opted_out")
    post = make_mayor(make_city("Köln"), **change)
    result = preflight(event, Criteria(countries=("DE",)))
    assert result.recipients == []
    assert result.left_out == [LeftOut(str(post), change["email"], code, reason)]


def test_who_is_invited_already_is_left_out(event: Event) -> None:
    first, second = make_mayor(make_city("Aachen")), make_mayor(make_city("Bonn"))
    make_invitation(event, position=first)
    make_invitation(event, position=second, withdrawn_at=timezone.now())
    make_invitation(event, email="Gast@x.example")
    make_invitation(position=first)
    result = preflight(event, Criteria(countries=("DE",), people="gast@X.example"))
    assert result.recipients == []
    assert [(one.code, one.reason) for one in result.left_out] == [
        ("already_invited", "Bereits eingeladen."),
        ("already_invited", "War eingeladen; die Einladung wurde zurückgezogen."),
        ("already_invited", "Bereits eingeladen."),
    ]


def test_who_could_not_get_a_seat_is_left_out(event: Event) -> None:
    event.pools.filter(right="listen").delete()
    speaker = make_mayor(make_city("Aachen"))
    make_position(make_city("Bonn"))
    result = preflight(event, Criteria(countries=("DE",)))
    assert found(result) == keys(speaker)
    assert [(one.code, one.reason) for one in result.left_out] == [
        ("no_seat_pool", "Die Veranstaltung hat keine Plätze für dieses Recht (zuhören).")
    ]


def test_the_invited_count_for_the_delegation_and_the_withdrawn_do_not(event: Event) -> None:
    koeln, nashville = make_city("Köln"), make_partner_city("Nashville")
    partnership = make_partnership(koeln, nashville)
    make_invitation(event, position=make_mayor(koeln))
    make_invitation(event, position=make_mayor(nashville), withdrawn_at=timezone.now())
    (check,) = preflight(event, Criteria(partnerships=(partnership.pk,))).delegations
    assert check.missing == ["Köln: Es fehlen 2 Fachämter", "Nashville: noch kein Gast"]


def test_a_preflight_writes_nothing(event: Event) -> None:
    make_mayor(make_city("Köln"))
    preflight(event, Criteria(countries=("DE",), people="a@b.example"))
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_queries_does_not_grow(
    event: Event, people: int, django_assert_num_queries: Any
) -> None:
    topic, partnerships, lines = make_topic(), [], []
    for number in range(people):
        koeln, partner = make_city(), make_partner_city()
        partnerships.append(make_partnership(koeln, partner, topics=(topic,)).pk)
        make_mayor(koeln)
        make_position(partner, holder=f"Person {number}", email=f"p{number}@x.example")
        lines += [f"Person {number}", f"fremd{number}@x.example"]
    criteria = Criteria(
        countries=("DE",),
        partner_countries=("US",),
        topics=(topic.pk,),
        partnerships=tuple(partnerships),
        people="\n".join(lines),
    )
    with django_assert_num_queries(14):
        result = preflight(event, criteria)
        assert len(result.recipients) == 3 * people
        assert all(recipient.function is not None for recipient in result.recipients)


def test_a_key_leads_back_to_its_recipient_invited_or_not(event: Event) -> None:
    mayor = make_mayor(make_city("Köln"))
    (listed,) = preflight(event, Criteria(countries=("DE",))).recipients
    make_invitation(event, position=mayor)
    again = recipient_for(event, listed.key)
    assert again == dataclasses.replace(listed, reasons=())


def test_a_key_of_an_address_leads_to_a_guest_of_that_name(event: Event) -> None:
    guest = recipient_for(event, "ajo@x.example", name="Jo Sample", language="en")
    assert guest is not None
    assert (guest.key, guest.salutation) == ("ajo@x.example", "Dear Jo Sample,")


def test_a_preview_may_show_the_other_language_and_a_delegation(event: Event) -> None:
    mayor, partnership = make_mayor(make_city("Köln")), make_partnership()
    found_again = recipient_for(event, f"p{mayor.pk}", language="en", partnership=partnership)
    assert found_again is not None
    assert (found_again.language, found_again.function) == ("en", "Lord Mayor")
    assert found_again.partnership == partnership


@pytest.mark.parametrize("key", ["", "p", "p0", "p٣", "px", "p" + "9" * 40, "akaputt", "x1"])
def test_a_key_of_nobody_leads_nowhere(event: Event, key: str) -> None:
    assert recipient_for(event, key) is None
