"""The calculator's page, the printed page and the copy for Word."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from exchanges import tokens
from exchanges.models import Application, BudgetLine, DailyRate, Section
from exchanges.money.word import document_of
from journal.models import Entry
from tests.exchanges.scenes import complete, make_application, make_link
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


def office(client: Client, application: Application, role: str = "editor") -> str:
    party, user = application.parties.all()[0], make_user()
    make_membership(user, party.city, role)
    client.force_login(user)
    return f"/en/office/{party.city.slug}/exchanges/{application.ref}/"


def by_link(client: Client, application: Application) -> str:
    link = make_link(application.parties.all()[1])
    client.cookies[tokens.COOKIE] = tokens.grant_for(link)
    return f"/x/{link.public_id}/"


def make_rate(**extra: object) -> DailyRate:
    values = {"country": "US", "valid_from": dt.date(2024, 1, 1), "source": "general knowledge"}
    return DailyRate.objects.create(**{**values, "full_day": 59, "partial_day": 40, **extra})


def query(of: DailyRate, /, **change: object) -> dict[str, object]:
    meals = dict.fromkeys(("breakfast", "lunch", "dinner"), 0)
    return {"rate": of.pk, "days": 3, "persons": 2, **meals, **change}


def test_the_calculator_begins_with_what_the_application_knows(client: Client) -> None:
    rate = make_rate()
    here = office(client, complete(make_application()))
    page = client.get(f"{here}per-diem/")
    assert page.context["form"].data == {
        **{"rate": rate.pk, "days": 3, "persons": 1},
        **dict.fromkeys(("breakfast", "lunch", "dinner"), 0),
    }
    assert "This rate is not checked by finance yet." in page.content.decode()


def test_no_field_of_the_calculator_hides_behind_the_id_of_another(client: Client) -> None:
    here = office(client, make_application())
    text = client.get(f"{here}per-diem/", query(make_rate())).content.decode()
    ids = re.findall(r' id="([^"]+)"', text)
    assert "id_days" in ids
    assert sorted(ids) == sorted(set(ids))


def test_figures_in_the_address_are_reckoned_and_stored_nowhere(client: Client) -> None:
    here = office(client, make_application())
    text = client.get(f"{here}per-diem/", query(make_rate(), lunch=1)).content.decode()
    assert "€230.80 for 2 persons" in text  # 2 × (40 + 59 + 40 − 23.60)
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("change", [{"days": 0}, {"persons": "x"}, {"rate": 999}, {"lunch": -1}])
def test_wrong_figures_are_said_beside_their_field(
    client: Client, change: dict[str, object]
) -> None:
    here = office(client, make_application())
    page = client.get(f"{here}per-diem/", query(make_rate(), **change))
    assert list(page.context["form"].errors) == list(change)
    answer = client.post(f"{here}per-diem/take-over/", query(make_rate(city="x"), **change))
    assert list(answer.context["form"].errors) == list(change)


def test_taking_over_adds_a_line_that_keeps_its_rate(client: Client) -> None:
    rate, here = make_rate(), office(client, make_application())
    answer = client.post(f"{here}per-diem/take-over/", query(rate))
    assert answer.status_code == 302
    line = BudgetLine.objects.get()
    assert (line.kind, line.persons, line.price, line.rate) == ("per_diem", 2, Decimal(139), rate)
    assert Section.objects.get(key="budget").version == 1


def test_a_later_rate_does_not_change_the_line(client: Client) -> None:
    here = office(client, make_application())
    client.post(f"{here}per-diem/take-over/", query(make_rate()))
    make_rate(valid_from=dt.date(2026, 1, 1), full_day=99, partial_day=99)
    assert BudgetLine.objects.get().price == Decimal(139)


def test_the_partner_reads_but_does_not_write_the_lead_s_budget(client: Client) -> None:
    here = by_link(client, make_application())
    assert client.get(f"{here}per-diem/").status_code == 200
    answer = client.post(f"{here}per-diem/take-over/", query(make_rate()))
    assert answer.context["form"].non_field_errors()
    assert not BudgetLine.objects.exists()


def test_a_full_budget_says_so(client: Client) -> None:
    application = make_application()
    for order in range(40):
        BudgetLine.objects.create(application=application, kind="other", price=1, order=order)
    here = office(client, application)
    answer = client.post(f"{here}per-diem/take-over/", query(make_rate()))
    assert "40 lines already" in answer.content.decode()


def test_the_printed_page_holds_every_part(client: Client) -> None:
    application = complete(make_application(title="Schwammstadt lernen"))
    for here in (office(client, application, "reader"), by_link(client, application)):
        text = client.get(f"{here}print/").content.decode()
        for sentence in ("Schwammstadt lernen", "Water department", "€1,800", application.ref):
            assert sentence in text


def test_the_printed_page_names_the_public_state(client: Client) -> None:
    here = office(client, complete(make_application(state="reviewing")), "reader")
    text = client.get(f"{here}print/").content.decode()
    assert ("being assessed" in text, "under review" in text) == (True, False)


def test_the_copy_for_word_opens_and_the_history_says_so(client: Client) -> None:
    application = complete(make_application(title="Schwammstadt \x0blernen"))
    here = office(client, application, "reader")
    assert client.get(f"{here}copy/").status_code == 405
    answer = client.post(f"{here}copy/")
    assert answer["Content-Disposition"] == f'attachment; filename="{application.ref}.docx"'
    paper = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Water department" in cells
    assert "Schwammstadt lernen" in paper.paragraphs[0].text.replace("  ", " ")
    assert Entry.objects.get(verb="exchanges.copied").by is not None


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_a_copy_for_word_is_a4_and_in_the_reader_s_language(language: str, tag: str) -> None:
    with translation.override(language):
        paper = Document(io.BytesIO(document_of(complete(make_application()))))
    assert paper.core_properties.language == tag
    assert {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))} == {tag}
    (section,) = paper.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_whatever_was_typed_can_be_written_to_word() -> None:
    application = make_application()
    application.title = "a\ud800\ufffe\x01b"
    assert document_of(application).startswith(b"PK")
