"""From what is missing to the part in which it is mended."""

from __future__ import annotations

import pytest

from exchanges.models import Application
from tests.exchanges.drafting.browsers import by_link, html_of, in_office
from tests.exchanges.scenes import complete, make_application

pytestmark = pytest.mark.django_db


def lead_and_partner(application: Application) -> tuple[int, int]:
    lead, partner = application.parties.all()
    return lead.pk, partner.pk


def test_each_city_is_led_to_its_own_parts_and_the_joint_ones() -> None:
    application = make_application()
    lead, partner = lead_and_partner(application)
    client, case = in_office(application)
    html = html_of(client.get(f"{case}hand-in/"))
    assert f'href="{case}sections/people/{lead}/"' in html
    assert f'href="{case}sections/programme/"' in html
    assert f'href="{case}sections/budget/{lead}/"' in html
    client, case = by_link(application.parties.all()[1], language="de")
    html = html_of(client.get(f"{case}hand-in/"))
    assert f'href="{case}sections/people/{partner}/' in html
    assert "sections/budget/" not in html


def test_who_may_not_write_and_what_is_met_have_no_way() -> None:
    client, case = in_office(make_application(), "reader")
    assert "/sections/" not in html_of(client.get(f"{case}hand-in/"))
    client, case = in_office(complete(make_application()))
    assert "/sections/" not in html_of(client.get(f"{case}hand-in/"))
