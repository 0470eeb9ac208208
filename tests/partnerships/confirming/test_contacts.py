"""Whom a city is reached by, when one of its posts, its signatory or nobody is known."""

from __future__ import annotations

import pytest
from django.test import Client

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.confirming.contacts import contact_of, signers_of
from partnerships.confirming.forms import SIGNER, ContactForm
from partnerships.models import City, Membership, Party

from ...factories import (
    make_department,
    make_international_office,
    make_membership,
    make_partner_city,
    make_position,
    make_user,
)
from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def signatory(stage: Stage) -> Membership:
    user = make_user("ron@sanantonio.example", language="en", name="Ron Sample")
    return make_membership(user, stage.abroad, "signatory")


def abroad(stage: Stage) -> Party:
    return stage.party(stage.abroad)


def form(stage: Stage, **sent: str) -> ContactForm:
    prefix = f"city-{stage.abroad.pk}"
    return ContactForm({f"{prefix}-{k}": v for k, v in sent.items()}, party=abroad(stage))


def choices(stage: Stage) -> list[str]:
    return [value for value, _label in ContactForm(party=abroad(stage)).fields["to"].choices]


def test_signatories_come_before_coordinators_and_readers_never(
    stage: Stage, signatory: Membership
) -> None:
    make_membership(make_user(), stage.abroad, "reader")
    make_membership(make_user(is_active=False), stage.abroad, "signatory")
    assert [one.user.email for one in signers_of(stage.abroad)] == [
        "ron@sanantonio.example",
        "martha@sanantonio.example",
    ]


def test_a_city_without_posts_is_asked_through_who_signs_for_it(
    stage: Stage, signatory: Membership
) -> None:
    contact = contact_of(abroad(stage))
    assert contact is not None
    assert (contact.email, contact.language) == ("ron@sanantonio.example", "en")


def test_a_post_comes_before_the_signatory(stage: Stage, signatory: Membership) -> None:
    stage.abroad.positions.create(email="office@sanantonio.example", title="Protocol")
    contact = contact_of(abroad(stage))
    assert contact is not None
    assert contact.email == "office@sanantonio.example"
    post = stage.abroad.positions.get()
    assert choices(stage) == [f"p{post.pk}", "signer", "typed"]


def test_the_office_for_international_affairs_is_asked_before_other_departments(
    stage: Stage,
) -> None:
    make_position(stage.abroad, department=make_department("it"), email="it@sanantonio.example")
    office = make_international_office(stage.abroad, email="world@sanantonio.example")
    contact = contact_of(abroad(stage))
    assert contact is not None
    assert contact.email == "world@sanantonio.example"
    assert ContactForm(party=abroad(stage)).initial["to"] == f"p{office.pk}"


def test_the_signatory_can_be_chosen_and_stays_unnamed(stage: Stage, signatory: Membership) -> None:
    chosen = form(stage, to=SIGNER, email="", language="de")
    assert chosen.is_valid(), chosen.errors
    assert (chosen.contact.email, chosen.contact.language) == ("ron@sanantonio.example", "en")
    client: Client = stage.browser(stage.us)
    html = client.get(f"/office/darmstadt/partnerships/{stage.partnership.slug}/claim/").content
    assert b"wer in diesem Portal f\xc3\xbcr die Stadt zeichnet" in html
    assert b"ron@" not in html
    assert b"Ron Sample" not in html


def test_an_address_beside_another_choice_is_asked_about_and_never_dropped(stage: Stage) -> None:
    refused = form(stage, to=SIGNER, email="mayor@sanantonio.example", language="en")
    assert (refused.is_valid(), list(refused.errors)) == (False, ["to"])
    chosen = form(stage, to="typed", email="mayor@sanantonio.example", language="en")
    assert chosen.is_valid(), chosen.errors
    assert chosen.contact.email == "mayor@sanantonio.example"


def test_where_nobody_is_known_an_address_is_typed_and_no_signer_accepted(stage: Stage) -> None:
    Membership.objects.filter(city=stage.abroad).delete()
    assert "to" not in ContactForm(party=abroad(stage)).fields
    refused = form(stage, to=SIGNER, email="", language="en")
    assert (refused.is_valid(), list(refused.errors)) == (False, ["email"])
    typed = form(stage, to=SIGNER, email="clerk@sanantonio.example", language="en")
    assert typed.is_valid(), typed.errors
    assert typed.contact.email == "clerk@sanantonio.example"


def test_the_signatory_answers_by_the_link_and_counts_at_once(
    stage: Stage, signatory: Membership
) -> None:
    stage.claim(to=form_contact(stage))
    assert Mail.objects.get(kind="partnerships.confirm").to == "ron@sanantonio.example"
    stage.answer()
    assert stage.partnership.state == "active"


def form_contact(stage: Stage) -> str:
    chosen = form(stage, to=SIGNER, email="", language="en")
    assert chosen.is_valid()
    return chosen.contact.email


def test_the_yearly_check_goes_to_the_signatory_of_a_city_nobody_was_asked_in(
    stage: Stage, signatory: Membership
) -> None:
    stage.claim()
    home: City = stage.home
    make_membership(make_user("zeichnet@darmstadt.example"), home, "signatory")
    home.positions.all().delete()
    contact = contact_of(stage.party(home))
    assert contact is not None
    assert contact.email == "zeichnet@darmstadt.example"


def test_a_city_without_anybody_has_no_contact(stage: Stage) -> None:
    """Negative control."""
    draft = operations.start(city=stage.home, by=stage.us)
    operations.add_city(partnership=draft, city=make_partner_city("Marfa"), by=stage.us)
    assert contact_of(draft.parties.get(city__name_de="Marfa")) is None
