"""Sums as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from exchanges.sums import SumField

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
    "written", ["1.450.50", "1,450,5", "1.23.456", "-5", "viel", "1.4500", "."]
)
def test_what_is_no_sum_is_refused(written: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError):
        SumField().clean(written)


def test_an_empty_sum_is_none() -> None:
    assert SumField(required=False).clean("") is None
