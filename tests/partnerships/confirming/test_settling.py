"""Differences stay until a city gives way or staff mediate; ends need every city."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.confirming.differences import differences
from partnerships.models import Partnership

from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    made = make_stage()
    made.claim()
    made.answer(year=2015)
    return made


def test_the_registering_city_gives_way(stage: Stage) -> None:
    operations.give_way(party=stage.party(stage.home), fact="year", value=2015, by=stage.us)
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2015
    assert differences(stage.partnership) == []
    mail = Mail.objects.get(kind="partnerships.settled")
    assert mail.to == "martha@sanantonio.example"
    assert "2015" in mail.text


def test_the_other_city_gives_way(stage: Stage) -> None:
    operations.give_way(party=stage.party(stage.abroad), fact="year", value=2017, by=stage.them)
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2017
    assert differences(stage.partnership) == []


def test_giving_way_to_what_nobody_says_is_refused(stage: Stage) -> None:
    with pytest.raises(ValidationError) as refused:
        operations.give_way(party=stage.party(stage.home), fact="year", value=1950, by=stage.us)
    assert refused.value.code == "nobody_says_so"


def test_what_is_settled_is_not_settled_twice(stage: Stage) -> None:
    party = stage.party(stage.home)
    operations.give_way(party=party, fact="year", value=2015, by=stage.us)
    with pytest.raises(ValidationError) as refused:
        operations.give_way(party=party, fact="year", value=2015, by=stage.us)
    assert refused.value.code == "settled"


def test_staff_mediate(stage: Stage) -> None:
    operations.mediate(
        partnership=stage.partnership, fact="year", value=2015, reason="Urkunde", by=stage.us
    )
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2015
    assert differences(stage.partnership) == []
    assert Mail.objects.filter(kind="partnerships.settled").count() == 2
    with pytest.raises(ValidationError) as refused:
        operations.mediate(
            partnership=stage.partnership, fact="year", value=2015, reason="", by=stage.us
        )
    assert refused.value.code == "settled"


def test_the_history_says_which_city_acted_and_offices_read_why(stage: Stage) -> None:
    operations.mediate(
        partnership=stage.partnership, fact="year", value=2015, reason="Laut Urkunde", by=stage.us
    )
    slug = stage.partnership.slug
    office = stage.browser(stage.us).get(f"/office/darmstadt/partnerships/{slug}/")
    public = Client().get(f"/partnerships/{slug}/").content.decode()
    for html in (office.content.decode(), public):
        assert "Eine Stadt hat geantwortet (San Antonio)" in html
        assert "die anderen werden gefragt (Darmstadt)" in html
    assert "vom Programmteam geklärt: Laut Urkunde" in office.content.decode()
    assert "Laut Urkunde" not in public


def test_one_city_alone_does_not_end_a_partnership(stage: Stage) -> None:
    party = stage.party(stage.abroad)
    operations.confirm(party=party, outcome="ended", said={}, name="", office="x", by=stage.them)
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE
    assert "status" in [one.fact.name for one in differences(stage.partnership)]
    party = stage.party(stage.home)
    operations.confirm(party=party, outcome="ended", said={}, name="", office="x", by=stage.us)
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ENDED


def test_giving_way_to_the_end_ends_it(stage: Stage) -> None:
    party = stage.party(stage.abroad)
    operations.confirm(party=party, outcome="ended", said={}, name="", office="x", by=stage.them)
    operations.give_way(party=stage.party(stage.home), fact="status", value="ended", by=stage.us)
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ENDED


def test_everybody_sees_what_each_city_states(stage: Stage, client: Client) -> None:
    html = client.get(stage.partnership.get_absolute_url()).content.decode()
    assert "Wo die Städte Verschiedenes angeben" in html
    assert "2015" in html
    operations.give_way(party=stage.party(stage.home), fact="year", value=2015, by=stage.us)
    html = client.get(stage.partnership.get_absolute_url()).content.decode()
    assert "Wo die Städte Verschiedenes angeben" not in html
    assert "2017" not in html.split('id="timeline"')[0].split("<h1")[1]
