"""Sums as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from exchanges.sums import SumField, euros
from tests.source_files import ROOT, templates, text

SUMS = {
    "1450": "1450",
    "1450,5": "1450.5",
    "1450.50": "1450.50",
    "1.450,50": "1450.50",
    "1,450.50": "1450.50",
    "6.000": "6000",
    "6,000": "6000",
    "1.000.000": "1000000",
    "6'000": "6000",
    " 6 000 € ": "6000",
    "6.000,00 EUR": "6000.00",
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("written", SUMS)
def test_a_sum_means_the_same_in_both_languages(written: str, language: str) -> None:
    with translation.override(language):
        assert SumField().clean(written) == Decimal(SUMS[written])


@pytest.mark.parametrize(
    "written",
    ["1.450.50", "1,450,5", "1.23.456", "-5", "viel", "1.4500", ".", "1e3", "NaN", "1 2 x"],
)
def test_what_is_no_sum_is_refused(written: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError) as refusal:
        SumField().clean(written)
    assert refusal.value.messages == [
        "Bitte schreiben Sie einen Betrag, der nicht negativ ist, zum Beispiel 1.450,50\xa0€."
    ]


@pytest.mark.parametrize("written", ["1.000.000,01", "1.000.000.000"])
def test_an_absurd_sum_is_refused_in_one_sentence(written: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError) as refusal:
        SumField().clean(written)
    assert refusal.value.messages == ["Ein Betrag ist höchstens 1.000.000\xa0€."]


def test_an_empty_sum_is_none() -> None:
    assert SumField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        (Decimal("4200.00"), "4.200\xa0€", "€4,200"),
        (Decimal("1233.5"), "1.233,50\xa0€", "€1,233.50"),
        (Decimal(800) / 3, "266,67\xa0€", "€266.67"),
        (0, "0\xa0€", "€0"),
    ],
)
def test_a_sum_is_written_as_people_write_it(amount: Decimal, german: str, english: str) -> None:
    with translation.override("de"):
        assert euros(amount) == german
        assert SumField().clean(german) == Decimal(amount).quantize(Decimal("0.01"))
    with translation.override("en"):
        assert euros(amount) == english


def test_no_page_writes_a_sum_by_itself() -> None:
    catalogue = text(ROOT / "locale/de/LC_MESSAGES/django.po")
    assert [line for line in catalogue.splitlines() if "EUR " in line or " EUR" in line] == []
    rooms = [path for path in templates() if "exchanges" in path.parts]
    assert [path.name for path in rooms if 'floatformat:"2g"' in text(path)] == []
