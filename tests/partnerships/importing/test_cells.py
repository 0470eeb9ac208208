"""Years and kinds as people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnerships.importing import cells
from partnerships.importing.reasons import Refused

NOW = 2026


def year(text: str) -> tuple[int | None, bool, str]:
    found = cells.year(text, this_year=NOW)
    return found.value, found.is_uncertain, found.notice.code if found.notice else ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1964", 1964),
        ("1900", 1900),
        ("2026", 2026),
        (" 1964 ", 1964),
        ("１９６４", 1964),
        ("1964.0", 1964),
        ("seit 1964", 1964),
        ("Seit dem Jahr 1964", 1964),
        ("seit Mai 1964", 1964),
        ("since 1964", 1964),
        ("28.11.1988", 1988),
        ("1.2.1988", 1988),
        ("11/28/1988", 1988),
        ("28/11/1988", 1988),
        ("1988-11-28", 1988),
        ("1988-11-28 00:00:00", 1988),
        ("1988-11-28T12:30", 1988),
        ("11/1988", 1988),
        ("27. Juni 1967", 1967),
        ("27 June 1967", 1967),
        ("June 27th, 1967", 1967),
        ("Okt. 2017", 2017),
        ("Oktober 2017", 2017),
        ("März 1990", 1990),
        ("(1964)", 1964),
    ],
)
def test_a_date_or_a_year_becomes_a_year(text: str, value: int) -> None:
    assert year(text) == (value, False, "")


@pytest.mark.parametrize("text", ["ca. 1967", "ca 1967", "circa 1967", "um 1967", "etwa 1967"])
def test_an_approximate_year_is_kept_and_marked(text: str) -> None:
    assert year(text) == (1967, True, "year_uncertain")
    assert year("1967?") == year("~1967") == (1967, True, "year_uncertain")


@pytest.mark.parametrize(
    "text",
    [
        *("1977/78", "1977/8", "1977 / 78", "1977-78", "1977–1978"),
        *("1964 (Urkunde 1965)", "1977 und 1978"),
    ],
)
def test_two_years_in_one_cell_stay_empty_with_a_notice(text: str) -> None:
    assert year(text) == (None, False, "two_years")


@pytest.mark.parametrize(
    "text",
    [
        *("90", "'90", "64/65", "1950er", "1950er Jahre", "vor 1964", "Erneuerung 2005", "19645"),
        *("45.13.1988", "13.13.1988", "1.2.3.1988", "neunzehnhundert", "²", "27891"),
        *("=1980+7", "=1988", "=JAHR(1988)"),
    ],
)
def test_what_is_not_clearly_one_year_stays_empty_with_a_notice(text: str) -> None:
    assert year(text) == (None, False, "year_unclear")


@pytest.mark.parametrize("text", ["", " ", "-", "–", "?", "k. A.", "unbekannt", "n/a"])
def test_nothing_known_is_no_notice(text: str) -> None:
    assert year(text) == (None, False, "")


@pytest.mark.parametrize("text", ["1899", "seit 1066", "2027", "01.01.2027", "9999", "0000"])
def test_a_year_before_1900_or_in_the_future_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        year(text)
    assert refusal.value.reason.code == "year_impossible"


@given(st.text(st.sampled_from("0123456789 ./-–'?caseitOkt²٣\t\n"), max_size=20) | st.text())
@example("1988-11-28 99:99:99")
def test_no_text_makes_a_year_that_cannot_be(text: str) -> None:
    try:
        found = cells.year(text, this_year=NOW)
    except Refused:
        return
    assert found.value is None or 1900 <= found.value <= NOW
    assert found.value is not None or not found.is_uncertain


@given(
    st.integers(1900, NOW), st.sampled_from(["{}", "seit {}", "28.11.{}", "Okt. {}", "{}-02-03"])
)
def test_every_year_is_read_in_every_form(value: int, form: str) -> None:
    assert year(form.format(value)) == (value, False, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Städtepartnerschaft", "partnership"),
        ("STAEDTEPARTNERSCHAFT", "partnership"),
        ("Partnerschaft", "partnership"),
        ("sister city", "partnership"),
        ("Städtefreundschaft", "friendship"),
        ("Freundschaft", "friendship"),
        ("Kontakt", "contact"),
        ("Projekt-Partnerschaft", ""),
        ("Projektpartnerschaft", "project"),
        ("cooperation", "project"),
    ],
)
def test_kinds_follow_the_vocabulary_of_the_rgre(text: str, kind: str) -> None:
    found = cells.kind(text)
    assert (found.value, found.is_open, found.is_given) == (kind, not kind, True)


def test_a_patenschaft_becomes_a_friendship_with_a_notice() -> None:
    found = cells.kind("Patenschaft")
    assert (found.value, found.notice and found.notice.code) == ("friendship", "kind_patenschaft")
    assert cells.kind("Freundschaft").notice is None


def test_no_kind_is_a_partnership_that_nobody_stated() -> None:
    assert (cells.kind("").value, cells.kind("").is_given) == ("partnership", False)


@pytest.mark.parametrize("text", [" x\t", "\u00a0x\u202f", "\ufeffx\u200b", "\u00adx"])
def test_cells_are_trimmed_of_what_nobody_sees(text: str) -> None:
    assert cells.cleaned(text) == "x"
