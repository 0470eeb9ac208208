"""What a letter says, in each city's language."""

from __future__ import annotations

import datetime as dt

import pytest

from exchanges.deciding import letters
from exchanges.deciding.operations.drafting import Wording
from exchanges.models import Decision
from pages.rendering import render_markdown

from .scenes import draft, make_block, make_case

pytestmark = pytest.mark.django_db


def letter(decision: Decision, language: str) -> str:
    party = decision.application.parties.all()[0]
    return letters.compose(decision, party, language)[1]


def test_paragraphs_are_filled_and_speak_the_language() -> None:
    block = make_block(
        text_de="{title} ({ref}): {amount} für {cities}, Bericht bis {report_by}, Platz {rank}.",
        text_en="{title}: {amount}.",
    )
    application = make_case(title="Schwammstadt")
    decision = draft(application, blocks=[block])
    html = render_markdown(letter(decision, "de"))
    cities = " und ".join(party.city.name for party in application.parties.all())
    assert f"Schwammstadt ({application.ref}): 4.000&nbsp;€ für {cities}, Bericht bis" in html
    assert "Platz –." in html
    assert "Schwammstadt: €4,000." in render_markdown(letter(decision, "en"))


def test_what_cities_typed_is_text_and_never_markup() -> None:
    title = "**Fett** [Link](https://boese.example) <script>x</script> www.boese.example"
    block = make_block(text_de="Titel: {title}", text_en="Title: {title}")
    decision = draft(make_case(title=title), blocks=[block])
    html = render_markdown(letter(decision, "de"))
    assert "**Fett** [Link](https://boese.example)" in html
    assert "<a " not in html
    assert "<strong>" not in html
    assert "<script" not in html


def test_a_title_that_looks_like_a_placeholder_stays_one_line_of_text() -> None:
    block = make_block(text_de="{title}", text_en="{title}")
    decision = draft(make_case(title="{amount}"), blocks=[block])
    assert "{amount}" in render_markdown(letter(decision, "en"))


def test_reason_and_conditions_follow_and_a_missing_language_is_lent() -> None:
    first, second = Wording(de="Erstens"), Wording("Zweitens", "Second")
    conditions = [(first, dt.date(2027, 5, 3)), (second, None)]
    decision = draft(
        make_case(), "conditions", reason=Wording(en="Well done."), conditions=conditions
    )
    html = render_markdown(letter(decision, "de"))
    assert "Well done." in html
    assert "<li>Erstens (bis 3. Mai 2027)</li>" in html
    assert "<li>Zweitens</li>" in html
    assert "<li>Second</li>" in render_markdown(letter(decision, "en"))


def test_the_paragraphs_chosen_at_first_are_those_of_the_outcome() -> None:
    every, own = make_block("a"), make_block("b", outcome="declined")
    make_block("c", outcome="approved")
    make_block("d", is_default=False)
    assert letters.defaults("declined") == [every, own]


@pytest.mark.parametrize(("country", "language"), [("DE", "de"), ("US", "en"), ("GB", "en")])
def test_the_country_decides_the_language(country: str, language: str) -> None:
    party = make_case().parties.all()[0]
    party.city.country = country
    assert letters.language_of(party) == language
