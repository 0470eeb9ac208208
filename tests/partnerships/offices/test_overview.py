"""The first page of an office says what there is to do, whichever room it is in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import City, Partnership
from tests.exchanges.scenes import make_application
from tests.factories import make_city, make_partner_city, make_partnership, make_wish

from .people import make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamm() -> City:
    return make_city("Hamm")


@pytest.fixture
def office(client: Client, hamm: City) -> Client:
    client.force_login(make_colleague(hamm))
    return client


def steps(client: Client) -> dict[str, str]:
    response = client.get("/office/hamm/")
    assert response.status_code == 200
    return {step.text: step.address for step in response.context["steps"]}


def test_every_room_says_what_waits(office: Client, hamm: City) -> None:
    pair = make_partnership(hamm, make_partner_city("Bradford"), state="active")
    its = {"partnership": pair}
    wish = make_wish(make_city("Wolfsburg"), hamm)
    draft = make_application(title="Parks", **its)
    asked = make_application(title="Bäume", state="information", **its)
    make_application(state="reviewing", **its)
    here = "/office/hamm"
    assert steps(office) == {
        "Themen wählen: Hamm – Bradford": f"{here}/partnerships/{pair.slug}/topics/",
        "Wolfsburg möchte mit Ihnen sprechen: zustimmen oder ablehnen": (
            f"{here}/cards/contacts/{wish.pk}/"
        ),
        f"Am Antrag weiterschreiben: {draft.ref} Parks": f"{here}/exchanges/{draft.ref}/",
        f"Rückfrage beantworten: {asked.ref} Bäume": f"{here}/exchanges/{asked.ref}/",
    }


def test_what_others_do_waits_for_nobody_here(office: Client, hamm: City) -> None:
    make_wish(hamm, make_city("Wolfsburg"))
    make_wish(make_city("Bonn"), hamm, state="declined", answered_at=timezone.now())
    make_application(make_city(), make_partner_city())
    assert steps(office) == {}
    assert "Zurzeit wartet nichts auf Sie." in office.get("/office/hamm/").content.decode()


def test_the_partnerships_lead_into_the_office(office: Client, hamm: City) -> None:
    pair: Partnership = make_partnership(hamm, make_partner_city("Bradford"))
    page = office.get("/office/hamm/").content.decode()
    assert f'<a href="/office/hamm/partnerships/{pair.slug}/">Hamm – Bradford</a>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_takes_a_constant_number_of_queries(
    office: Client, hamm: City, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_partnership(hamm, make_partner_city(), state="active")
        make_wish(make_city(), hamm)
        make_application(hamm, make_partner_city())
    office.get("/office/hamm/")
    with django_assert_num_queries(14):
        office.get("/office/hamm/")
