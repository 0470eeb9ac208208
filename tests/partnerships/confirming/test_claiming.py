"""“This is ours”: a city claims what is listed, and registers what is not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from journal.models import Entry
from mailing.models import Mail
from partnerships.confirming import operations, tokens
from partnerships.confirming.cities import same_cities
from partnerships.confirming.contacts import Contact
from partnerships.confirming.facts import values_of
from partnerships.models import (
    CityProposal,
    Confirmation,
    ConfirmationRequest,
    Partnership,
    Position,
)

from ...factories import make_city, make_partner_city, make_topic
from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db

State = Partnership.State


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def draft(stage: Stage, *others: object) -> Partnership:
    made = operations.start(city=stage.home, by=stage.us)
    for city in others:
        made = operations.add_city(partnership=made, city=city, by=stage.us)  # type: ignore[arg-type]
    return made


def propose(stage: Stage, made: Partnership, **contacts: str) -> Partnership:
    others = made.parties.exclude(city=stage.home)
    return operations.propose(
        partnership=made,
        city=stage.home,
        values={**values_of(made), "year": 2024},
        contacts={party.city_id: Contact("clerk@city.example", "en") for party in others},
        office="Amt",
        by=stage.us,
    )


def test_a_claim_checks_the_facts_and_asks_the_other_city(stage: Stage) -> None:
    claimed = stage.claim(year=2018)
    assert (claimed.state, claimed.year_established) == (State.AWAITING_PARTNER, 2018)
    assert claimed.started_by == stage.home
    assert stage.party(stage.home).confirmed_office == "Amt für Internationales"
    assert stage.party(stage.abroad).confirmed_at is None
    mail = Mail.objects.get(kind="partnerships.confirm")
    assert (mail.to, mail.language) == ("mayor@sanantonio.example", "en")
    assert mail.key == f"partnerships.confirm:{stage.party(stage.abroad).pk}:1"
    assert "Since: 2018" in mail.text
    assert Entry.objects.filter(verb="partnerships.claimed").count() == 1


def test_what_another_city_claimed_is_not_claimed_again(stage: Stage) -> None:
    stage.claim()
    with pytest.raises(ValidationError) as refused:
        stage.claim()
    assert refused.value.code == "state"
    assert Mail.objects.count() == 1


def test_a_claim_needs_somebody_to_ask(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        operations.claim(
            partnership=stage.partnership,
            city=stage.home,
            values=values_of(stage.partnership),
            contacts={},
            office="Amt",
            by=stage.us,
        )
    assert refused.value.code == "contact"
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.LISTED


def test_a_draft_may_lack_everything_and_is_nobody_else_s(stage: Stage) -> None:
    made = draft(stage)
    assert (made.state, made.in_directory, made.title) == (State.DRAFT, False, "Darmstadt")
    assert made in Partnership.objects.of_office(stage.home)
    made = operations.add_city(partnership=made, city=stage.abroad, by=stage.us)
    assert made not in Partnership.objects.of_office(stage.abroad)


def test_a_draft_keeps_what_is_known(stage: Stage) -> None:
    topic = make_topic()
    made = draft(stage)
    values = {**values_of(made), "year": 2020, "agreed_on": "2020-05-01", "topics": [topic.slug]}
    operations.save_draft(partnership=made, values=values, by=stage.us)
    made.refresh_from_db()
    assert values_of(made) == values
    version = made.version
    operations.save_draft(partnership=made, values=values, by=stage.us)
    made.refresh_from_db()
    assert made.version == version


def test_registering_asks_every_other_city(stage: Stage) -> None:
    chattanooga, wolfsburg = make_partner_city("Chattanooga"), make_city("Wolfsburg")
    made = propose(stage, draft(stage, chattanooga, wolfsburg))
    assert (made.state, made.slug) == (State.AWAITING_PARTNER, "darmstadt-wolfsburg-chattanooga")
    assert not made.in_directory
    assert Mail.objects.filter(kind="partnerships.confirm").count() == 2
    # German cities come first
    assert made.title == "Darmstadt – Wolfsburg – Chattanooga"


def test_the_same_city_twice_is_refused(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        draft(stage, stage.home)
    assert refused.value.code == "city_twice"


def test_two_german_cities_alone_are_refused(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        propose(stage, draft(stage, make_city("Hamm")))
    assert refused.value.code == "cities"


def test_one_city_alone_is_refused(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        propose(stage, draft(stage))
    assert refused.value.code == "cities"


def test_a_partnership_is_found_before_its_twin_is_made(stage: Stage) -> None:
    made = draft(stage, stage.abroad)
    assert same_cities(made) == stage.partnership
    with pytest.raises(ValidationError) as refused:
        propose(stage, made)
    assert refused.value.code == "exists"
    # control: with a third city it is another partnership
    made = operations.add_city(partnership=made, city=make_city("Hamm"), by=stage.us)
    assert same_cities(made) is None
    assert propose(stage, made).state == State.AWAITING_PARTNER


def test_the_own_city_stays_in_the_draft(stage: Stage) -> None:
    made = draft(stage, stage.abroad)
    with pytest.raises(ValidationError) as refused:
        operations.remove_city(partnership=made, city=stage.home, by=stage.us)
    assert refused.value.code == "own_city"
    operations.remove_city(partnership=made, city=stage.abroad, by=stage.us)
    assert made.parties.count() == 1


def test_there_is_a_most_of_cities(stage: Stage) -> None:
    made = draft(stage, *(make_city() for _ in range(5)))
    with pytest.raises(ValidationError) as refused:
        operations.add_city(partnership=made, city=make_city(), by=stage.us)
    assert refused.value.code == "too_many"


def test_a_proposed_city_waits_for_the_staff_and_joins_the_draft(stage: Stage) -> None:
    made = draft(stage)
    proposal = operations.propose_city(
        partnership=made,
        city=stage.home,
        name="Marfa",
        country="US",
        region="Texas",
        note="",
        by=stage.us,
    )
    with pytest.raises(ValidationError) as refused:
        propose(stage, made)
    assert refused.value.code == "proposed_city"
    marfa = make_partner_city("Marfa", region="Texas")
    operations.accept_city(proposal=proposal, city=marfa, by=stage.us)
    assert list(made.cities.values_list("name_de", flat=True)) == ["Darmstadt", "Marfa"]
    assert propose(stage, made).state == State.AWAITING_PARTNER
    with pytest.raises(ValidationError) as refused:
        operations.refuse_city(proposal=proposal, reason="", by=stage.us)
    assert refused.value.code == "settled"
    assert Mail.objects.filter(kind="partnerships.city_decided").count() == 1


def test_a_refused_city_leaves_the_draft_as_it_was(stage: Stage) -> None:
    made = draft(stage)
    proposal = operations.propose_city(
        partnership=made, city=stage.home, name="X", country="US", region="", note="", by=stage.us
    )
    operations.refuse_city(proposal=proposal, reason="Gibt es nicht", by=stage.us)
    assert CityProposal.objects.open().count() == 0
    assert made.parties.count() == 1
    assert "Gibt es nicht" in Mail.objects.get(kind="partnerships.city_decided").text


def test_a_question_is_taken_back_until_somebody_confirmed(stage: Stage) -> None:
    stage.claim()
    back = operations.take_back(partnership=stage.partnership, by=stage.us)
    assert back.state == State.LISTED
    assert stage.party(stage.home).confirmed_at is None
    assert stage.request().replaced_at is not None
    made = propose(stage, draft(stage, make_partner_city("Chattanooga")))
    assert operations.take_back(partnership=made, by=stage.us).state == State.DRAFT


def test_what_another_city_confirmed_is_not_taken_back(stage: Stage) -> None:
    wolfsburg, chattanooga = make_city("Wolfsburg"), make_partner_city("Chattanooga")
    made = propose(stage, draft(stage, wolfsburg, chattanooga))
    party = made.parties.get(city=chattanooga)
    operations.confirm(party=party, outcome="right", said={}, name="", office="Mayor", by=stage.us)
    with pytest.raises(ValidationError) as refused:
        operations.take_back(partnership=made, by=stage.us)
    assert refused.value.code == "confirmed"


def three(stage: Stage) -> Partnership:
    """Darmstadt asked Wolfsburg, which confirms, and Chattanooga, which does not."""
    wolfsburg, chattanooga = make_city("Wolfsburg"), make_partner_city("Chattanooga")
    made = propose(stage, draft(stage, wolfsburg, chattanooga))
    for city, outcome in ((wolfsburg, "right"), (chattanooga, "not_ours")):
        request = ConfirmationRequest.objects.get(party__partnership=made, party__city=city)
        Position.objects.create(city=city, email=request.email)  # an address we know
        operations.confirm(
            party=request.party, request=request, outcome=outcome, said={}, name="x", office="Mayor"
        )
    return made


def test_mails_tell_a_refusal_from_silence(stage: Stage) -> None:
    three(stage)
    first, second = Mail.objects.filter(to=stage.us.email, kind="partnerships.news").order_by("pk")
    assert "Es fehlt noch die Bestätigung von: Chattanooga." in first.text
    assert "Nicht bestätigt von: Chattanooga." in second.text
    assert "Es fehlt noch" not in second.text


def test_what_one_of_three_cities_refuses_is_a_draft_again_that_no_link_shows(
    stage: Stage,
) -> None:
    made = three(stage)
    page = f"/office/darmstadt/partnerships/{made.slug}/"
    us = stage.browser(stage.us)
    assert "Frage zurücknehmen" in us.get(page).content.decode()
    us.post(f"{page}take-back/")
    made.refresh_from_db()
    assert made.state == State.DRAFT
    for request in ConfirmationRequest.objects.filter(party__partnership=made):
        assert Client().get(f"/p/{tokens.token_for(request)}/").status_code == 404


def test_an_answer_to_a_question_taken_back_is_no_task_of_the_staff(stage: Stage) -> None:
    made = propose(stage, draft(stage, make_partner_city("Chattanooga")))
    request = ConfirmationRequest.objects.get(party__partnership=made)
    operations.confirm(
        party=request.party, request=request, outcome="right", said={}, name="x", office="Mayor"
    )
    assert Confirmation.objects.to_review().count() == 1
    operations.take_back(partnership=made, by=stage.us)
    assert Confirmation.objects.to_review().count() == 0


def test_a_draft_is_deleted_after_a_tick(stage: Stage) -> None:
    made = operations.start(city=stage.home, by=stage.us)
    page = f"/office/darmstadt/partnerships/{made.slug}/draft/discard/"
    office = stage.browser(stage.us)
    assert "Was eingetragen wurde" in office.get(page).content.decode()
    assert "id_sure_error" in office.post(page).content.decode()
    assert office.post(page, {"sure": "on"})["Location"] == "/office/darmstadt/partnerships/"
    assert not Partnership.objects.filter(pk=made.pk).exists()


def test_a_discarded_draft_leaves_nothing(stage: Stage) -> None:
    made = draft(stage, stage.abroad)
    operations.discard_draft(partnership=made, by=stage.us)
    assert Partnership.objects.count() == 1
