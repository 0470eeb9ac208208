"""The office's pages: registering, claiming, settling, papers – and what others do not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.models import AgreementFile, GazetteerPlace, Partnership

from ...factories import make_membership, make_partner_city, make_user
from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BASE = "/office/darmstadt/partnerships/"


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def us(stage: Stage) -> Client:
    return stage.browser(stage.us)


def facts(**values: Any) -> dict[str, Any]:
    return {"kind": "partnership", "year": "2017", "office": "Protokoll", **values}


def test_claiming_in_one_form(stage: Stage, us: Client) -> None:
    address = f"{BASE}darmstadt-san-antonio/claim/"
    assert "Das ist unsere" in us.get(address).content.decode()
    prefix = f"city-{stage.abroad.pk}"
    sent = facts(**{f"{prefix}-email": "mayor@sanantonio.example", f"{prefix}-language": "en"})
    response = us.post(address, sent)
    assert response["Location"] == f"{BASE}darmstadt-san-antonio/"
    html = us.get(response["Location"]).content.decode()
    assert "Antwort fehlt" in html
    assert Mail.objects.get().to == "mayor@sanantonio.example"
    # claimed once: the form leads back to the page
    assert us.get(address).status_code == 302


def test_a_claim_without_an_address_keeps_what_was_typed(stage: Stage, us: Client) -> None:
    html = us.post(f"{BASE}darmstadt-san-antonio/claim/", facts(year="1999")).content.decode()
    assert "Bitte geben Sie eine Adresse ein." in html
    assert 'value="1999"' in html
    assert not Mail.objects.exists()


def test_registering_from_the_gazetteer(stage: Stage, us: Client) -> None:
    GazetteerPlace.objects.create(
        name="Chattanooga",
        country="US",
        region="Tennessee",
        latitude=35.0,
        longitude=-85.3,
        population=180_000,
        time_zone="America/New_York",
    )
    cities = us.post(f"{BASE}new/")["Location"]
    html = us.get(f"{cities}?q=chattanooga").content.decode()
    assert "Chattanooga, " in html
    key = html.split('name="choice" value="')[1].split('"')[0]
    draft = us.post(cities, {"q": "chattanooga", "choice": key})["Location"]
    assert us.post(draft, facts(year="2024"))["Location"] == draft
    made = Partnership.objects.get(state="draft")
    assert (made.title, made.year_established) == ("Darmstadt – Chattanooga", 2024)
    prefix = f"city-{made.cities.get(country='US').pk}"
    contact = {f"{prefix}-email": "clerk@chattanooga.example", f"{prefix}-language": "en"}
    page = us.post(f"{draft}register/", facts(year="2024", **contact))["Location"]
    assert page == f"{BASE}darmstadt-chattanooga/"
    # another city's public directory does not know it before somebody confirmed
    assert Client().get("/partnerships/darmstadt-chattanooga/").status_code == 404


def test_a_twin_is_pointed_at(stage: Stage, us: Client) -> None:
    made = operations.start(city=stage.home, by=stage.us)
    operations.add_city(partnership=made, city=stage.abroad, by=stage.us)
    html = us.get(f"{BASE}{made.slug}/draft/").content.decode()
    assert "haben schon eine Partnerschaft im Verzeichnis" in html
    assert f"{BASE}darmstadt-san-antonio/" in html


def test_a_city_nobody_knows_is_proposed(stage: Stage, us: Client) -> None:
    cities = us.post(f"{BASE}new/")["Location"]
    assert "Keine Stadt in unseren Listen" in us.get(f"{cities}?q=Marfa").content.decode()
    sent = {"name": "Marfa", "country": "US", "region": "Texas", "note": ""}
    response = us.post(f"{cities}propose/", sent)
    assert "das Programmteam entscheidet" in us.get(response["Location"]).content.decode()
    html = us.post(f"{cities}propose/", {**sent, "name": "x" * 3000}).content.decode()
    assert "x" * 3000 in html


def test_two_people_editing_one_draft_do_not_overwrite_each_other(stage: Stage, us: Client) -> None:
    made = operations.start(city=stage.home, by=stage.us)
    address = f"{BASE}{made.slug}/draft/"
    us.post(address, facts(year="2001", seen_version="1"))
    html = us.post(address, facts(year="2002", seen_version="1")).content.decode()
    assert "Jemand anderes" in html
    assert 'value="2002"' in html
    assert "Jetzt gespeichert: 2001" in html
    assert html.count("Jetzt gespeichert") == 2  # above the form and at the year, nowhere else
    made.refresh_from_db()
    assert made.year_established == 2001


def test_the_public_page_is_linked_as_soon_as_there_is_one(stage: Stage, us: Client) -> None:
    made = operations.start(city=stage.home, by=stage.us)
    operations.add_city(partnership=made, city=make_partner_city("Marfa"), by=stage.us)
    Partnership.objects.filter(pk=made.pk).update(state="awaiting", slug="darmstadt-marfa")
    html = us.get(f"{BASE}darmstadt-marfa/").content.decode()
    assert '"/partnerships/darmstadt-marfa/"' not in html
    html = us.get(f"{BASE}darmstadt-san-antonio/").content.decode()
    assert '"/partnerships/darmstadt-san-antonio/"' in html


def test_the_confirming_office_answers_signed_in(stage: Stage) -> None:
    stage.claim()
    them = stage.browser(stage.them)
    address = "/office/san-antonio/partnerships/darmstadt-san-antonio/confirm/"
    them.post(address, {"outcome": "right", "office": "Mayor's office"})
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE


def test_who_may_not_sign_reads_who_does(stage: Stage) -> None:
    editor = make_user()
    make_membership(editor, stage.abroad, "editor")
    client = stage.browser(editor)
    address = "/office/san-antonio/partnerships/darmstadt-san-antonio/"
    assert "„Das ist unsere“" in client.get(address).content.decode()
    stage.claim()
    hint = "prüft die Angaben und antwortet hier"
    assert hint in client.get(address).content.decode()
    assert hint not in stage.browser(stage.them).get(address).content.decode()
    stage.answer()
    assert hint not in client.get(address).content.decode()


def test_the_overview_names_open_differences(stage: Stage, us: Client) -> None:
    stage.claim()
    stage.answer(year=2015)
    settling = "Klären, worin sich die Angaben unterscheiden: Darmstadt – San Antonio"
    assert settling in us.get("/office/darmstadt/").content.decode()
    operations.give_way(party=stage.party(stage.home), fact="year", value=2015, by=stage.us)
    assert settling not in us.get("/office/darmstadt/").content.decode()


def test_giving_way_on_the_page(stage: Stage, us: Client) -> None:
    stage.claim()
    stage.answer(year=2015)
    page = f"{BASE}darmstadt-san-antonio/"
    assert "„2015“ von San Antonio übernehmen" in us.get(page).content.decode()
    us.post(f"{page}give-way/", {"fact": "year", "of": stage.party(stage.abroad).pk})
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2015


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vertrag.exe", PDF, "Es werden nur Dateien"),
        ("vertrag.pdf", b"MZ\x90", "Der Inhalt der Datei"),
        ("vertrag.pdf", b"%PDF" + b"x" * (10 * 1024 * 1024), "10 MB"),
    ],
)
def test_papers_that_are_refused(
    stage: Stage, us: Client, name: str, content: bytes, sentence: str
) -> None:
    page = f"{BASE}darmstadt-san-antonio/"
    response = us.post(f"{page}files/", {"file": SimpleUploadedFile(name, content)})
    assert sentence in response.content.decode()
    assert not AgreementFile.objects.exists()


def test_papers_are_private_downloads(stage: Stage, us: Client) -> None:
    page = f"{BASE}darmstadt-san-antonio/"
    us.post(f"{page}files/", {"file": SimpleUploadedFile("Vertrag 2017.pdf", PDF)})
    kept = AgreementFile.objects.get()
    assert "Vertrag" not in str(kept.file.name)
    response = us.get(f"{page}files/{kept.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == PDF
    theirs = stage.browser(stage.them)
    address = f"/office/san-antonio/partnerships/darmstadt-san-antonio/files/{kept.pk}/"
    assert b"".join(theirs.get(address).streaming_content) == PDF
    assert theirs.post(f"{address}remove/").status_code == 404
    assert stage.browser(make_user()).get(f"{page}files/{kept.pk}/").status_code == 404
    us.post(f"{page}files/{kept.pk}/remove/")
    assert not AgreementFile.objects.exists()


def test_a_reader_sees_and_changes_nothing(stage: Stage) -> None:
    reader = make_user()
    make_membership(reader, stage.home, "reader")
    client = stage.browser(reader)
    page = f"{BASE}darmstadt-san-antonio/"
    html = client.get(page).content.decode()
    assert "claim/" not in html
    for verb in ("claim/", "files/", "take-back/", "give-way/"):
        assert client.post(f"{page}{verb}").status_code == 404


def test_a_foreign_draft_is_not_there(stage: Stage) -> None:
    made = operations.start(city=stage.home, by=stage.us)
    operations.add_city(partnership=made, city=stage.abroad, by=stage.us)
    them = stage.browser(stage.them)
    assert them.get(f"/office/san-antonio/partnerships/{made.slug}/").status_code == 404


def test_addresses_of_the_other_city_are_not_shown(stage: Stage) -> None:
    them = stage.browser(stage.them)
    html = them.get(
        "/office/san-antonio/partnerships/darmstadt-san-antonio/claim/"
    ).content.decode()
    assert "Büro" in html
    assert "buero@darmstadt.example" not in html
