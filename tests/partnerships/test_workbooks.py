from __future__ import annotations

import pytest

from partnerships.workbooks import neutral


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM",
        "-5+3",
        "+1+1",
        "-SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        " =1",
        "＝1",
        "＋1",
        "－a",
        "＠a",
    ],
)
def test_what_a_program_would_compute_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "-5,25", "+49 228 12345", "Köln", "a=b", "", "12", "Bonn-Süd"]
)
def test_plain_numbers_phone_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text
