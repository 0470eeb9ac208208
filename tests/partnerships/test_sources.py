"""Sources are readable in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from partnerships.sources import source_text


@pytest.mark.parametrize(
    ("source", "in_german", "in_english"),
    [
        ("", "", ""),
        ("oldenburg.de", "oldenburg.de", "oldenburg.de"),
        (
            "Wikipedia twin-town lists 2026; year: general knowledge",
            "Listen der Partnerstädte in Wikipedia (2026); Jahr: Allgemeinwissen",
            "lists of twin towns in Wikipedia (2026); year: general knowledge",
        ),
        ("a;; b ;year:c", "a; b; Jahr: c", "a; b; year: c"),
    ],
)
def test_known_sources_are_translated_and_others_stand(
    source: str, in_german: str, in_english: str
) -> None:
    assert source_text(source) == in_german
    with translation.override("en"):
        assert source_text(source) == in_english
